"""Which receipts may still leave a window open: what a search need not judge."""

from bisect import bisect_left
from datetime import date

from .clock import EVERY_DAY, local_day, midnight, uninformed_end, window_end

YEAR = 366  # days; no period rolls further
MONTH = 31


def longest_window(version):
    """Return the most days that any rule of a version gives without a reason."""
    days = [version.terms.window_days, version.floor.window_days]
    return max(days + [rule.days for rule in version.by_kind["window"]])


def first_open_day(version, moment, workdays=EVERY_DAY, extra_days=0):
    """Return the first instant of the earliest day of receipt that may still count.

    Of goods received before it no window is open after ``moment``, whatever rules,
    days off and silence about the right to withdraw may add.

    :param datetime moment: aware
    :param int extra_days: the most that any buyer was promised beyond the policy
    """
    zone, rolls = version.terms.zone, version.rolls
    days = longest_window(version) + extra_days
    months = 0 if version.terms.informs_buyer else version.floor.uninformed_months

    def may_be_open(ordinal):
        received = midnight(date.fromordinal(ordinal), zone)
        end = window_end(received, days, zone, rolls, workdays)
        if months:
            end = uninformed_end(end, days, months, None, zone, rolls, workdays)
        return end > moment

    today = local_day(moment, zone).toordinal()
    span = range(today - days - months * MONTH - 2 * YEAR, today + 1)
    return midnight(
        date.fromordinal(span[bisect_left(span, True, key=may_be_open)]), zone
    )
