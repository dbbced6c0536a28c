"""A birthday is given one gift a year, never to who has just entered it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_points.ledger.birthday import (
    born_on,
    celebrated,
    days_to_celebrate,
    in_year,
)

LONG_AGO = date(2020, 1, 1)
days = st.dates(min_value=date(1996, 1, 1), max_value=date(2036, 12, 31))


@pytest.mark.parametrize(
    ("birthday", "year", "day"),
    [
        (date(1990, 11, 22), 2026, date(2026, 11, 22)),
        (date(1992, 2, 29), 2026, date(2026, 2, 28)),
        (date(1992, 2, 29), 2028, date(2028, 2, 29)),
        (date(1992, 2, 29), 2100, date(2100, 2, 28)),
        (date(1991, 2, 28), 2028, date(2028, 2, 28)),
    ],
)
def test_the_day_of_a_birthday(birthday, year, day):
    assert in_year(birthday, year) == day


@pytest.mark.parametrize(
    ("set_on", "today", "given"),
    [
        (date(2026, 10, 23), date(2026, 11, 22), True),
        (date(2026, 10, 24), date(2026, 11, 22), False),  # 29 days before
        (date(2026, 10, 24), date(2026, 11, 23), False),  # waiting does not help
        (date(2026, 11, 22), date(2026, 11, 22), False),
        (date(2026, 12, 1), date(2026, 11, 22), False),  # the clock jumped back
        (LONG_AGO, date(2026, 11, 21), False),
        (LONG_AGO, date(2026, 11, 29), True),  # a week without the daily job
        (LONG_AGO, date(2026, 11, 30), False),
    ],
)
def test_the_guard_after_entering_and_the_days_to_catch_up(set_on, today, given):
    day = celebrated(date(1990, 11, 22), set_on, None, today)
    assert day == (date(2026, 11, 22) if given else None)


@pytest.mark.parametrize(
    ("birthday", "last", "today", "day"),
    [
        # the birthday was moved after this year's gift
        (date(1990, 11, 22), date(2026, 3, 1), date(2026, 11, 22), None),
        (date(1990, 11, 22), date(2025, 12, 31), date(2026, 11, 22), "same"),
        # late in December, caught up in January: the gift of the old year
        (date(1990, 12, 30), None, date(2027, 1, 2), date(2026, 12, 30)),
        (date(1990, 12, 30), date(2026, 12, 30), date(2027, 1, 2), None),
        # the clock jumped back into the year before
        (date(1990, 11, 22), date(2027, 11, 22), date(2026, 11, 22), None),
    ],
)
def test_there_is_one_gift_in_a_calendar_year(birthday, last, today, day):
    day = today if day == "same" else day
    assert celebrated(birthday, LONG_AGO, last, today) == day


@given(birthday=days, today=days)
def test_who_is_due_is_found_by_month_and_day(birthday, today):
    born = {pair for day in days_to_celebrate(today) for pair in born_on(day)}
    due = celebrated(birthday, date.min, None, today) is not None
    assert due == ((birthday.month, birthday.day) in born)


@given(birthday=days, start=days, gaps=st.lists(st.integers(-20, 20), max_size=60))
def test_each_year_has_one_gift_however_the_clock_jumps(birthday, start, gaps):
    last, given_on, today = None, [], start
    for gap in gaps:
        today += timedelta(days=gap)
        day = celebrated(birthday, date.min, last, today)
        if day:
            last = day
            given_on.append(day.year)
    assert len(given_on) == len(set(given_on))
