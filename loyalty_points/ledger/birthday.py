"""When a birthday is given a gift: once a calendar year, never at once.

The year of birth does not count. Who was born on 29 February celebrates on the
28th in common years.
"""

from calendar import isleap
from datetime import date, timedelta

GUARD_DAYS = 30
CATCH_UP_DAYS = 7  # a birthday is not lost by some days without the daily job


def in_year(birthday, year):
    """Return the day on which a birthday is celebrated in a year."""
    if (birthday.month, birthday.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return date(year, birthday.month, birthday.day)


def days_to_celebrate(today):
    """Return the days whose birthdays are due today, the late ones first."""
    return [today - timedelta(days=late) for late in range(CATCH_UP_DAYS, -1, -1)]


def born_on(day):
    """Return the (month, day) of the birthdays celebrated on a day."""
    born = [(day.month, day.day)]
    if born == [(2, 28)] and not isleap(day.year):
        born.append((2, 29))
    return born


def celebrated(birthday, set_on, last, today):
    """Return the birthday that is given a gift today, or None.

    :param set_on: when the birthday was entered or changed
    :param last: the birthday that was given the last gift, None: none yet
    """
    for day in days_to_celebrate(today):
        if (
            in_year(birthday, day.year) == day
            and day - set_on >= timedelta(days=GUARD_DAYS)
            and (last is None or last.year < day.year)
        ):
            return day
    return None
