"""Until when points count.

A date is the last day on which points may be spent; they are gone when that day
has ended where the program is at home. ``None`` means they never expire. Only
available points have a date: pending ones do not expire, nor do debts.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

NEVER, DAYS, MONTH_END, YEAR_END, INACTIVITY = KINDS = (
    "never",
    "days",
    "month_end",
    "year_end",
    "inactivity",
)
# No term may lead beyond the dates a database can keep.
MOST = {NEVER: 0, DAYS: 36_500, MONTH_END: 1_200, YEAR_END: 100, INACTIVITY: 36_500}


@dataclass(frozen=True)
class Term:
    """How long points count.

    :param count: days, months or years, as the kind says
    :param from_earning: starts when the points were earned, not when they may be
        spent; not where activity restarts it
    :param on_activity: earning and spending start the term anew, as they always do
        where points expire by inactivity
    """

    kind: str = NEVER
    count: int = 0
    from_earning: bool = False
    on_activity: bool = False

    @property
    def restarts(self):
        return self.on_activity or self.kind == INACTIVITY

    def last_day(self, start):
        """Return the last day of a term that starts on the given day."""
        match self.kind:
            case "days" | "inactivity":
                return start + timedelta(days=self.count)
            case "month_end":
                years, month = divmod(start.month - 1 + self.count, 12)
                return month_end(start.year + years, month + 1)
            case "year_end":
                return date(start.year + self.count, 12, 31)
        return None

    def of_new(self, today, earned=None):
        """Return the date of points that may be spent from today.

        Who waited longer than the term gets a full one.
        """
        if not earned or not self.from_earning or self.restarts:
            return self.last_day(today)
        day = self.last_day(earned)
        return self.last_day(today) if day and day < today else day

    def of_returned(self, today, kept):
        """Return the date of points given back: the one they had, or a full term."""
        return self.last_day(today) if kept and kept < today else kept

    def after_activity(self, today, day):
        """Return the date of open points after the member did something.

        What has passed is not revived, whether or not it has been booked yet.
        """
        if not self.restarts or not day or day < today:
            return day
        return max(day, self.last_day(today) or day)


def month_end(year, month):
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])
