"""Which rules of a version fit a case, in their order; and why others do not."""

from typing import NamedTuple

from .clock import local_day
from .terms import KINDS

PLANS_KEPT = 4096  # distinct combinations of a version; more start afresh


class Effects(NamedTuple):
    """What holds for a case: a rule's word where one fits, else the policy's.

    Units as in ``Terms``; ``fired`` are the keys of the rules that spoke. For a
    consumer the window is never shorter than the law's.
    """

    window_days: int
    approval: str  # auto, review, refuse; empty: the policy's own way
    refund_on: str
    freight_payer: str
    fee_percent: int
    fee_flat: int
    bonus_percent: int
    bonus_flat: int
    keep_item_max: int
    photos: int
    video: bool
    remedies: frozenset
    fired: tuple = ()


class Plan(NamedTuple):
    """The rules that may fit cases of one kind; none after the first sure one.

    ``effects`` is set where no condition is left to look at.
    """

    refusals: tuple
    others: tuple  # ((kind, candidates), …) without refusals, empty ones left out
    effects: Effects | None
    refuses: bool  # whether there is anything that may refuse
    made: dict  # {rules that spoke: Effects}, where conditions were left


def plan_for(version, facts):
    """Return the plan for cases with these rules, this reason, remedy and buyer."""
    key = (facts.matched, facts.reason, facts.remedy, facts.is_consumer)
    plan = version.plans.get(key)
    if plan is None:
        if len(version.plans) >= PLANS_KEPT:
            version.plans.clear()
        plan = version.plans[key] = _make_plan(version, facts)
    return plan


def _make_plan(version, facts):
    fitting = {
        kind: _candidates(rules, facts) for kind, rules in version.by_kind.items()
    }
    refusals = fitting.pop("refuse")
    others = tuple((kind, rules) for kind, rules in fitting.items() if rules)
    sure = all(rules[0].is_plain for _kind, rules in others)
    effects = None
    if sure:
        effects = _effects(version, facts, [rules[0] for _kind, rules in others])
    offered = effects and effects.approval != "refuse"
    refuses = refusals or not offered or facts.remedy not in effects.remedies
    return Plan(refusals, others, effects, bool(refuses), {})


def _candidates(rules, facts):
    """Return the rules which fit as far as a plan knows; refusals are all kept."""
    found = []
    for rule in rules:
        if not _static_mismatch(rule, facts):
            found.append(rule)
            if rule.is_plain and rule.kind != "refuse":
                break
    return tuple(found)


def _static_mismatch(rule, facts):
    """Return which of the conditions that a plan knows fails, or nothing.

    One of: domain, reason, remedy, regime (windows and refusals bind a fault only
    where they name its reason).
    """
    reason = facts.reason
    if rule.key not in facts.matched:
        return "domain"
    if rule.reasons and reason.codes.isdisjoint(rule.reasons):
        return "reason"
    if rule.for_remedies and facts.remedy not in rule.for_remedies:
        return "remedy"
    if rule.kind in ("window", "refuse") and reason.is_fault and not rule.reasons:
        return "regime"
    return ""


def effects_for(version, facts, plan, received):
    """Return the effects for a case whose plan left conditions open."""
    chosen = []
    for _kind, rules in plan.others:
        for rule in rules:
            if rule.is_plain or not case_mismatch(rule, facts, version, received):
                chosen.append(rule)
                break
    key = tuple(rule.key for rule in chosen)
    effects = plan.made.get(key)
    if effects is None:
        effects = plan.made[key] = _effects(version, facts, chosen)
    return effects


def fired_rule(version, effects, kind):
    """Return the rule which spoke for a kind, or None."""
    rules = version.by_kind[kind]
    return next((rule for rule in rules if rule.key in effects.fired), None)


def mismatch(rule, facts, version, received):
    """Return which condition of a rule a case fails, or nothing where all hold."""
    return _static_mismatch(rule, facts) or case_mismatch(
        rule, facts, version, received
    )


