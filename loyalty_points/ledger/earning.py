"""What an order line earns: its rate by the rules of a program, and what caps leave.

Values in, values out. Rates and amounts count exactly as they are written; points
are whole numbers, rounded down once per order line.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .shares import written

MONEY, UNIT, ORDER = "money", "unit", "order"
BASE, MULTIPLIER = "base", "multiplier"
MOST = 2**31 - 1  # points of a line or waiting on a card: what a database holds


@dataclass(frozen=True)
class Sale:
    """An order line as rules see it; ids, the local day, the order's total."""

    product: int
    team: int | None = None
    source: int | None = None
    tier: int | None = None
    day: date | None = None
    total: float = 0.0


@dataclass(frozen=True)
class Rule:
    """One earning rule; what is None (or 0) does not narrow it down.

    ``number`` is points per currency unit, piece or order of a base rule, and the
    factor of a multiplier.
    """

    key: int
    effect: str
    number: float
    basis: str = MONEY
    products: frozenset | None = None
    teams: frozenset | None = None
    sources: frozenset | None = None
    tiers: frozenset | None = None
    since: date | None = None
    until: date | None = None
    minimum: float = 0.0

    def fits(self, sale):
        chosen = (
            (self.products, sale.product),
            (self.teams, sale.team),
            (self.sources, sale.source),
            (self.tiers, sale.tier),
        )
        return (
            all(wanted is None or value in wanted for wanted, value in chosen)
            and (self.since is None or (sale.day and self.since <= sale.day))
            and (self.until is None or (sale.day and sale.day <= self.until))
            and sale.total >= self.minimum
        )


@dataclass(frozen=True)
class Rate:
    """What a line earns by: points per unit of the basis, and which rule says so."""

    basis: str
    points: Fraction
    factor: Fraction = Fraction(1)
    rule: int | None = None

    @property
    def number(self):
        return self.points * self.factor


def rate(rules, sale, default, factor=1):
    """Return the rate of a line: the first base rule that fits, all multipliers.

    :param rules: in their order
    :param default: points per currency unit where no base rule fits
    :param factor: the multiplier of the member's tier
    """
    fitting = [rule for rule in rules if rule.fits(sale)]
    total_factor = Fraction(written(factor))
    for rule in fitting:
        if rule.effect == MULTIPLIER:
            total_factor *= Fraction(written(rule.number))
    for rule in fitting:
        if rule.effect == BASE:
            points = Fraction(written(rule.number))
            return Rate(rule.basis, points, total_factor, rule.key)
    return Rate(MONEY, Fraction(written(default)), total_factor)


def spread(points, totals):
    """Return the whole points of each part; together they are the whole.

    :param points: whole points of all parts together
    :param totals: what each part costs
    """
    whole = sum(Fraction(written(total)) for total in totals)
    so_far, given, parts = Fraction(0), 0, []
    for total in totals:
        so_far += Fraction(written(total))
        reached = int(points * so_far / whole) if whole else 0
        parts.append(reached - given)
        given = reached
    return parts


def full_points(basis, number, total, pieces):
    """Return the points of a whole line, rounded down; no more than ``MOST``.

    :param number: points per currency unit or piece, or the line's share of an order
    :param total: what the buyer pays for the line, taxes included
    """
    if total <= 0 or number <= 0:
        return 0
    measured = {MONEY: total, UNIT: pieces, ORDER: 1}[basis]
    return min(int(Fraction(written(measured)) * exact(number)), MOST)


def exact(number):
    """Return a rate exactly; a float counts as it is written, in all its digits."""
    return number if isinstance(number, Fraction) else Fraction(repr(float(number)))


def allot(pieces, limits, used):
    """Return how many of each piece's points the caps let through, in their order.

    :param pieces: [(points, {span: key})], a span being what a cap is per, the key
        the one it falls into: ``{"order": 7, "day": date(2026, 11, 1)}``
    :param limits: {span: most points}; a span that is left out has no cap
    :param used: {(span, key): points given so far}
    """
    given, granted = Counter(used), []
    for points, spans in pieces:
        room = [limit - given[span, spans[span]] for span, limit in limits.items()]
        piece = max(0, min(points, *room)) if room else points
        for span, key in spans.items():
            given[span, key] += piece
        granted.append(piece)
    return granted
