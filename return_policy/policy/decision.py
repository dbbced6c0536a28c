"""Decide whether a buyer may return a line, and say why: no database, no clock."""

from datetime import UTC, datetime
from typing import NamedTuple

from .amounts import share
from .clock import EVERY_DAY, Workdays, day_number
from .facts import Facts
from .matching import Effects, fired_rule, fit_for
from .refusal import Code, Outcome, Verdict, refuse
from .settlement import BASIS, bonus
from .terms import NO_REASON, Version
from .window import GIVEN_UP, assumed_receipt, is_lawful, window

# Remedies that let goods or money go without a return; a person looks at them.
BY_PERSON = frozenset(
    ("refund_only", "partial_refund", "price_protection", "reship", "repair")
)
# What the buyer may keep instead of sending it back, where a rule says so.
KEEPABLE = frozenset(("return_refund", "store_credit", "exchange"))


class Decision(NamedTuple):
    """The verdict on one line, with everything needed to explain it later.

    ``last_moment`` is the exclusive end of the window, in UTC. ``unconfirmed`` names
    a ground which does not hold because no purchase confirmation was recorded.
    ``effects`` are the terms that hold for the case, None where nothing was judged,
    as are the ``facts``; ``version`` is the one that judged.
    """

    outcome: Outcome
    code: Code
    remedy: str = "return_refund"
    approval: str = "review"
    clause: str = ""
    rule_name: str = ""
    rule_key: int = 0
    last_moment: datetime | None = None
    received_at: datetime | None = None
    assumed: bool = False
    unconfirmed: str = ""
    effects: Effects | None = None
    fee_due: bool = False
    keeps_item: bool = False
    facts: Facts | None = None
    workdays: Workdays = EVERY_DAY
    version: Version | None = None

    @property
    def rule_code(self):
        """Return the legal clause where one decided, else the reason code."""
        return self.clause or str(self.code)

    @property
    def refund_on(self):
        """Return the step at which the money goes back, empty where unknown."""
        return self.effects.refund_on if self.effects else ""

    @property
    def promised(self):
        """Return what a promise to this buyer bettered: window, freight."""
        return list(self.effects.promised) if self.effects else []

    @property
    def freight_payer(self):
        """Return who pays the way back, empty where nothing comes back."""
        return self.effects.freight_payer if self.effects else ""

    @property
    def fee_percent(self):
        """Return the restocking fee in basis points of what is given back."""
        return self.effects.fee_percent if self.fee_due else 0

    @property
    def fee_flat(self):
        """Return the restocking fee per piece, in the company's smallest unit."""
        return self.effects.fee_flat if self.fee_due else 0

    @property
    def bonus_percent(self):
        """Return the bonus for store credit in basis points."""
        return self.effects.bonus_percent if self.remedy == "store_credit" else 0

    @property
    def bonus_flat(self):
        """Return the flat bonus for store credit, in the company's smallest unit."""
        return self.effects.bonus_flat if self.remedy == "store_credit" else 0


NOT_SOLD = Decision(Outcome.NONE, Code.NOT_SOLD)
NO_POLICY = Decision(Outcome.REVIEW, Code.NO_POLICY)


NEVER = datetime.max.replace(tzinfo=UTC)  # an end which is not known yet
_new = tuple.__new__  # makes a Decision of all its values in a third of the time

# Looked up once: members of an enumeration are slow to reach.
ALLOWED = Outcome.ALLOWED
REFUSED = Outcome.REFUSED
REVIEW = Outcome.REVIEW
NOT_SHIPPED = Verdict(Outcome.ALLOWED, Code.NOT_SHIPPED)
SHIPPED = Verdict(Outcome.REFUSED, Code.SHIPPED)
NOTHING_LEFT = Verdict(Outcome.REFUSED, Code.NOTHING_LEFT)
NO_DATE = Verdict(Outcome.REVIEW, Code.NO_DATE)
NOT_RECEIVED = Verdict(Outcome.ALLOWED, Code.NOT_RECEIVED)
IN_WINDOW = Verdict(Outcome.ALLOWED, Code.IN_WINDOW)
WINDOW_CLOSED = Verdict(Outcome.REFUSED, Code.WINDOW_CLOSED)
QUALITY = Verdict(Outcome.ALLOWED, Code.QUALITY)
QUALITY_LATE = Verdict(Outcome.REVIEW, Code.QUALITY_LATE)
OTHER_REGIME = Verdict(Outcome.REVIEW, Code.OTHER_REGIME)
BY_A_PERSON = Verdict(Outcome.REVIEW, Code.BY_PERSON)


def decide(version: Version, facts: Facts, workdays=EVERY_DAY) -> Decision:
    """Return the verdict of a version on one line of a company with these workdays."""
    if facts.broken_rule:
        return _broken(version, facts, workdays)
    received = facts.received_at or assumed_receipt(version.terms, facts)
    signed = received and day_number(received, version.terms.zone)
    fit = fit_for(version, facts, received, signed)
    effects, _refusals, refuses, has_fee, _answers = fit
    end = signed and window(version, facts, effects.window_days, signed, workdays)
    span = effects.window_days, signed, end, workdays
    lawful = (has_fee or refuses) and is_lawful(version, facts, *span)
    verdict, unconfirmed = None, ""
    if refuses or facts.exclusion:
        verdict, unconfirmed = refuse(version, facts, fit, lawful)
    if verdict is None or verdict.outcome is REVIEW:
        otherwise = _allow(version, facts, effects, received, end)
        # nobody need judge what is refused anyway
        if verdict is None or otherwise.outcome is REFUSED:
            verdict = otherwise
    outcome, code, clause, rule = verdict
    values = (
        outcome,
        code,
        facts.remedy if verdict is not NOT_SHIPPED else _without_goods(facts.remedy),
        _approval(version, facts, effects) if outcome is ALLOWED else "review",
        clause,
        rule.name if rule else "",
        rule.key if rule else 0,
        end,
        received,
        received is not facts.received_at,
        unconfirmed,
        effects,
        has_fee and not lawful,
        effects.keep_item_max > 0 and _keeps_item(facts, effects, outcome),
        facts,
        workdays,
        version,
    )
    return _new(Decision, values)


