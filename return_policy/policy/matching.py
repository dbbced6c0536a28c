"""Which rules of a version fit a case, in their order; and why others do not."""

from itertools import chain
from typing import NamedTuple

from .conditions import first_failing, looks_for
from .promise import honour
from .terms import KINDS

PLANS_KEPT = 4096  # distinct combinations of a version; more start afresh


class Effects(NamedTuple):
    """What holds for a case: a rule's word where one fits, else the policy's.

    Units as in ``Terms``; ``fired`` are the keys of the rules that spoke, ``promised``
    what a promise to the buyer bettered, see ``promise.honour``. For a consumer the
    window is never shorter than the law's.
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
    promised: tuple = ()


class Fit(NamedTuple):
    """The rules that fit a case, as they matter."""

    effects: Effects
    refusals: tuple  # all that fit, in order
    refuses: bool  # whether there is anything that may refuse
    has_fee: bool
    answers: dict  # of ``refusal.refuse``, by what else it asks


class Plan(NamedTuple):
    """The rules that may fit cases of one kind; none after the first sure one.

    ``asked`` are those whose conditions have to be looked at in each case.
    """

    refusals: tuple
    others: tuple  # (candidates of a kind, …)
    asked: tuple
    looks: tuple
    fits: dict  # {bits of those asked that fit: Fit}


def fit_for(version, facts, received, signed):
    """Return the ``Fit`` of a case.

    :param received: when the goods were, or will be, received; aware or None
    :param signed: number of that day in the policy's time zone, or None
    """
    key = (facts.matched, facts.reason, facts.remedy, facts.is_consumer)
    plan = version.plans.get(key)
    if plan is None:
        plan = _plan_for(version, facts, key)
    bits = -1
    for look in plan.looks:
        bits &= look(facts, received, signed)
    fit = plan.fits.get(bits) or _fit_for(version, facts, plan, bits)
    if facts.promise:
        return fit._replace(effects=honour(fit.effects, facts.promise))
    return fit


def _plan_for(version, facts, key):
    """Return the plan for cases with these rules, this reason, remedy and buyer."""
    if len(version.plans) >= PLANS_KEPT:
        version.plans.clear()
    by_kind = dict(version.by_kind)
    refusals = _candidates(by_kind.pop("refuse"), facts)
    others = tuple(_candidates(rules, facts) for rules in by_kind.values())
    candidates = (*refusals, *chain.from_iterable(others))
    asked = tuple(rule for rule in candidates if not rule.is_plain)
    looks = looks_for(asked, version.terms.zone)
    plan = version.plans[key] = Plan(refusals, others, asked, looks, {})
    return plan


def _fit_for(version, facts, plan, bits):
    """Return the fit of those rules which are plain or have their bit."""
    failing = {rule.key for n, rule in enumerate(plan.asked) if not bits >> n & 1}
    refusals = tuple(rule for rule in plan.refusals if rule.key not in failing)
    fitting = [[r for r in rules if r.key not in failing] for rules in plan.others]
    effects = _effects(version, facts, [rules[0] for rules in fitting if rules])
    offered = effects.approval != "refuse" and facts.remedy in effects.remedies
    has_fee = bool(effects.fee_percent or effects.fee_flat)
    fit = Fit(effects, refusals, bool(refusals) or not offered, has_fee, {})
    plan.fits[bits] = fit
    return fit


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


def fired_rule(version, effects, kind):
    """Return the rule which spoke for a kind, or None."""
    rules = version.by_kind[kind]
    return next((rule for rule in rules if rule.key in effects.fired), None)


def mismatch(rule, facts, version, received):
    """Return which condition of a rule a case fails, or nothing where all hold."""
    return _static_mismatch(rule, facts) or first_failing(
        rule, facts, version.terms.zone, received
    )


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
