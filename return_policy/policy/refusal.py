"""Why a return is refused: a ground of the law, a rule, a remedy not on offer."""

from enum import StrEnum
from typing import NamedTuple

from .law import NO_FLOOR, Clause
from .matching import fired_rule
from .terms import Rule


class Outcome(StrEnum):
    """What the policy says."""

    ALLOWED = "allowed"
    REFUSED = "refused"
    REVIEW = "review"
    NONE = "none"


class Code(StrEnum):
    """Why it says so; one sentence for the reader hangs on each."""

    IN_WINDOW = "in_window"
    WINDOW_CLOSED = "window_closed"
    NOT_RECEIVED = "not_received"
    NOT_SHIPPED = "not_shipped"
    SHIPPED = "shipped"  # too late to cancel
    NO_DATE = "no_date"
    NOTHING_LEFT = "nothing_left"
    EXCLUDED = "excluded"
    ASK_OPENED = "ask_opened"
    RULE_REFUSED = "rule_refused"
    RULE_REVIEW = "rule_review"
    RULE_BROKEN = "rule_broken"
    BELOW_FLOOR = "below_floor"
    REMEDY = "remedy"  # not offered
    REFUND_ONLY = "refund_only"
    BY_PERSON = "by_person"
    QUALITY = "quality"
    QUALITY_LATE = "quality_late"
    OTHER_REGIME = "other_regime"
    NO_POLICY = "no_policy"
    NOT_SOLD = "not_sold"


class Verdict(NamedTuple):
    """The heart of a decision, before terms and dates are put around it."""

    outcome: Outcome
    code: Code
    clause: str = ""
    rule: Rule | None = None


# Whether a ground holds in a case: it does not, or what the word says.
HOLDS, ASK, UNCONFIRMED, UNLAWFUL = "holds", "ask", "unconfirmed", "unlawful"


def refuse(version, facts, fit, lawful):
    """Return (the first refusal that holds or None, a ground nobody confirmed).

    :param bool lawful: the law itself gives this return; then only its grounds count
    """
    seal = facts.seal if facts.shipped else "sealed"  # ``seal_known``, unwrapped
    key = (facts.exclusion, facts.confirmed_at is None, seal, lawful)
    answer = fit.answers.get(key)
    if answer is None:
        answer = fit.answers[key] = _refuse(version, facts, fit, lawful)
    return answer


def _refuse(version, facts, fit, lawful):
    """Ask the product, then the rules in their order, then what is on offer."""
    unconfirmed = ""
    if facts.exclusion and not facts.reason.is_fault:
        refusal, unconfirmed = _by_exclusion(version, facts)
        if refusal:
            return refusal, ""
    for rule in fit.refusals:
        refusal, silent = _by_rule(version, facts, rule, lawful)
        unconfirmed = unconfirmed or silent
        if refusal and rule.seal and not facts.seal_known:
            return _ask(rule), unconfirmed
        if refusal:
            return refusal, unconfirmed
    if fit.refuses:
        return _by_effects(version, facts, fit.effects, lawful), unconfirmed
    return None, unconfirmed


def _by_exclusion(version, facts):
    """Judge the ground on the product."""
    floor = version.floor if facts.is_consumer else NO_FLOOR
    code = facts.exclusion
    clause = floor.clause(code)
    ground = _ground(clause, code, facts) if clause else ""
    return _by_ground(ground, Code.EXCLUDED, code)


def _ask(rule):
    """Leave a rule that hangs on the seal until somebody told of it."""
    return Verdict(Outcome.REVIEW, Code.ASK_OPENED, rule.legal_code, rule)


def _by_rule(version, facts, rule, lawful):
    """Judge a refusing rule that fits; a fault is never refused, a person looks."""
    if facts.reason.is_fault:
        return Verdict(Outcome.REVIEW, Code.RULE_REVIEW, rule=rule), ""
    ground = ground_of(rule, facts, version, lawful)
    if ground is UNLAWFUL:
        return Verdict(Outcome.REVIEW, Code.BELOW_FLOOR, rule=rule), ""
    return _by_ground(ground, Code.RULE_REFUSED, rule.legal_code, rule)


def ground_of(rule, facts, version, lawful):
    """Return whether the ground of a refusing rule holds, or UNLAWFUL: it is none."""
    code = rule.legal_code
    clause = version.floor.clause(code) if lawful else Clause("")
    if clause is None:
        return UNLAWFUL
    return _ground(clause, code, facts, rule.needs_confirmation)


def _by_ground(ground, refused, code, rule=None):
    """Return (the verdict on a ground or None, its code where nobody confirmed it)."""
    if ground is UNCONFIRMED:
        return None, code
    if ground is HOLDS:
        return Verdict(Outcome.REFUSED, refused, code, rule), ""
    if ground is ASK:
        return Verdict(Outcome.REVIEW, Code.ASK_OPENED, code, rule), ""
    return None, ""


def _ground(clause, code, facts, needs_confirmation=False):
    """Return whether a ground holds: HOLDS, ASK (is it opened?), UNCONFIRMED or ""."""
    if code == "B2B":
        return "" if facts.is_consumer else HOLDS
    if (clause.needs_confirmation or needs_confirmation) and not facts.confirmed_at:
        return UNCONFIRMED
    if clause.if_opened and facts.seal_known != "opened":
        return "" if facts.seal_known else ASK
    return HOLDS


def _by_effects(version, facts, effects, lawful):
    """Judge an approval rule that refuses, and remedies which are not on offer."""
    if effects.approval == "refuse":
        rule = fired_rule(version, effects, "approval")
        if facts.reason.is_fault:
            return Verdict(Outcome.REVIEW, Code.RULE_REVIEW, rule=rule)
        if lawful:
            return Verdict(Outcome.REVIEW, Code.BELOW_FLOOR, rule=rule)
        return Verdict(Outcome.REFUSED, Code.RULE_REFUSED, rule=rule)
    if facts.remedy in effects.remedies or lawful:
        return None
    outcome = Outcome.REVIEW if facts.reason.is_fault else Outcome.REFUSED
    rule = fired_rule(version, effects, "remedies")
    return Verdict(outcome, Code.REMEDY, rule=rule)