def _broken(version, facts, workdays):
    """Leave everything to a person where a rule can no longer be evaluated."""
    return Decision(
        REVIEW,
        Code.RULE_BROKEN,
        facts.remedy,
        rule_name=facts.broken_rule,
        facts=facts,
        workdays=workdays,
        version=version,
    )


def _without_goods(remedy):
    """Return what a remedy means for goods that never left."""
    return "refund_only" if remedy == "return_refund" else remedy


def _keeps_item(facts, effects, outcome):
    """Tell whether the buyer may keep what is worth so little."""
    comes_back = facts.shipped and facts.remedy in KEEPABLE
    is_small = 0 < facts.amount <= effects.keep_item_max
    return comes_back and is_small and outcome is not REFUSED


def _allow(version, facts, effects, received, end):
    """Return the verdict where nothing refuses."""
    if not facts.shipped:
        return NOT_SHIPPED if facts.remedy in GIVEN_UP else BY_A_PERSON
    if facts.remedy == "cancel":
        return SHIPPED
    if facts.quantity_left <= 0:
        return NOTHING_LEFT
    if facts.reason.regime != NO_REASON:
        return _allow_fault(facts, end)
    verdict = _within(facts, received, end)
    if facts.remedy in BY_PERSON and verdict.outcome is ALLOWED:
        return _by_person(version, facts, effects, verdict)
    return verdict


def _within(facts, received, end):
    """Judge the window of a return without a reason."""
    if received is None:
        return NO_DATE if facts.shipped_at is None else NOT_RECEIVED
    if facts.asked_at >= end:
        return WINDOW_CLOSED
    return NOT_RECEIVED if facts.asked_at < received else IN_WINDOW


def _allow_fault(facts, end):
    """Judge a fault of the goods, the parcel or a promise: never refused by a machine.

    The window and the grounds bind only returns without a reason. Source: Consumer
    Law (PRC 2013), art. 24.
    """
    if facts.reason.regime != "quality":
        return OTHER_REGIME
    return QUALITY_LATE if end is not None and facts.asked_at >= end else QUALITY


def _by_person(version, facts, effects, verdict):
    """Leave a remedy without a return to a person, unless a rule for it says auto."""
    if _is_auto_for(version, facts, effects):
        return verdict
    if facts.remedy == "refund_only":
        return Verdict(Outcome.REVIEW, Code.REFUND_ONLY)
    return BY_A_PERSON


def _is_auto_for(version, facts, effects):
    """Tell whether a rule which names this remedy approves it by itself."""
    rule = fired_rule(version, effects, "approval")
    return bool(rule) and rule.value == "auto" and facts.remedy in rule.for_remedies


def _approval(version, facts, effects):
    """Return auto or review for what is allowed."""
    if effects.approval:
        by_itself = facts.remedy not in BY_PERSON or not facts.shipped
        if by_itself or _is_auto_for(version, facts, effects):
            return effects.approval
        return "review"
    terms = version.terms
    if not terms.auto_approve or facts.reason.is_fault:
        return "review"
    ceiling = terms.auto_approve_max
    return "review" if ceiling and facts.amount > ceiling else "auto"


def best(decisions, amount=0, pieces=1):
    """Return the decision which is best for the buyer; of equal ones the first.

    What the buyer gets counts before what it costs, then how long and how soon.

    :param list decisions: at least one
    :param int amount: what the line cost, on which fees and bonuses are compared
    :param pieces: how many pieces, for fees by the piece
    """
    if len(decisions) == 1:
        return decisions[0]
    return max(decisions, key=lambda decision: _worth(decision, amount, pieces))


_RANK = {Outcome.NONE: 0, Outcome.REFUSED: 1, Outcome.REVIEW: 2, Outcome.ALLOWED: 3}
_PAYERS = ("consumer", "", "insurance", "merchant")
_STEPS = ("", "inspected", "received", "scanned", "approval")


def _worth(decision, amount, pieces):
    """Return how good a decision is for the buyer, to be compared."""
    effects = decision.effects
    return (
        _RANK[decision.outcome],
        decision.keeps_item,
        _money_back(decision, amount, pieces),
        _PAYERS.index(decision.freight_payer),
        decision.last_moment or NEVER,
        decision.approval == "auto",
        _STEPS.index(decision.refund_on),
        -effects.photos if effects else 0,
        not (effects and effects.video),
    )


def _money_back(decision, amount, pieces):
    """Return what of an amount is left to the buyer after the fee, with the bonus."""
    fee = share(amount * decision.fee_percent, 1, BASIS)
    fee += round(decision.fee_flat * pieces)
    given = max(0, amount - fee)
    return given + bonus(given, decision.bonus_percent, decision.bonus_flat)
