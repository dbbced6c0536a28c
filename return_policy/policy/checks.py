"""What is wrong with a draft in itself: rules that cannot fit, fire or be meant.

What it does to the law is said in ``floor``. All here is sound: a rule that is called
unreachable is. Not all that is wrong is found: what a domain means is not known.
"""

from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .decision import KEEPABLE
from .matching import spoken

REFUND_STEPS = ("approval", "scanned", "received", "inspected")
PAYERS = ("consumer", "merchant", "insurance")
VALUES = {
    "approval": ("auto", "review", "refuse"),
    "freight": PAYERS,
    "refund_on": REFUND_STEPS,
}
ERROR, WARNING = "error", "warning"
# Windows and refusals bind a fault only where they name its reason.
BOUND_TO_REASONS = ("window", "refuse")
RANGES = ("days", "amount", "ordered")
EMPTY = ("", "[]")  # domains that fit all


class Problem(NamedTuple):
    """Something wrong with a draft; errors keep it from being published.

    ``rule`` and ``other`` are the names of the rules with these keys. Codes:

    - errors of the terms: zone (none, or unknown), no_remedies (nothing is offered),
      refund_on (no such step), freight_payer
    - warnings of the terms: no_transit (a parcel nobody signed for never counts as
      received), uninformed (months longer, and freight, since the buyer is not told),
      auto_refund (any amount goes back with neither goods nor a person)
    - errors of a rule: no_effect (its value is missing, or its remedies have nothing
      of it), days_crossed, amounts_crossed, dates_crossed, returns_days (how far to
      count back is missing), unshipped_days and shipped_days (not received, yet days
      since receipt), unshipped_opened, remedies_apart (offers none of the remedies
      it is for), contradiction (``other`` comes first, for the same cases)
    - warnings of a rule: returns_min (counts back, but asks for no returns), past (no
      order placed from now on fits), all_goods (refuses everything on a ground that
      only some goods have), shadowed (``other`` comes first and fits
      whenever it does)
    """

    severity: str
    code: str
    rule_key: int = 0
    other_key: int = 0
    rule: str = ""
    other: str = ""


def problems(version, today=""):
    """Return every ``Problem`` of a draft: of the terms, then of each rule in order.

    :param str today: ISO day, for what is past; empty: do not look
    """
    found = [Problem(*problem) for problem in _of_terms(version)]
    lame = set()
    for rule in version.rules:
        for severity, code in _of_rule(rule, today):
            found.append(Problem(severity, code, rule.key, rule=rule.name))
            if severity == ERROR:
                lame.add(rule.key)
    for kind, rules in version.by_kind.items():
        sound = [rule for rule in rules if rule.key not in lame]
        found += _of_order(kind, sound, version.floor)
    place = {rule.key: number for number, rule in enumerate(version.rules)}
    return sorted(found, key=lambda problem: place.get(problem.rule_key, -1))


def _of_terms(version):
    """Yield (severity, code) of the defaults."""
    terms = version.terms
    if not _is_zone(terms.zone):
        yield ERROR, "zone"
    if not terms.remedies:
        yield ERROR, "no_remedies"
    if terms.refund_on not in REFUND_STEPS:
        yield ERROR, "refund_on"
    if terms.freight_payer not in PAYERS:
        yield ERROR, "freight_payer"
    if not terms.transit_days:
        yield WARNING, "no_transit"
    if version.floor.uninformed_months and not terms.informs_buyer:
        yield WARNING, "uninformed"
    by_itself = terms.auto_approve and not terms.auto_approve_max
    if by_itself and terms.refund_on == "approval":
        yield WARNING, "auto_refund"


def _is_zone(name):
    try:
        return bool(name and ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError):
        return False


def _of_rule(rule, today):
    """Yield (severity, code) of one rule by itself."""
    if _has_no_effect(rule):
        yield ERROR, "no_effect"
    if rule.kind == "remedies" and _are_apart(rule.remedies, rule.for_remedies):
        yield ERROR, "remedies_apart"
    yield from _of_ranges(rule, today)
    yield from _of_goods(rule)
    if rule.returns_min and not rule.returns_days:
        yield ERROR, "returns_days"
    if rule.returns_days and not rule.returns_min:
        yield WARNING, "returns_min"
    if _refuses_all_goods(rule):
        yield WARNING, "all_goods"


def _refuses_all_goods(rule):
    """Tell whether a ground that only some goods have is used against all."""
    is_open = rule.domain in EMPTY and rule.order_domain in EMPTY
    return is_open and rule.kind == "refuse" and rule.legal_code not in ("", "B2B")


