"""What of a draft undercuts the legal floor of its preset."""

from typing import NamedTuple

from .clock import ROLLS

OUTBOUND = ("none", "merchant", "standard")
BUYERS = ("consumer", "none")


class Breach(NamedTuple):
    """One way in which a draft undercuts the law.

    ``code``: window, rolls, quality_window, refund_days, refund_clock, outbound, fee,
    remedies, freight, refusal, confirmation, opened, b2b. ``rule`` and ``rule_key``
    are empty where the terms themselves fall short. ``number`` is what the law asks
    for, in days: the least window, the refund period, or how long no fee may be kept
    and no refund taken away.
    """

    code: str
    article: str
    rule: str = ""
    rule_key: int = 0
    number: int = 0


def breaches(version, liabilities=None):
    """Return every breach of the floor of the version's preset, terms first.

    A rule is left alone where it cannot touch a consumer's return without a reason:
    for other remedies, from a day after the window, for reasons somebody else answers
    for. Who the customers of a domain are is not known here.

    :param dict liabilities: {reason code: who answers for it}; unknown ones count as
        the buyer's
    """
    if not version.floor.window_days:
        return []
    found = _of_terms(version.terms, version.floor)
    for rule in version.rules:
        check = BY_KIND.get(rule.kind)
        if check:
            found += check(rule, version, _Answers(rule, liabilities or {}))
    return found


class _Answers:
    """Who answers for the reasons of a rule; one without reasons is the buyer's."""

    def __init__(self, rule, liabilities):
        named = {liabilities.get(code, "none") for code in rule.reasons}
        self.buyer = not named or not named.isdisjoint(BUYERS)
        self.others = bool(named.difference(BUYERS))


def _of_terms(terms, floor):
    """Return the breaches of the defaults."""
    days = _lawful_days(terms, floor)
    is_short = terms.window_days < floor.window_days
    ends_early = _is_less(ROLLS, terms.window_rolls, floor.window_rolls)
    is_brief = terms.quality_days < floor.quality_days
    is_slow = terms.refund_days > floor.refund_days
    waits = (terms.refund_clock, floor.refund_clock) == ("goods_back", "notice")
    keeps_freight = _is_less(OUTBOUND, terms.outbound_freight, floor.outbound_freight)
    charges = terms.fee_percent or terms.fee_flat
    withholds = "return_refund" not in terms.remedies
    asked = (
        ("window", "window", is_short, floor.window_days),
        ("rolls", "rolls", ends_early, 0),
        ("quality_window", "quality", is_brief, floor.quality_days),
        ("refund_days", "refund", is_slow, floor.refund_days),
        ("refund_clock", "refund", waits, floor.refund_days),
        ("outbound", "outbound", keeps_freight, 0),
        ("fee", "fee", charges, days),
        ("remedies", "remedies", withholds, days),
    )
    return [
        Breach(code, floor.articles[duty], number=number)
        for code, duty, broken, number in asked
        if broken
    ]


def _is_less(scale, value, least):
    return scale.index(value) < scale.index(least)


def _lawful_days(terms, floor):
    """Return in how many days after receipt the window of the law has ended.

    Where nobody tells the buyer of the right, it is months longer.
    """
    untold = 0 if terms.informs_buyer else floor.uninformed_months
    return floor.window_days + 31 * untold


def _touches_return(rule, version, answers):
    """Tell whether a rule can touch a return which the law gives."""
    returns = not rule.for_remedies or "return_refund" in rule.for_remedies
    is_late = rule.days_from > _lawful_days(version.terms, version.floor)
    return returns and answers.buyer and not is_late


def _breach(rule, code, article, number=0):
    return [Breach(code, article, rule.name, rule.key, number)]


def _window(rule, version, answers):
    floor, articles = version.floor, version.floor.articles
    if rule.days < floor.window_days and _touches_return(rule, version, answers):
        return _breach(rule, "window", articles["window"], floor.window_days)
    if rule.days < floor.quality_days and answers.others:
        return _breach(rule, "quality_window", articles["quality"], floor.quality_days)
    return []


def _refuse(rule, version, answers):
    if not _touches_return(rule, version, answers):
        return []
    floor = version.floor
    clause = floor.clause(rule.legal_code)
    if clause is None:
        return _breach(rule, "refusal", floor.articles["refusal"])
    if rule.legal_code == "B2B" and not rule.customer_domain:
        return _breach(rule, "b2b", clause.article)
    if clause.needs_confirmation and not rule.needs_confirmation:
        return _breach(rule, "confirmation", floor.articles["confirmation"])
    if clause.if_opened and rule.seal != "opened":
        return _breach(rule, "opened", clause.article)
    return []


def _approval(rule, version, answers):
    if rule.value == "refuse" and _touches_return(rule, version, answers):
        return _breach(rule, "refusal", version.floor.articles["refusal"])
    return []


def _fee(rule, version, answers):
    if (rule.percent or rule.amount) and _touches_return(rule, version, answers):
        days = _lawful_days(version.terms, version.floor)
        return _breach(rule, "fee", version.floor.articles["fee"], days)
    return []


def _remedies(rule, version, answers):
    if "return_refund" in rule.remedies or not _touches_return(rule, version, answers):
        return []
    days = _lawful_days(version.terms, version.floor)
    return _breach(rule, "remedies", version.floor.articles["remedies"], days)


def _freight(rule, version, answers):
    """Judge who pays the way back of what the buyer does not answer for."""
    if rule.value == "consumer" and answers.others:
        return _breach(rule, "freight", version.floor.articles["freight"])
    return []


BY_KIND = {
    "window": _window,
    "refuse": _refuse,
    "approval": _approval,
    "fee": _fee,
    "remedies": _remedies,
    "freight": _freight,
}
