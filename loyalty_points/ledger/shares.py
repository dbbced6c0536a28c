"""Whole points for parts of an order line.

Points are integers. A part is never rounded on its own: the points of "all
parts so far" are rounded, and a part gets the difference. So the parts of a
line always add up to the points of the whole line, in any order and number.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

NONE, WHOLE = Fraction(0), Fraction(1)


@dataclass
class Earning:
    """What one entry earned on an order line, and what still stands of it.

    ``points`` and ``standing`` count what a cap kept from being granted, too; that
    part is ``ungranted``. ``paid`` and ``paid_left`` are what the buyer paid for these
    points, in the smallest unit of the program's currency.
    """

    key: object
    points: int
    paid: int = 0
    standing: int = 0
    paid_left: int = 0
    ungranted: int = 0

    def take(self, points):
        """Take points; what was paid goes along in proportion, and all with the last.

        :return: Taken
        """
        left = self.standing - points
        paid = max(0, self.paid_left - self.paid * left // self.points)
        never = min(points, max(self.ungranted, 0))
        self.standing, self.paid_left = left, self.paid_left - paid
        self.ungranted -= never
        return Taken(self.key, points, paid, never)


@dataclass(frozen=True)
class Taken:
    """What a refund takes of one earning."""

    key: object
    points: int
    paid: int
    ungranted: int


def ratio(part, whole):
    """Return part / whole exactly, each taken as it is written (6 decimals)."""
    if not whole:
        return NONE
    return Fraction(written(part)) / Fraction(written(whole))


def written(number):
    """Return a number as people write it, to 6 decimals."""
    return Decimal(repr(round(float(number), 6)))


def kept_share(delivered, invoiced, refunded):
    """Return the share of the line whose points the buyer may keep.

    A credit note first covers what was invoiced and never delivered (nothing
    was earned there), then what was delivered.
    """
    delivered = min(max(delivered, NONE), WHOLE)
    idle = max(NONE, invoiced - delivered)
    return max(NONE, delivered - max(NONE, refunded - idle))


def kept_points(full, share):
    """Return the points of a share of a line, rounded down."""
    return int(full * share)


def billed_share(billed, total, tolerance):
    """Return the billed (or refunded) share; a rest within the tolerance is nothing.

    Invoices and credit notes round each on their own, so several of them may miss
    the line total by a cent each although the whole line was billed.
    """
    if total and abs(total - billed) <= tolerance:
        return WHOLE
    return min(max(ratio(billed, total), NONE), WHOLE)


def steps(standing, targets):
    """Return what each of several refunds takes, one after the other.

    :param standing: points of the line before the first of them
    :param targets: points to be kept after each
    """
    taken = []
    for target in targets:
        taken.append(max(0, standing - max(target, 0)))
        standing -= taken[-1]
    return taken


def take_from(earnings, points):
    """Return [Taken] for points which a refund takes, the latest earning first.

    :param earnings: [Earning] of one line, oldest first; they are changed
    """
    taken = []
    for earning in reversed(earnings):
        piece = min(points, earning.standing)
        if piece > 0:
            taken.append(earning.take(piece))
            points -= piece
    return taken


def portions(total, weights):
    """Split a whole number by weight; the portions add up to it exactly."""
    whole, running, given, found = sum(weights), 0, 0, []
    for weight in weights:
        running += weight
        found.append(total * running // whole - given)
        given += found[-1]
    return found


def paid_back(invoiced, refunded, total):
    """Return what of an amount is paid back and was not billed once more since."""
    return max(0, refunded - max(0, invoiced - total))