def _are_apart(some, others):
    return bool(some and others) and some.isdisjoint(others)


def _of_ranges(rule, today):
    """Yield (severity, code) of ends that lie before their beginnings."""
    if 0 < rule.days_to < rule.days_from:
        yield ERROR, "days_crossed"
    if 0 < rule.amount_to < rule.amount_from:
        yield ERROR, "amounts_crossed"
    if rule.ordered_to and rule.ordered_to < rule.ordered_from:
        yield ERROR, "dates_crossed"
    elif rule.ordered_to and rule.ordered_to < today:
        yield WARNING, "past"


def _of_goods(rule):
    """Yield (severity, code) of what cannot be true of goods in that place."""
    if rule.goods == "unshipped" and (rule.days_from or rule.days_to):
        yield ERROR, "unshipped_days"
    if rule.goods == "shipped" and rule.days_from:
        yield ERROR, "shipped_days"
    if rule.goods == "unshipped" and rule.seal == "opened":
        yield ERROR, "unshipped_opened"


def _has_no_effect(rule):
    """Tell whether a rule says nothing, or of remedies that have nothing of it."""
    if rule.kind in VALUES:
        return rule.value not in VALUES[rule.kind]
    if rule.kind == "remedies":
        return not rule.remedies
    if rule.kind == "bonus" and rule.for_remedies:
        return "store_credit" not in rule.for_remedies
    if rule.kind == "keep_item" and rule.for_remedies:
        return KEEPABLE.isdisjoint(rule.for_remedies)
    return False


def _of_order(kind, rules, floor):
    """Return the problems of rules of one kind that never get their turn."""
    found = []
    for number, rule in enumerate(rules):
        first = next((e for e in rules[:number] if _hides(e, rule, floor)), None)
        if first is not None:
            severity, code = WARNING, "shadowed"
            if kind != "refuse" and covers(rule, first) and _differ(rule, first):
                severity, code = ERROR, "contradiction"
            found.append(
                Problem(severity, code, rule.key, first.key, rule.name, first.name)
            )
    return found


def _differ(rule, other):
    return spoken(rule) != spoken(other)


def _hides(first, rule, floor):
    """Tell whether a rule never fires, since an earlier one of its kind always does.

    A refusal only hides another where its ground holds whenever it fits, or where the
    other rests on the same ground.
    """
    if not covers(first, rule):
        return False
    if rule.kind != "refuse" or _always_holds(first, floor):
        return True
    same_ground = first.legal_code == rule.legal_code
    return same_ground and first.needs_confirmation <= rule.needs_confirmation


def _always_holds(rule, floor):
    """Tell whether a refusal needs nothing but its conditions to be spoken."""
    if rule.needs_confirmation or rule.legal_code == "B2B":
        return False
    clause = floor.clause(rule.legal_code)
    return clause is None or not (clause.needs_confirmation or clause.if_opened)


def covers(wide, narrow):
    """Tell whether a rule fits every case that another of its kind fits.

    Domains are only known to be wider when they are empty, or equal to the letter.
    """
    return (
        _covers_domains(wide, narrow)
        and _covers_reasons(wide, narrow)
        and _covers_set(wide.for_remedies, narrow.for_remedies)
        and all(_covers_range(wide, narrow, what) for what in RANGES)
        and wide.goods in ("", narrow.goods)
        and wide.seal in ("", narrow.seal)
        and _covers_returns(wide, narrow)
    )


def _covers_domains(wide, narrow):
    return all(
        getattr(wide, name) in (*EMPTY, getattr(narrow, name))
        for name in ("domain", "customer_domain", "order_domain")
    )


def _covers_reasons(wide, narrow):
    if wide.kind in BOUND_TO_REASONS and not wide.reasons:
        return not narrow.reasons
    return _covers_set(wide.reasons, narrow.reasons)


def _covers_set(wide, narrow):
    """Tell whether one set of names holds another; an empty one holds all."""
    return not wide or (bool(narrow) and narrow <= wide)


def _covers_range(wide, narrow, what):
    """Tell whether the range of a rule holds another's; an empty end is open."""
    wide_to, narrow_to = getattr(wide, f"{what}_to"), getattr(narrow, f"{what}_to")
    upto = not wide_to or (bool(narrow_to) and narrow_to <= wide_to)
    return upto and getattr(wide, f"{what}_from") <= getattr(narrow, f"{what}_from")


def _covers_returns(wide, narrow):
    if not wide.returns_min:
        return True
    same = wide.returns_days == narrow.returns_days
    return same and wide.returns_min <= narrow.returns_min
