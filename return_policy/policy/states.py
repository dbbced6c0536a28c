"""The stories of a request: which step may follow which, who acts, by when."""

from dataclasses import dataclass

TRANSITIONS = {
    "draft": {"submitted", "cancelled"},
    "submitted": {"needs_info", "approved", "refused", "cancelled", "expired"},
    "needs_info": {"submitted", "approved", "refused", "cancelled", "expired"},
    "approved": {"done", "cancelled", "expired"},
    "refused": set(),
    "done": set(),
    "cancelled": set(),
    "expired": set(),
}
# States in which a request holds its quantities and its money.
COUNTED = ("submitted", "needs_info", "approved", "done")
UNDECIDED = ("submitted", "needs_info")
OPEN = ("draft", "submitted", "needs_info", "approved")

REFUND_TRANSITIONS = {
    "queued": {"sent"},
    "sent": {"confirmed", "failed", "unknown"},
    "failed": {"queued", "confirmed"},
    "unknown": {"queued", "confirmed", "failed"},
    "confirmed": set(),
}
# Refunds which may have left, or will leave, the house: failed ones did not.
REFUND_COUNTED = ("queued", "sent", "unknown", "confirmed")
_MONEY_ORDER = ("unknown", "failed", "due", "queued", "sent", "confirmed")


def can_move(source: str, target: str, table: dict | None = None) -> bool:
    """Tell whether ``target`` may follow ``source``."""
    return target in (TRANSITIONS if table is None else table)[source]


def money_state(refund_states: set[str], is_due: bool) -> str:
    """Return the one word for the money story: the most urgent state wins."""
    states = refund_states | ({"due"} if is_due else set())
    return next((state for state in _MONEY_ORDER if state in states), "none")


@dataclass(frozen=True, slots=True)
class GoodsFacts:
    """Where the goods of an approved request are."""

    expected: bool  # something has to come back
    all_received: bool  # nothing more is expected
    all_inspected: bool
    has_tracking: bool


def goods_state(facts: GoodsFacts) -> str:
    """Return the one word for the goods story."""
    if not facts.expected:
        return "none"
    if facts.all_received:
        return "inspected" if facts.all_inspected else "received"
    return "in_transit" if facts.has_tracking else "awaiting"


@dataclass(frozen=True, slots=True)
class NextStep:
    """What has to happen now: key, who does it, within how many hours of what."""

    action: str
    actor: str
    since: str = ""  # fact the clock starts from
    hours: int = 0
    alarm_hours: int = 0  # hard alarm, 0: none
    at_zero: str = "none"


# CN practice: platforms give the merchant 48 h to answer and the buyer 7 days to
# send back. Consumer Rights Law (PRC) art. 25 with the seven-day return rules
# art. 13: refund within 7 days of receiving the goods; after 15 days it is an
# offence (art. 31 with art. 56 of the Law).
STEPS = {
    "submit": NextStep("submit", "agent"),
    "review": NextStep("review", "agent", "submitted_at", 48, at_zero="alarm"),
    "answer": NextStep("answer", "buyer", "submitted_at", 48, at_zero="alarm"),
    "ship_back": NextStep("ship_back", "buyer", "approved_at", 168, at_zero="alarm"),
    "receive": NextStep("receive", "warehouse", "approved_at", 240, at_zero="alarm"),
    "inspect": NextStep("inspect", "warehouse", "received_at", 72, at_zero="alarm"),
    "settle": NextStep("settle", "agent", "refund_since", 168, 360, "alarm"),
    "send": NextStep("send", "system", "refund_since", 168, 360, "alarm"),
    "confirm": NextStep("confirm", "agent", "refund_since", 168, 360, "alarm"),
    "resolve": NextStep("resolve", "lead", "refund_since", 168, 360, "alarm"),
    "none": NextStep("none", "none"),
}
_BY_STATE = {"draft": "submit", "submitted": "review", "needs_info": "answer"}
_BY_MONEY = {
    "unknown": "resolve",
    "failed": "resolve",
    "queued": "send",
    "sent": "confirm",
}
_BY_GOODS = {"awaiting": "ship_back", "in_transit": "receive", "received": "inspect"}


def next_step(state: str, goods: str, money: str) -> NextStep:
    """Return what has to happen next; money trouble goes before goods."""
    if state in _BY_STATE:
        return STEPS[_BY_STATE[state]]
    if state != "approved":
        return STEPS["none"]
    if money in _BY_MONEY:
        return STEPS[_BY_MONEY[money]]
    if goods in _BY_GOODS:
        return STEPS[_BY_GOODS[goods]]
    return STEPS["settle"] if money == "due" else STEPS["none"]
