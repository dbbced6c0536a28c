"""The stories of a request as tables."""

import pytest

from return_policy.policy.states import (
    MOMENTS,
    REFUND_TRANSITIONS,
    STEPS,
    TRANSITIONS,
    Case,
    GoodsFacts,
    can_move,
    goods_state,
    latest_moment,
    money_is_due,
    money_state,
    next_step,
    queue_of,
)


@pytest.mark.parametrize("table", [TRANSITIONS, REFUND_TRANSITIONS])
def test_every_target_is_a_state_of_the_same_table(table):
    assert set().union(*table.values()) <= table.keys()


def test_closed_requests_never_move_again():
    closed = {state for state, targets in TRANSITIONS.items() if not targets}
    assert closed == {"refused", "done", "cancelled", "expired"}


def test_a_sent_refund_is_never_queued_again_by_itself():
    assert not can_move("sent", "queued", REFUND_TRANSITIONS)
    assert not can_move("confirmed", "queued", REFUND_TRANSITIONS)


@pytest.mark.parametrize(
    ("states", "is_due", "expected"),
    [
        (set(), False, "none"),
        (set(), True, "due"),
        ({"confirmed"}, True, "due"),
        ({"confirmed", "failed"}, True, "failed"),
        ({"failed", "unknown"}, False, "unknown"),
        ({"confirmed", "sent"}, False, "sent"),
        ({"confirmed"}, False, "confirmed"),
    ],
)
def test_the_most_urgent_refund_names_the_money(states, is_due, expected):
    assert money_state(states, is_due) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (GoodsFacts(False, True, True, False), "none"),
        (GoodsFacts(True, False, False, False), "awaiting"),
        (GoodsFacts(True, False, False, True), "in_transit"),
        (GoodsFacts(True, True, False, True), "received"),
        (GoodsFacts(True, True, True, True), "inspected"),
    ],
)
def test_goods_state_follows_the_parcel(facts, expected):
    assert goods_state(facts) == expected


@pytest.mark.parametrize(
    ("state", "goods", "money", "action", "actor"),
    [
        ("draft", "none", "none", "submit", "agent"),
        ("submitted", "none", "none", "review", "agent"),
        ("needs_info", "none", "none", "answer", "buyer"),
        ("approved", "awaiting", "due", "ship_back", "buyer"),
        ("approved", "in_transit", "due", "receive", "warehouse"),
        ("approved", "received", "due", "inspect", "warehouse"),
        ("approved", "inspected", "due", "settle", "agent"),
        ("approved", "inspected", "queued", "send", "system"),
        ("approved", "inspected", "sent", "confirm", "agent"),
        ("approved", "awaiting", "unknown", "resolve", "lead"),
        ("done", "inspected", "confirmed", "none", "none"),
        ("cancelled", "none", "sent", "confirm", "agent"),
        ("expired", "none", "failed", "resolve", "lead"),
        ("refused", "none", "none", "none", "none"),
    ],
)
def test_there_is_one_next_step_and_one_who_does_it(state, goods, money, action, actor):
    step = next_step(Case(state, goods, money))
    assert (step.action, step.actor) == (action, actor)


def test_evidence_is_waited_for_only_while_nothing_else_is_missing():
    def step(state, goods="none", money="none"):
        return next_step(Case(state, goods, money, lacks_evidence=True))

    assert step("submitted").action == "evidence"
    assert step("submitted").actor == "buyer"
    assert step("needs_info").action == "answer"
    assert step("approved", "awaiting", "due").action == "ship_back"


def test_every_step_has_its_beginning_or_runs_by_law():
    begun = {step.action for step in STEPS.values() if step.since}
    by_law = {step.action for step in STEPS.values() if step.is_refund}
    assert by_law == {"settle", "send", "confirm", "resolve"}
    assert not begun & by_law
    # drafts wait for nobody
    assert STEPS.keys() - begun - by_law == {"submit", "none"}


# (where the goods are, scanned) and the moments whose money is then due
REACHED = [
    ("awaiting", False, {"approval"}),
    ("in_transit", False, {"approval"}),
    ("in_transit", True, {"approval", "scanned"}),
    ("received", False, {"approval", "scanned", "received"}),
    ("received", True, {"approval", "scanned", "received"}),
    ("inspected", False, set(MOMENTS)),
]


@pytest.mark.parametrize(("goods", "is_scanned", "due"), REACHED)
def test_money_is_due_from_its_moment_on(goods, is_scanned, due):
    assert {m for m in MOMENTS if money_is_due(m, goods, is_scanned)} == due


@pytest.mark.parametrize(
    ("moments", "latest"),
    [
        ([], "inspected"),
        (["", ""], "inspected"),
        (["approval"], "approval"),
        (["scanned", "approval", ""], "scanned"),
        (["received", "scanned"], "received"),
        (["inspected", "received", "approval"], "inspected"),
    ],
)
def test_lines_of_one_request_wait_for_the_latest_moment(moments, latest):
    assert latest_moment(moments) == latest


@pytest.mark.parametrize(
    ("case", "action", "queue"),
    [
        (Case("draft"), "submit", "draft"),
        (Case("submitted"), "review", "review"),
        (Case("submitted", lacks_evidence=True), "evidence", "buyer"),
        (Case("needs_info"), "answer", "buyer"),
        (Case("needs_info", offer="open"), "offer", "buyer"),
        (Case("approved", goods="awaiting"), "ship_back", "buyer"),
        (Case("approved", goods="in_transit"), "receive", "transit"),
        (Case("approved", goods="received"), "inspect", "inspect"),
        (Case("approved", repair="to_repair"), "repair", "inspect"),
        (Case("approved", repair="to_return"), "ship", "ship"),
        (Case("approved", replacement="to_ship"), "ship", "ship"),
        (Case("approved", goods="awaiting", replacement="to_ship"), "ship", "ship"),
        (
            Case("approved", goods="received", replacement="to_ship"),
            "inspect",
            "inspect",
        ),
        (Case("approved", replacement="to_collect"), "collect", "buyer"),
        (Case("approved", money="due"), "settle", "pay"),
        (Case("approved", goods="awaiting", money="failed"), "resolve", "pay"),
        (Case("approved", money="sent"), "confirm", "pay"),
        (Case("approved", money="sent", is_with_provider=True), "send", "pay"),
        (Case("cancelled", money="sent", is_with_provider=True), "send", "pay"),
        (Case("approved", money="failed", is_with_provider=True), "resolve", "pay"),
        # nobody acts on it: somebody has to look
        (Case("approved"), "none", "review"),
        (Case("refused"), "none", "closed"),
        (Case("done", money="confirmed"), "none", "closed"),
        (Case("cancelled"), "none", "closed"),
        (Case("expired"), "none", "expired"),
        # a dispute holds what is undecided or closed; what was approved goes on
        (Case("submitted", is_disputed=True), "dispute", "disputed"),
        (Case("needs_info", offer="open", is_disputed=True), "dispute", "disputed"),
        (Case("refused", is_disputed=True), "dispute", "disputed"),
        (Case("expired", is_disputed=True), "dispute", "disputed"),
        (Case("approved", is_disputed=True), "dispute", "disputed"),
        (Case("approved", goods="received", is_disputed=True), "inspect", "disputed"),
        (Case("approved", money="due", is_disputed=True), "settle", "disputed"),
    ],
)
def test_every_case_has_its_queue(case, action, queue):
    step = next_step(case)
    assert (step.action, queue_of(case, step)) == (action, queue)
