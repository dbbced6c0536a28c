"""Decide whether a buyer may return a line, and say why: no database, no clock."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from .clock import window_end
from .terms import NO_REASON, Version


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
    NO_DATE = "no_date"
    NOTHING_LEFT = "nothing_left"
    EXCLUDED = "excluded"
    RULE_REFUSED = "rule_refused"
    RULE_REVIEW = "rule_review"
    RULE_BROKEN = "rule_broken"
    REFUND_ONLY = "refund_only"
    QUALITY = "quality"
    QUALITY_LATE = "quality_late"
    OTHER_REGIME = "other_regime"
    NO_POLICY = "no_policy"
    NOT_SOLD = "not_sold"


class Facts(NamedTuple):
    """What is known about one order line when somebody asks to return it.

    Moments are aware datetimes; ``amount`` is in the smallest unit of its currency.
    """

    asked_at: datetime
    regime: str = NO_REASON
    reasons: frozenset[str] = frozenset((NO_REASON,))
    remedy: str = "return_refund"
    shipped: bool = True
    shipped_at: datetime | None = None
    received_at: datetime | None = None
    quantity_left: float = 1.0
    exclusion: str = ""
    confirmed_at: datetime | None = None
    amount: int = 0
    matched: frozenset[int] = frozenset()
    broken_rule: str = ""


class Decision(NamedTuple):
    """The verdict on one line, with everything needed to explain it later.

    ``last_moment`` is the exclusive end of the window, in UTC. ``unconfirmed`` names
    an exclusion which does not hold because no purchase confirmation was recorded.
    """

    outcome: Outcome
    code: Code
    remedy: str = "return_refund"
    approval: str = "review"
    refund_on: str = ""
    freight_payer: str = ""
    clause: str = ""
    rule_name: str = ""
    rule_key: int = 0
    last_moment: datetime | None = None
    received_at: datetime | None = None
    assumed: bool = False
    unconfirmed: str = ""

    @property
    def rule_code(self):
        """Return the legal clause where one decided, else the reason code."""
        return self.clause or str(self.code)


NOT_SOLD = Decision(Outcome.NONE, Code.NOT_SOLD)
NO_POLICY = Decision(Outcome.REVIEW, Code.NO_POLICY)


def decide(version: Version, facts: Facts) -> Decision:
    """Return the verdict of a published version on one line."""
    if facts.broken_rule:
        return Decision(
            Outcome.REVIEW,
            Code.RULE_BROKEN,
            facts.remedy,
            refund_on=version.terms.refund_on,
            rule_name=facts.broken_rule,
        )
    if facts.regime == NO_REASON:
        return _decide_no_reason(version, facts)
    return _decide_fault(version, facts)


def _decide_no_reason(version, facts):
    terms = version.terms
    code, clause, rule, unconfirmed = _refusal(version, facts)
    if code:
        return Decision(
            Outcome.REFUSED,
            code,
            facts.remedy,
            clause=clause,
            rule_name=rule.name if rule else "",
            rule_key=rule.key if rule else 0,
        )
    received, assumed = _receipt(terms, facts)
    end = received and window_end(received, terms.window_days, terms.zone)
    outcome, code = _within(facts, received, end)
    if facts.remedy == "refund_only" and code in (Code.IN_WINDOW, Code.NOT_RECEIVED):
        outcome, code = Outcome.REVIEW, Code.REFUND_ONLY
    return Decision(
        outcome,
        code,
        "refund_only" if code is Code.NOT_SHIPPED else facts.remedy,
        _approval(version, facts) if outcome is Outcome.ALLOWED else "review",
        terms.refund_on,
        terms.freight_payer,
        "",
        "",
        0,
        end,
        received,
        assumed,
        unconfirmed,
    )


def _refusal(version, facts):
    """Return (code, clause, rule, unconfirmed clause); no code refuses nothing."""
    confirmed = facts.confirmed_at is not None
    clause = facts.exclusion
    if clause and (confirmed or clause not in version.confirmable):
        return Code.EXCLUDED, clause, None, ""
    rule = _first(version.refusals, facts)
    if rule is None:
        return "", "", None, clause
    if rule.needs_confirmation and not confirmed:
        return "", "", None, rule.legal_code
    return Code.RULE_REFUSED, rule.legal_code, rule, ""


def _within(facts, received, end):
    if not facts.shipped:
        return Outcome.ALLOWED, Code.NOT_SHIPPED
    if facts.quantity_left <= 0:
        return Outcome.REFUSED, Code.NOTHING_LEFT
    if received is None:
        if facts.shipped_at is None:
            return Outcome.REVIEW, Code.NO_DATE
        return Outcome.ALLOWED, Code.NOT_RECEIVED
    if facts.asked_at >= end:
        return Outcome.REFUSED, Code.WINDOW_CLOSED
    if facts.asked_at < received:
        return Outcome.ALLOWED, Code.NOT_RECEIVED
    return Outcome.ALLOWED, Code.IN_WINDOW


def _receipt(terms, facts):
    """Return when the goods were signed for, and whether that is assumed."""
    if facts.received_at is not None:
        return facts.received_at, False
    if facts.shipped_at is not None and terms.transit_days:
        return facts.shipped_at + terms.transit, True
    return None, False


def _decide_fault(version, facts):
    """Judge a fault of the goods, the parcel or a promise: a person decides.

    The 7 days and the exclusions bind only returns without a reason; a fault is never
    refused by the machine. Source: Consumer Law (PRC 2013), art. 24.
    """
    terms = version.terms
    rule = _first(version.refusals, facts)
    if rule is not None and rule.reasons:
        outcome, code, end = Outcome.REVIEW, Code.RULE_REVIEW, None
        received, assumed = None, False
    else:
        rule = None
        received, assumed = _receipt(terms, facts)
        end = received and window_end(received, terms.quality_days, terms.zone)
        outcome, code = _within_fault(facts, end)
    return Decision(
        outcome,
        code,
        "refund_only" if code is Code.NOT_SHIPPED else facts.remedy,
        _approval(version, facts) if outcome is Outcome.ALLOWED else "review",
        terms.refund_on,
        "merchant",
        rule_name=rule.name if rule else "",
        rule_key=rule.key if rule else 0,
        last_moment=end,
        received_at=received,
        assumed=assumed,
    )


def _within_fault(facts, end):
    if not facts.shipped:
        return Outcome.ALLOWED, Code.NOT_SHIPPED
    if facts.quantity_left <= 0:
        return Outcome.REFUSED, Code.NOTHING_LEFT
    if facts.regime != "quality":
        return Outcome.REVIEW, Code.OTHER_REGIME
    if end is not None and facts.asked_at >= end:
        return Outcome.REVIEW, Code.QUALITY_LATE
    return Outcome.ALLOWED, Code.QUALITY


def _approval(version, facts):
    rule = _first(version.approvals, facts)
    if rule is not None:
        return rule.value
    terms = version.terms
    if facts.regime != NO_REASON or not terms.auto_approve:
        return "review"
    ceiling = terms.auto_approve_max
    return "review" if ceiling and facts.amount > ceiling else "auto"


def _first(rules, facts):
    """Return the first rule that fits product and reason, or None."""
    matched, reasons = facts.matched, facts.reasons
    if not matched:
        return None
    for rule in rules:
        if rule.key in matched:
            wanted = rule.reasons
            if not wanted or not reasons.isdisjoint(wanted):
                return rule
    return None


def utc(moment):
    """Return a naive UTC datetime as an aware one; nothing stays nothing."""
    return moment and moment.replace(tzinfo=UTC)