def case_mismatch(rule, facts, version, received):
    """Return which condition on the single case fails, or nothing.

    One of: days, amount, goods, returns, ordered, seal. The seal comes last: it can
    still be asked when all else holds.
    """
    zone = version.terms.zone
    if (rule.days_from or rule.days_to) and not _days_fit(rule, facts, zone, received):
        return "days"
    if facts.amount < rule.amount_from or 0 < rule.amount_to < facts.amount:
        return "amount"
    if rule.goods and rule.goods != goods_state(facts, received):
        return "goods"
    if rule.returns_min and facts.returns.get(rule.returns_days, 0) < rule.returns_min:
        return "returns"
    if (rule.ordered_from or rule.ordered_to) and not _ordered_fits(rule, facts, zone):
        return "ordered"
    if rule.seal and rule.seal != facts.seal_known:
        return "seal"
    return ""


def _days_fit(rule, facts, zone, received):
    """Tell whether the days since receipt lie between the rule's."""
    if received is None:
        return False
    days = (local_day(facts.asked_at, zone) - local_day(received, zone)).days
    return days >= rule.days_from and not 0 < rule.days_to < days


def _ordered_fits(rule, facts, zone):
    """Tell whether the order was placed between the rule's days, both inclusive."""
    if facts.ordered_at is None:
        return False
    day = local_day(facts.ordered_at, zone).isoformat()
    return rule.ordered_from <= day and (not rule.ordered_to or day <= rule.ordered_to)


def goods_state(facts, received):
    """Return where the goods are: unshipped, shipped or received."""
    if not facts.shipped:
        return "unshipped"
    return "received" if received and received <= facts.asked_at else "shipped"


def _effects(version, facts, chosen):
    """Return the policy's effects with what the chosen rules put in their place."""
    terms, reason = version.terms, facts.reason
    values = {
        "window_days": terms.quality_days if reason.is_fault else terms.window_days,
        "approval": "",
        "refund_on": terms.refund_on,
        "freight_payer": terms.freight_payer,
        "fee_percent": terms.fee_percent,
        "fee_flat": terms.fee_flat,
        "bonus_percent": terms.bonus_percent,
        "bonus_flat": terms.bonus_flat,
        "keep_item_max": terms.keep_item_max,
        "photos": max(terms.photos, reason.photos),
        "video": terms.video or reason.video,
        "remedies": terms.remedies,
    }
    for rule in chosen:
        values.update(spoken(rule))
    if reason.remedies:
        values["remedies"] &= reason.remedies
    if facts.is_consumer:
        floor = version.floor
        least = floor.quality_days if reason.is_fault else floor.window_days
        values["window_days"] = max(values["window_days"], least)
    if not reason.is_buyers:
        values.update(fee_percent=0, fee_flat=0)
    if values["freight_payer"] == "consumer" and not _buyer_pays(version, facts):
        values["freight_payer"] = "merchant"
    return Effects(**values, fired=tuple(rule.key for rule in chosen))


def _buyer_pays(version, facts):
    """Tell whether the way back may be put on the buyer.

    Not where somebody else answers for it, nor on a consumer whom nobody told.
    Source: Directive 2011/83/EU, art. 14(1); SI 2013/3134, reg. 35(5).
    """
    told = version.informs_buyer or not facts.is_consumer
    return facts.reason.is_buyers and told


def spoken(rule):
    """Return {effect: value} of a rule."""
    match rule.kind:
        case "window":
            return {"window_days": rule.days}
        case "remedies":
            return {"remedies": rule.remedies}
        case "approval" | "refund_on":
            return {rule.kind: rule.value}
        case "freight":
            return {"freight_payer": rule.value}
        case "fee" | "bonus":
            return {
                f"{rule.kind}_percent": rule.percent,
                f"{rule.kind}_flat": rule.amount,
            }
        case "keep_item":
            return {"keep_item_max": rule.amount}
        case "evidence":
            return {"photos": rule.photos, "video": rule.video}
    raise ValueError(f"{rule.kind} is not one of {', '.join(KINDS)}")
