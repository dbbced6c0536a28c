"""The stories of a request: which step may follow which, who acts, by when."""

from dataclasses import dataclass, replace

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


# The steps at which money may go back, in the order in which they come.
MOMENTS = ("approval", "scanned", "received", "inspected")


def latest_moment(moments) -> str:
    """Return the last of the moments named; after inspection where none is."""
    return max(filter(None, moments), key=MOMENTS.index, default=MOMENTS[-1])


def money_is_due(refund_on: str, goods: str, is_scanned: bool) -> bool:
    """Tell whether an approved return has come to the step at which it is paid."""
    reached = "scanned" if is_scanned else "approval"
    if goods in MOMENTS:
        reached = goods
    return MOMENTS.index(reached) >= MOMENTS.index(refund_on)


@dataclass(frozen=True, slots=True)
class NextStep:
    """What has to happen now, who does it, and how long that may take.

    ``queue`` is where the desk finds the request. Its time runs from the first of the
    moments ``since`` which is known, as the request's plan says, see ``deadline``; the
    time of refunds runs by law instead, see ``clock.refund_deadline``.
    """

    action: str
    actor: str
    queue: str
    since: tuple[str, ...] = ()
    is_refund: bool = False


STEPS = {
    step.action: step
    for step in (
        NextStep("submit", "agent", "draft"),
        NextStep("review", "agent", "review", ("submitted_at",)),
        NextStep("evidence", "buyer", "buyer", ("submitted_at",)),
        NextStep("answer", "buyer", "buyer", ("buyer_asked_at", "submitted_at")),
        NextStep("offer", "buyer", "buyer", ("buyer_asked_at", "submitted_at")),
        NextStep("collect", "buyer", "buyer", ("received_at", "approved_at")),
        NextStep("ship_back", "buyer", "buyer", ("approved_at",)),
        NextStep("receive", "warehouse", "transit", ("sent_back_at", "approved_at")),
        NextStep("inspect", "warehouse", "inspect", ("received_at",)),
        NextStep("repair", "warehouse", "inspect", ("received_at",)),
        NextStep("unrepaired", "agent", "review", ("received_at",)),
        NextStep("ship", "warehouse", "ship", ("received_at", "approved_at")),
        NextStep("settle", "agent", "pay", is_refund=True),
        NextStep("send", "system", "pay", is_refund=True),
        NextStep("confirm", "agent", "pay", is_refund=True),
        NextStep("resolve", "lead", "pay", is_refund=True),
        NextStep("dispute", "lead", "disputed", ("disputed_at",)),
        NextStep("none", "none", "closed"),
    )
}
_BY_STATE = {"draft": "submit", "submitted": "review", "needs_info": "answer"}
_BY_MONEY = {
    "unknown": "resolve",
    "failed": "resolve",
    "queued": "send",
    "sent": "confirm",
}
_BY_GOODS = {"awaiting": "ship_back", "in_transit": "receive", "received": "inspect"}
_BY_REPAIR = {"failed": "unrepaired", "to_repair": "repair", "to_return": "ship"}
_BY_REPLACEMENT = {"to_collect": "collect", "to_ship": "ship"}


@dataclass(frozen=True, slots=True)
class Case:
    """Where a request stands: one word for each of its stories."""

    state: str
    goods: str = "none"
    money: str = "none"
    replacement: str = "none"
    repair: str = "none"
    offer: str = "none"
    # all that was sent is with payment providers, which answer by themselves
    is_with_provider: bool = False
    # nothing but photos or a video keeps the policy from approving
    lacks_evidence: bool = False
    is_disputed: bool = False
    # who has to agree first, where more is given away than the agent may
    approver: str = "agent"


def next_step(case: Case) -> NextStep:
    """Return what has to happen next; money trouble goes before goods.

    What was approved goes on during a dispute; everything else waits for its end.
    """
    if case.state == "approved":
        found = _next_approved(case)
        if found != "none":
            return STEPS[found]
    elif found := _next_of_money(case):
        return STEPS[found]  # also of what was cancelled meanwhile
    if case.is_disputed:
        return STEPS["dispute"]
    if case.state == "submitted" and case.lacks_evidence:
        return STEPS["evidence"]
    if case.state == "needs_info" and case.offer == "open":
        return STEPS["offer"]
    step = STEPS[_BY_STATE.get(case.state, "none")]
    return replace(step, actor=case.approver) if step.action == "review" else step


def _next_of_money(case: Case) -> str | None:
    """Return what the refunds wait for; nobody confirms what a provider confirms."""
    if case.money == "sent" and case.is_with_provider:
        return "send"
    return _BY_MONEY.get(case.money)


def _ships_ahead(case: Case) -> bool:
    """Tell whether goods may leave while others are still awaited."""
    return case.replacement == "to_ship" and case.goods in ("awaiting", "in_transit")


def _next_approved(case: Case) -> str:
    return (
        _next_of_money(case)
        or ("ship" if _ships_ahead(case) else "")
        or _BY_GOODS.get(case.goods)
        or _BY_REPAIR.get(case.repair)
        or _BY_REPLACEMENT.get(case.replacement)
        or ("settle" if case.money == "due" else "none")
    )


def queue_of(case: Case, step: NextStep) -> str:
    """Return the queue of the desk in which the request waits for its next step.

    What is approved and waits for nothing is a matter for whoever decides.
    """
    if case.is_disputed:
        return "disputed"
    if case.state == "expired":
        return "expired"
    if case.state == "approved" and step.action == "none":
        return "review"
    return step.queue
