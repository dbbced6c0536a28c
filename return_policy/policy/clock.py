"""When a return window ends: counted in calendar days of the policy's time zone."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
MOST_DAYS = 36_500  # that a policy may count; the calendar ends with the year 9999

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
    return date.fromordinal(day_number(moment, zone))


ROLLS = ("calendar", "holiday", "working")


class Workdays(NamedTuple):
    """The days on which a company works: weekdays (Monday is 0) less days off.

    Saturday and Sunday are no working days of the law, even where a company works.
    """

    weekdays: frozenset[int] = frozenset(range(5))
    days_off: frozenset[date] = frozenset()

    def rest(self, day, rolls):
        """Tell whether a period may not end on ``day``.

        :param str rolls: ``calendar`` (any day will do), ``holiday`` (no day off),
            ``working`` (neither a day off nor a weekend)
        """
        weekday = day.weekday()
        if rolls == "working" and (weekday > 4 or weekday not in self.weekdays):
            return True
        return rolls != "calendar" and day in self.days_off

    def roll(self, day, rolls):
        """Return ``day``, or the next one on which a period may end; within a year."""
        for ahead in range(366):
            if not self.rest(day + ahead * DAY, rolls):
                return day + ahead * DAY
        return day


EVERY_DAY = Workdays()


def day_number(moment, zone):
    """Return the number of the calendar day of a moment, see ``date.toordinal``.

    :raises ValueError: for a datetime without time zone
    """
    if moment.tzinfo is not UTC:
        if moment.tzinfo is None:
            raise ValueError(f"A time zone is needed: {moment!r}")
        moment = moment.astimezone(UTC)
    number, turn, next_number = _turn(moment.toordinal(), zone)
    return number if moment < turn else next_number


@lru_cache(maxsize=8192)
def _turn(utc_day, zone):
    """Return (number of the local day, when it ends, number of the next) of a UTC day.

    The local day is the one in which the UTC day begins.
    """
    start = datetime.fromordinal(utc_day).replace(tzinfo=UTC)
    day = start.astimezone(zone_of(zone)).date()
    turn = midnight(day + DAY, zone)
    return day.toordinal(), turn, turn.astimezone(zone_of(zone)).toordinal()


def window_end(start, days, zone, rolls="calendar", workdays=EVERY_DAY):
    """Return the exclusive end of a window, in UTC.

    The first day is the day after ``start``; the last moment of day ``days`` is
    24:00, which is the instant returned. An act is in time when it comes before.

    :param datetime start: aware; when the goods were signed for
    :param int days: calendar days, >= 0
    :param str rolls: on which days the window may not end, see ``Workdays.rest``
    :raises ValueError: for a datetime without time zone or a negative window
    Source: 7-day return rules (SAIC Order 90, 2017), art. 10; Civil Code (PRC),
    art. 203; Regulation (EEC, Euratom) 1182/71, art. 3(4).
    """
    if days < 0:
        raise ValueError(f"A window cannot be negative: {days} days")
    return end_of_day(day_number(start, zone) + days, zone, rolls, workdays)


@lru_cache(maxsize=8192)
def end_of_day(number, zone, rolls="calendar", workdays=EVERY_DAY):
    """Return the end of the day with this number, or of the next that may be last."""
    return midnight(workdays.roll(date.fromordinal(number), rolls) + DAY, zone)


def uninformed_end(end, days, months, informed_at, zone, rolls, workdays=EVERY_DAY):
    """Return the end of a window whose buyer was not told of the right beforehand.

    It ends ``months`` later, or ``days`` after the buyer was told, if that is sooner.

    :param datetime end: the end for a buyer who was told
    :param informed_at: aware, or None where nobody told
    Source: Directive 2011/83/EU, art. 10; SI 2013/3134, reg. 31.
    """
    latest = add_months(last_day(end, zone), months)
    latest = midnight(workdays.roll(latest, rolls) + DAY, zone)
    if informed_at is None:
        return latest
    told = window_end(informed_at, days, zone, rolls, workdays)
    return max(end, min(latest, told))


def add_months(day, months):
    """Return the same day of a later month, or the last one that month has."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def refund_deadline(clock, days, zone, notice, goods_back=None):
    """Return when the money has to be back, exclusive, in UTC; None: not running yet.

    :param str clock: ``notice`` (from the buyer's notice, but never before the goods
        or the proof of sending them came) or ``goods_back``
    :param datetime notice: aware; when the buyer said so
    :param goods_back: aware; when the goods, or the proof of sending, came back
    Source: 7-day return rules, art. 13; Directive 2011/83/EU, art. 13(1), (3); SI
    2013/3134, reg. 34.
    """
    if goods_back is None:
        return None
    if clock == "goods_back":
        return window_end(goods_back, days, zone)
    return max(window_end(notice, days, zone), goods_back)


def last_second(end):
    """Return the last whole second before an exclusive end: 24:00 is 23:59:59."""
    return end - SECOND


def last_day(end, zone):
    """Return the last calendar day which lies wholly before an exclusive end."""
    day: date = local_day(end, zone)
    return day - DAY
