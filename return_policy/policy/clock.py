"""When a return window ends: counted in calendar days of the policy's time zone."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)

zone_of = lru_cache(ZoneInfo)


@lru_cache(maxsize=8192)
def midnight(day, zone):
    """Return the first instant of ``day`` in the named zone, in UTC.

    Where the clocks jump over midnight, the day begins at the jump.
    """
    local = datetime(day.year, day.month, day.day, tzinfo=zone_of(zone))
    return local.astimezone(UTC)


def local_day(moment, zone):
    """Return the calendar day of a moment in the named zone.

    :raises ValueError: for a datetime without time zone
    """
    if moment.tzinfo is None:
        raise ValueError(f"A time zone is needed: {moment!r}")
    return moment.astimezone(zone_of(zone)).date()


def window_end(start, days, zone):
    """Return the exclusive end of a window, in UTC.

    The first day is the day after ``start``; the last moment of day ``days`` is
    24:00, which is the instant returned. An act is in time when it comes before.

    :param datetime start: aware; when the goods were signed for
    :param int days: calendar days, >= 0
    :raises ValueError: for a datetime without time zone or a negative window
    Source: 7-day return rules (SAIC Order 90, 2017), art. 10.
    """
    if days < 0:
        raise ValueError(f"A window cannot be negative: {days} days")
    return midnight(local_day(start, zone) + timedelta(days + 1), zone)


def last_second(end):
    """Return the last whole second before an exclusive end: 24:00 is 23:59:59."""
    return end - SECOND


def last_day(end, zone):
    """Return the last calendar day which lies wholly before an exclusive end."""
    day: date = local_day(end, zone)
    return day - DAY
