"""Deadlines as arithmetic: how long, which marks, what is due after a long sleep."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from return_policy.policy.deadline import (
    AT_ZERO,
    EFFECTS,
    HARD,
    REMINDERS,
    ZERO,
    Time,
    due_mark,
    marks,
    next_mark,
)
from return_policy.policy.states import STEPS

SINCE = datetime(2026, 11, 2, 8, tzinfo=UTC)
DEADLINE = SINCE + timedelta(hours=48)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("time", "hours_per_day", "hours"),
    [
        (Time(48), 8, 48),
        (Time(48, clock="working"), 8, 48),
        (Time(7, "days"), 8, 168),
        (Time(2, "days", "working"), 7.6, 15.2),
        (Time(1, "days", "working"), 24, 24),
    ],
)
def test_a_day_is_24_hours_or_a_day_of_work(time, hours_per_day, hours):
    assert time.hours(hours_per_day) == hours


def test_reminders_come_at_half_at_80_and_at_95_percent():
    assert marks(SINCE, DEADLINE) == [
        (50, SINCE + 24 * HOUR),
        (80, SINCE + timedelta(hours=38, minutes=24)),
        (95, SINCE + timedelta(hours=45, minutes=36)),
        (ZERO, DEADLINE + SECOND),
    ]


@pytest.mark.parametrize(
    ("since", "deadline", "hard", "expected"),
    [
        (None, None, None, []),
        (SINCE, None, None, []),
        (None, DEADLINE, None, [ZERO]),
        (SINCE, SINCE, None, [ZERO]),
        (DEADLINE, SINCE, None, [ZERO]),
        (DEADLINE, SINCE, DEADLINE, [ZERO, HARD]),
        (SINCE, DEADLINE, DEADLINE + HOUR, [*REMINDERS, ZERO, HARD]),
    ],
)
def test_what_was_over_before_it_began_has_no_reminders(
    since, deadline, hard, expected
):
    assert [percent for percent, _moment in marks(since, deadline, hard)] == expected


@pytest.mark.parametrize(
    ("now", "done", "due"),
    [
        (SINCE, 0, 0),
        (SINCE + 24 * HOUR - SECOND, 0, 0),
        (SINCE + 24 * HOUR, 0, 50),
        (SINCE + 24 * HOUR, 50, 0),
        # asleep over a mark or two: only the latest
        (SINCE + 46 * HOUR, 0, 95),
        (SINCE + 46 * HOUR, 50, 95),
        # the last second counts as in time
        (DEADLINE, 95, 0),
        (DEADLINE + SECOND, 95, ZERO),
        (DEADLINE + 100 * HOUR, 0, ZERO),
        # a clock that jumps back does nothing twice
        (SINCE + 25 * HOUR, ZERO, 0),
    ],
)
def test_catching_up_sends_the_latest_mark_only(now, done, due):
    assert due_mark(marks(SINCE, DEADLINE), now, done) == due


def test_the_next_mark_is_the_first_one_not_done():
    found = marks(SINCE, DEADLINE)
    assert next_mark(found) == SINCE + 24 * HOUR
    assert next_mark(found, 95) == DEADLINE + SECOND
    assert next_mark(found, ZERO) is None
    assert next_mark([]) is None


@given(
    hours=st.integers(1, 9000),
    wakes=st.lists(st.integers(-5, 40_000), min_size=1, max_size=12),
)
def test_every_mark_is_done_at_most_once_and_the_last_one_never_missed(hours, wakes):
    found = marks(SINCE, SINCE + hours * HOUR)
    done, sent = 0, []
    for minutes in [*wakes, 10**6]:
        due = due_mark(found, SINCE + timedelta(minutes=minutes), done)
        if due:
            sent.append(due)
            done = due
    assert sent == sorted(set(sent))
    assert sent[-1] == ZERO
    assert next_mark(found, done) is None


def test_each_step_of_people_has_its_choice_of_what_happens_at_zero():
    by_plan = {
        step.action
        for step in STEPS.values()
        if step.since and not step.is_refund and step.action != "dispute"
    }
    assert by_plan == AT_ZERO.keys()
    chosen = {effect for effects in AT_ZERO.values() for effect in effects}
    assert chosen == {"none", "alarm", *EFFECTS}
    assert all("alarm" in effects for effects in AT_ZERO.values())
