"""Until when points count: every kind of term, month ends and leap years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_points.ledger.expiry import KINDS, MOST, Term

TODAY = date(2026, 11, 22)
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2200, 12, 31))


@st.composite
def terms(draw):
    kind = draw(st.sampled_from(KINDS))
    return Term(
        kind,
        draw(st.integers(0, MOST[kind])),
        draw(st.booleans()),
        draw(st.booleans()),
    )


@pytest.mark.parametrize(
    ("kind", "count", "start", "last"),
    [
        ("never", 0, date(2026, 1, 1), None),
        ("days", 365, date(2026, 3, 1), date(2027, 3, 1)),
        ("days", 365, date(2027, 3, 1), date(2028, 2, 29)),
        ("days", 1, date(2028, 2, 28), date(2028, 2, 29)),
        ("days", 1, date(2026, 12, 31), date(2027, 1, 1)),
        ("month_end", 0, date(2026, 11, 30), date(2026, 11, 30)),
        ("month_end", 0, date(2028, 2, 1), date(2028, 2, 29)),
        ("month_end", 1, date(2026, 1, 31), date(2026, 2, 28)),
        ("month_end", 1, date(2028, 1, 31), date(2028, 2, 29)),
        ("month_end", 1, date(2026, 11, 30), date(2026, 12, 31)),
        ("month_end", 2, date(2026, 11, 1), date(2027, 1, 31)),
        ("month_end", 12, date(2027, 2, 28), date(2028, 2, 29)),
        ("month_end", 13, date(2026, 12, 31), date(2028, 1, 31)),
        ("year_end", 0, date(2026, 12, 31), date(2026, 12, 31)),
        ("year_end", 1, date(2026, 1, 1), date(2027, 12, 31)),
        ("year_end", 2, date(2028, 2, 29), date(2030, 12, 31)),
        ("inactivity", 30, date(2028, 2, 1), date(2028, 3, 2)),
    ],
)
def test_a_term_ends_on_its_day(kind, count, start, last):
    assert Term(kind, count).last_day(start) == last


@pytest.mark.parametrize("kind", KINDS)
def test_the_longest_term_from_the_latest_day_still_is_a_date(kind):
    Term(kind, MOST[kind]).last_day(date(2200, 12, 31))


def test_a_term_may_start_with_the_earning_or_with_the_release():
    earned = TODAY - timedelta(days=14)
    assert Term("days", 30).of_new(TODAY, earned) == date(2026, 12, 22)
    assert Term("days", 30, from_earning=True).of_new(TODAY, earned) == (
        date(2026, 12, 8)
    )


@pytest.mark.parametrize(("waited", "last"), [(30, 0), (31, 30)])
def test_points_that_waited_longer_than_their_term_get_a_full_one(waited, last):
    term = Term("days", 30, from_earning=True)
    day = term.of_new(TODAY, TODAY - timedelta(days=waited))
    assert day == TODAY + timedelta(days=last)


def test_a_gift_without_a_day_of_earning_starts_today():
    assert Term("days", 30, from_earning=True).of_new(TODAY) == date(2026, 12, 22)


def test_where_activity_restarts_the_term_it_starts_with_the_release():
    earned = TODAY - timedelta(days=14)
    term = Term("days", 30, from_earning=True, on_activity=True)
    assert term.of_new(TODAY, earned) == date(2026, 12, 22)


@pytest.mark.parametrize(
    ("kept", "day"),
    [
        (None, None),
        (TODAY + timedelta(days=1), TODAY + timedelta(days=1)),
        (TODAY, TODAY),
        (TODAY - timedelta(days=1), date(2026, 12, 22)),
    ],
)
def test_given_back_points_keep_their_date_or_get_a_full_term(kept, day):
    assert Term("days", 30).of_returned(TODAY, kept) == day


@pytest.mark.parametrize(
    ("term", "day", "after"),
    [
        (Term("days", 30, on_activity=True), TODAY, date(2026, 12, 22)),
        (Term("inactivity", 30), TODAY, date(2026, 12, 22)),
        (Term("inactivity", 30), date(2027, 5, 1), date(2027, 5, 1)),
        (Term("inactivity", 30), TODAY - timedelta(days=1), date(2026, 11, 21)),
        (Term("inactivity", 30), None, None),
        (Term("days", 30), TODAY, TODAY),
        (Term("never", on_activity=True), TODAY, TODAY),
    ],
)
def test_activity_restarts_the_term_where_the_program_says_so(term, day, after):
    assert term.after_activity(TODAY, day) == after


@given(terms(), days, days)
def test_no_points_are_born_expired(term, today, earned):
    for day in (term.of_new(today, earned), term.of_returned(today, earned)):
        assert day is None or day >= today


@given(terms(), days, days)
def test_activity_never_shortens_a_term(term, today, day):
    assert term.after_activity(today, day) >= day


@given(terms(), days, days)
def test_a_later_start_never_ends_earlier(term, one, other):
    if term.kind != "never":
        assert term.last_day(min(one, other)) <= term.last_day(max(one, other))
