"""By when a step has to be done, when its actor is reminded, what happens at zero."""

from datetime import datetime, timedelta
from typing import NamedTuple

from .clock import SECOND

# What may happen by itself when a step was not done in time. Money and goods of the
# merchant never go out by themselves but by a decision or an inspection.
AT_ZERO = {
    "review": ("none", "alarm", "approve"),
    "evidence": ("none", "alarm", "expire"),
    "answer": ("none", "alarm", "expire"),
    "offer": ("none", "alarm", "decline"),
    "collect": ("none", "alarm", "expire"),
    "ship_back": ("none", "alarm", "expire"),
    "receive": ("none", "alarm"),
    "inspect": ("none", "alarm", "accept"),
    "repair": ("none", "alarm"),
    "unrepaired": ("none", "alarm"),
    "ship": ("none", "alarm"),
}
# These are steps by themselves; the others tell a person, or nobody.
EFFECTS = ("approve", "expire", "accept", "decline")

# How much of the time has passed, in percent, when the actor hears of it.
REMINDERS = (50, 80, 95)
ZERO = 100
HARD = 200  # the law is broken


class Time(NamedTuple):
    """How long a step may take; a day is 24 hours, or one average day of work."""

    amount: int
    unit: str = "hours"  # or days
    clock: str = "calendar"  # or working
    at_zero: str = "alarm"

    def hours(self, hours_per_day: float = 24) -> float:
        """Return the hours on the step's own clock.

        :param float hours_per_day: of work, for the working clock
        """
        if self.unit == "hours":
            return self.amount
        return self.amount * (hours_per_day if self.clock == "working" else 24)


def marks(
    since: datetime | None, deadline: datetime | None, hard: datetime | None = None
) -> list[tuple[int, datetime]]:
    """Return (percent, first moment at which it holds), in order.

    The deadline itself is still in time. Without a beginning, or when the time was
    over before it began, nobody is reminded.

    :param hard: last moment before the law is broken
    """
    found = []
    if since and deadline and since < deadline:
        span = deadline - since
        found = [
            (percent, since + timedelta(seconds=span.total_seconds() * percent // 100))
            for percent in REMINDERS
        ]
    if deadline:
        found.append((ZERO, deadline + SECOND))
    if hard:
        found.append((HARD, hard + SECOND))
    return found


def next_mark(found, done: int = 0) -> datetime | None:
    """Return when the next mark after those that are done is reached."""
    return next((moment for percent, moment in found if percent > done), None)


def due_mark(found, now: datetime, done: int = 0) -> int:
    """Return the latest mark reached and not done yet; earlier ones are left out.

    0: none. After a hard alarm nothing comes any more.
    """
    reached = [percent for percent, moment in found if moment <= now and percent > done]
    return max(reached, default=0)
