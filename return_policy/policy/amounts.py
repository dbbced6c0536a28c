"""What is owed, in integer minor units. One rounding place: ``share``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

QUANTITY_SCALE = 10**6


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of what the buyer paid for one order line.

    ``source`` names where the piece comes from: the line itself or a discount
    line whose share it is (then ``base`` and ``tax`` are negative).
    """

    source: int
    base: int
    tax: int

    @property
    def total(self) -> int:
        return self.base + self.tax


def add_parts(source: int, parts: Iterable[Part]) -> Part:
    """Return the sum of parts as one part of a source."""
    found = list(parts)
    return Part(source, sum(p.base for p in found), sum(p.tax for p in found))


def to_units(quantity: float) -> int:
    """Return a quantity as an integer, exact to six decimals."""
    return round(quantity * QUANTITY_SCALE)


def share(total: int, part: int, whole: int) -> int:
    """Return ``part / whole`` of ``total``, rounded half away from zero.

    :raises ValueError: unless ``0 <= part <= whole`` and ``whole > 0``.
    """
    if whole <= 0 or not 0 <= part <= whole:
        raise ValueError(f"no share {part} of {whole}")
    sign = -1 if total < 0 else 1
    return sign * ((2 * abs(total) * part + whole) // (2 * whole))


def step(total: int, whole: int, before: int, quantity: int) -> int:
    """Return what ``quantity`` more is worth after ``before`` was given back.

    The steps of any sequence of partial returns add up to ``share`` of their
    sum, so returning everything piece by piece gives exactly ``total``.
    """
    return share(total, before + quantity, whole) - share(total, before, whole)


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Split ``total`` by weight; the parts always sum to ``total``.

    Without any weight the first part takes all. No part is further than one
    unit from its exact share.

    :raises ValueError: without parts or with a negative weight.
    """
    if not weights or min(weights) < 0:
        raise ValueError("weights must be given and must not be negative")
    whole = sum(weights)
    if not whole:
        return [total] + [0] * (len(weights) - 1)
    parts, running, given = [], 0, 0
    for weight in weights:
        running += weight
        upto = share(total, running, whole)
        parts.append(upto - given)
        given = upto
    return parts


def refund_parts(
    parts: Sequence[Part], whole: int, before: int, quantity: int
) -> list[Part]:
    """Return the pieces to give back for ``quantity`` of a line of ``whole``."""
    pieces = []
    for part in parts:
        base = step(part.base, whole, before, quantity)
        total = step(part.total, whole, before, quantity)
        pieces.append(Part(part.source, base, total - base))
    return pieces


def spread_discount(discount: Part, totals: Sequence[int]) -> list[Part]:
    """Share one discount line between lines by what each of them cost."""
    bases = split(discount.base, totals)
    wholes = split(discount.total, totals)
    return [
        Part(discount.source, base, whole - base)
        for base, whole in zip(bases, wholes, strict=True)
    ]


def payable(claim: int, paid: int, given_back: int, still_owed: int) -> int:
    """Return the money to send for a claim; the rest lowers an open invoice.

    :param int paid: what reached us from the buyer for the whole order
    :param int given_back: refunds of the order sent or waiting to be sent
    :param int still_owed: worth of the order after this and earlier claims; below
        zero when more was credited than sold, which is no reason to pay more
    """
    return max(0, min(claim, paid - given_back - max(still_owed, 0)))


def allocate(amount: int, capacities: Sequence[int]) -> tuple[list[int], int]:
    """Take ``amount`` from the capacities in order; return the takes, the rest."""
    takes = []
    for capacity in capacities:
        take = max(0, min(amount, capacity))
        takes.append(take)
        amount -= take
    return takes, amount
