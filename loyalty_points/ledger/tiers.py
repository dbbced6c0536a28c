"""Which tier a member has, and until when.

A ladder is a list of tiers, lowest first. What counts is one whole number, the
measure: points earned, or money spent, in a period. It lifts a member at any
time; at the end of the term it decides whether the tier is kept.

All dates are days where the program is at home; a term includes its last day.
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

ROLLING, CALENDAR, LIFETIME = PERIODS = ("rolling", "calendar", "lifetime")
STEP, BALANCE = DOWNGRADES = ("step", "balance")
ENTER, REENTER, KEEP, DROP, UNDONE = ("enter", "reenter", "keep", "drop", "undone")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Tier:
    """One rung; a threshold of 0 to keep or re-enter it means: as to enter."""

    key: object
    enter: int
    keep: int = 0
    reenter: int = 0

    @property
    def to_keep(self):
        return self.keep or self.enter

    def to_enter(self, highest=None):
        """Return the threshold for a member whose highest tier so far is given."""
        back = highest is not None and highest.enter >= self.enter
        return self.reenter if back and self.reenter else self.enter


@dataclass(frozen=True)
class Rules:
    """How a program counts.

    :param months: length of the rolling period
    :param term: months which a tier lasts when the period is rolling; a calendar
        tier lasts until the end of the next year, a lifetime one has no end
    :param grace: days after the term in which the tier can still be kept
    """

    period: str = ROLLING
    months: int = 12
    term: int = 12
    grace: int = 0
    downgrade: str = STEP

    def counts_from(self, day):
        """Return the first day of the period which ends on the given day."""
        if self.period == ROLLING:
            return add_months(day, -self.months) + DAY
        return date(day.year, 1, 1) if self.period == CALENDAR else None

    def ends(self, tier, start):
        """Return the last day of a tier entered on the given day, None: no end."""
        if not tier or not tier.enter or self.period == LIFETIME:
            return None
        if self.period == CALENDAR:
            return date(start.year + 1, 12, 31)
        return add_months(start, self.term) - DAY

    def next_end(self, until):
        """Return the last day of the term that follows one."""
        if self.period == CALENDAR:
            return date(until.year + 1, 12, 31)
        return add_months(until + DAY, self.term) - DAY


@dataclass(frozen=True)
class Standing:
    """What a member has today.

    :param highest: the highest tier so far, which makes coming back a re-entry
    :param fixed_until: the member does not drop up to this day
    """

    tier: Tier | None = None
    since: date | None = None
    until: date | None = None
    highest: Tier | None = None
    fixed_until: date | None = None


@dataclass(frozen=True)
class Decision:
    """What becomes of a member.

    :param event: why, or nothing when the tier and its term stay
    :param passed: the tiers entered on the way up, the new one included
    """

    tier: Tier | None
    until: date | None
    event: str = ""
    passed: tuple = ()


@dataclass(frozen=True)
class Progress:
    """How far the next tier and the keeping of the present one are away."""

    next: Tier | None = None
    target: int = 0
    missing: int = 0
    percent: int = 100
    keep_target: int = 0
    keep_missing: int = 0


def evaluate(ladder, rules, standing, measure, kept, today):
    """Decide what becomes of a member today.

    :param measure: what counts in the period that ends today
    :param kept: what counts since the start of the period the term ends with
    """
    above = _above(ladder, standing.tier)
    passed = _passed(above, standing.highest, measure)
    if passed:
        tier = passed[-1]
        highest = standing.highest
        back = highest is not None and highest.enter >= tier.enter
        event = REENTER if back else ENTER
        return Decision(tier, rules.ends(tier, today), event, passed)
    tier = standing.tier
    if tier is None:
        return Decision(None, None)
    end = rules.ends(tier, standing.since or today)
    until = end and (standing.until or end)
    stays = Decision(tier, until)
    if not until or today <= until or today <= (standing.fixed_until or until):
        return stays
    if kept >= tier.to_keep:
        return Decision(tier, rules.next_end(until), KEEP)
    if today <= until + timedelta(days=rules.grace):
        return stays
    lower = _lower(ladder, rules, tier, kept)
    return Decision(lower, rules.ends(lower, today), DROP)


def undone(steps):
    """Return how many of the last steps up no longer stand.

    :param steps: [(threshold it was entered at, what counted on that day less what
        has been refunded since)], the latest first
    """
    standing = (
        index for index, (threshold, left) in enumerate(steps) if left >= threshold
    )
    return next(standing, len(steps))


def progress(ladder, rules, standing, measure, kept):
    """Return how far a member is from the next tier and from keeping this one."""
    result = Progress()
    above = _above(ladder, standing.tier)
    if above:
        target = above[0].to_enter(standing.highest)
        missing = max(0, target - measure)
        percent = 100 * max(0, min(measure, target)) // target if target else 100
        result = Progress(above[0], target, missing, percent)
    if standing.tier and standing.until and rules.ends(standing.tier, standing.until):
        target = standing.tier.to_keep
        missing = max(0, target - kept)
        result = replace(result, keep_target=target, keep_missing=missing)
    return result


def add_months(day, months):
    """Return the same day months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _above(ladder, tier):
    return [each for each in ladder if tier is None or each.enter > tier.enter]


def _passed(tiers, highest, measure):
    """Return the tiers up to the highest one the measure opens."""
    opened = [
        index for index, tier in enumerate(tiers) if measure >= tier.to_enter(highest)
    ]
    return tuple(tiers[: opened[-1] + 1]) if opened else ()


def _lower(ladder, rules, tier, kept):
    """Return the tier a member drops to: one down, or what the measure keeps."""
    below = [each for each in ladder if each.enter < tier.enter]
    if rules.downgrade == BALANCE:
        below = [each for each in below if kept >= each.to_keep]
    return below[-1] if below else None
