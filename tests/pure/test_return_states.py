"""The stories of a request as tables."""

import pytest

from return_policy.policy.states import (
    REFUND_TRANSITIONS,
    STEPS,
    TRANSITIONS,
    GoodsFacts,
    can_move,
    goods_state,
    money_state,
    next_step,
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
        ("refused", "none", "none", "none", "none"),
    ],
)
def test_there_is_one_next_step_and_one_who_does_it(state, goods, money, action, actor):
    step = next_step(state, goods, money)
    assert (step.action, step.actor) == (action, actor)


def test_refund_clock_is_seven_days_and_fifteen_for_the_alarm():
    assert (STEPS["confirm"].hours, STEPS["confirm"].alarm_hours) == (7 * 24, 15 * 24)
    assert STEPS["review"].hours == 48
