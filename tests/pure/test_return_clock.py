"""Return windows at their boundaries."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from return_policy.policy.clock import day_number, last_day, last_second, window_end

SHANGHAI = "Asia/Shanghai"
BERLIN = "Europe/Berlin"
LONDON = "Europe/London"


def at(text, zone=SHANGHAI):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("signed", "days", "zone", "end"),
    [
        # signed on the 3rd: day 1 is the 4th, the last moment is the 10th, 24:00
        ("2026-11-03T18:00:00", 7, SHANGHAI, "2026-11-11T00:00:00"),
        ("2026-11-03T00:00:00", 7, SHANGHAI, "2026-11-11T00:00:00"),
        ("2026-11-03T23:59:59", 7, SHANGHAI, "2026-11-11T00:00:00"),
        ("2026-11-04T00:00:00", 7, SHANGHAI, "2026-11-12T00:00:00"),
        # over the ends of months and years
        ("2026-11-23T09:00:00", 7, SHANGHAI, "2026-12-01T00:00:00"),
        ("2026-11-24T09:00:00", 7, SHANGHAI, "2026-12-02T00:00:00"),
        ("2026-12-24T12:00:00", 7, SHANGHAI, "2027-01-01T00:00:00"),
        ("2026-12-31T23:59:59", 7, SHANGHAI, "2027-01-08T00:00:00"),
        # February with and without its leap day
        ("2028-02-22T10:00:00", 7, SHANGHAI, "2028-03-01T00:00:00"),
        ("2027-02-22T10:00:00", 7, SHANGHAI, "2027-03-02T00:00:00"),
        ("2028-02-29T10:00:00", 7, SHANGHAI, "2028-03-08T00:00:00"),
        # summer time begins and ends inside the window: days, not hours, are counted
        ("2026-03-25T12:00:00", 7, BERLIN, "2026-04-02T00:00:00"),
        ("2026-10-20T12:00:00", 7, BERLIN, "2026-10-28T00:00:00"),
        ("2026-10-24T23:59:59", 14, LONDON, "2026-11-08T00:00:00"),
        # other windows
        ("2026-11-03T18:00:00", 0, SHANGHAI, "2026-11-04T00:00:00"),
        ("2026-11-03T18:00:00", 30, SHANGHAI, "2026-12-04T00:00:00"),
    ],
)
def test_window_ends_at_midnight_after_its_last_day(signed, days, zone, end):
    assert window_end(at(signed, zone), days, zone) == at(end, zone)


@pytest.mark.parametrize(
    ("zone", "days", "hours"),
    [(SHANGHAI, 7, 168), (BERLIN, 7, 167)],
)
def test_week_of_the_spring_change_is_an_hour_short_only_where_clocks_change(
    zone, days, hours
):
    end = window_end(at("2026-03-25T12:00:00", zone), days, zone)
    assert end - at("2026-03-26T00:00:00", zone).astimezone(UTC) == timedelta(
        hours=hours
    )


def test_a_moment_counts_on_the_day_of_the_zone_of_the_policy():
    """17:00 UTC on the 3rd is already the 4th in Shanghai."""
    signed = datetime(2026, 11, 3, 17, 0, tzinfo=UTC)
    assert window_end(signed, 7, SHANGHAI) == at("2026-11-12T00:00:00")
    assert window_end(signed, 7, BERLIN) == at("2026-11-11T00:00:00", BERLIN)


def test_a_day_without_midnight_begins_when_its_clock_begins():
    """Beirut's clocks jump from 00:00 to 01:00 on 2026-03-29."""
    end = window_end(at("2026-03-21T10:00:00", "Asia/Beirut"), 7, "Asia/Beirut")
    assert end == datetime(2026, 3, 28, 22, 0, tzinfo=UTC)


def test_end_is_given_in_utc():
    assert window_end(at("2026-11-03T18:00:00"), 7, SHANGHAI).tzinfo is UTC


def test_last_second_and_last_day_are_before_the_end():
    end = window_end(at("2026-11-03T18:00:00"), 7, SHANGHAI)
    assert last_second(end) == datetime(2026, 11, 10, 15, 59, 59, tzinfo=UTC)
    assert last_day(end, SHANGHAI).isoformat() == "2026-11-10"


def test_naive_moment_is_refused():
    with pytest.raises(ValueError, match="time zone is needed"):
        window_end(datetime(2026, 11, 3, 18, 0), 7, SHANGHAI)  # noqa: DTZ001


def test_negative_window_is_refused():
    with pytest.raises(ValueError, match="cannot be negative"):
        window_end(at("2026-11-03T18:00:00"), -1, SHANGHAI)


@given(
    zone=st.sampled_from(sorted(available_timezones())),
    hour=st.integers(0, 24 * 366 * 40),
    before=st.integers(0, 1),
)
def test_the_day_of_a_moment_is_the_one_on_the_calendar_of_its_zone(zone, hour, before):
    moment = datetime(1995, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
    moment -= timedelta(microseconds=before)
    expected = moment.astimezone(ZoneInfo(zone)).toordinal()
    assert day_number(moment, zone) == expected
    assert day_number(moment.astimezone(ZoneInfo(zone)), zone) == expected


def test_a_day_that_an_island_left_out_has_no_number():
    """Apia went from 29 December 2011 straight to the 31st."""
    turn = datetime(2011, 12, 30, 10, 0, tzinfo=UTC)
    found = [day_number(turn - timedelta(n), "Pacific/Apia") for n in (0, 1)]
    assert found[0] - found[1] == 2
