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
    return _nearest(total * part, whole)


def _nearest(amount: int, whole: int) -> int:
    """Return ``amount / whole``, rounded half away from zero."""
    sign = -1 if (amount < 0) != (whole < 0) else 1
    return sign * ((2 * abs(amount) + abs(whole)) // (2 * abs(whole)))


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


def in_proportion(
    total: int, amounts: Sequence[int], part: int, whole: int
) -> list[int]:
    """Split ``total`` as ``part / whole`` of amounts which may be below zero.

    What rounding leaves goes to the largest. Of nothing each takes its weight.
    """
    if not whole:
        return split(total, [abs(amount) for amount in amounts])
    parts = [_nearest(amount * part, whole) for amount in amounts]
    largest = max(range(len(amounts)), key=lambda place: abs(amounts[place]))
    parts[largest] += total - sum(parts)
    return parts


@dataclass(frozen=True, slots=True)
class Allowance:
    """Money given back for goods which the buyer kept (taxes included).

    ``since`` says how many units of the line had come back before: it lowers what
    the others give, whenever they come back.
    """

    since: int
    amount: int


def given(
    part: Part, whole: int, units: int, allowances: Sequence[Allowance] = ()
) -> Part:
    """Return what the first units of a line give back of one part of its price.

    Between two allowances every unit gives its share of what is left. All units give
    exactly what was paid less the allowances, in whatever steps they come back.

    :param allowances: in the order in which they were given
    """
    return _given_and_left(part, whole, units, allowances)[0]


def left_of(
    part: Part, whole: int, units: int, allowances: Sequence[Allowance] = ()
) -> Part:
    """Return what is left of a part after units came back and allowances were given."""
    return _given_and_left(part, whole, units, allowances)[1]


def allowed(left: Part, amount: int) -> Part:
    """Return an amount as base and tax of what is left of a price; never more."""
    amount = max(0, min(amount, left.total))
    base = share(left.base, amount, left.total) if amount else 0
    return Part(left.source, base, amount - base)


def refund_parts(
    parts: Sequence[Part],
    whole: int,
    before: int,
    quantity: int,
    allowances: Sequence[Allowance] = (),
) -> list[Part]:
    """Return the pieces to give back for ``quantity`` of a line of ``whole``.

    Allowances lie on the line's own price, which comes first.
    """
    after = _given_of(parts, whole, before + quantity, allowances)
    earlier = _given_of(parts, whole, before, allowances)
    return [_less(*pair) for pair in zip(after, earlier, strict=True)]


def _given_of(parts, whole, units, allowances):
    """Return what the first units give back of each part, in all their exact share.

    Each part is rounded by itself; the last discount takes what that is off the share
    of their sum, which could fall below zero where discounts paid for all.
    """
    found = [
        given(part, whole, units, allowances if number == 0 else ())
        for number, part in enumerate(parts)
    ]
    if len(parts) > 1:
        together = share(sum(part.total for part in parts), units, whole)
        gap = together - sum(share(part.total, units, whole) for part in parts)
        last = found[-1]
        found[-1] = Part(last.source, last.base + gap, last.tax)
    return found


def _given_and_left(part, whole, units, allowances):
    done, left, start = Part(part.source, 0, 0), part, 0
    for allowance in allowances:
        if units < allowance.since:
            break
        piece = _share_of(left, allowance.since - start, whole - start)
        done, left = add_parts(part.source, [done, piece]), _less(left, piece)
        left, start = _less(left, allowed(left, allowance.amount)), allowance.since
    piece = _share_of(left, units - start, whole - start)
    return add_parts(part.source, [done, piece]), _less(left, piece)


def _share_of(part, units, whole):
    if not units:
        return Part(part.source, 0, 0)
    base = share(part.base, units, whole)
    return Part(part.source, base, share(part.total, units, whole) - base)


def _less(part, other):
    return Part(part.source, part.base - other.base, part.tax - other.tax)


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
