"""How a refund is split over the ways the buyer paid."""

from collections.abc import Sequence
from dataclasses import dataclass

from .amounts import share, split


@dataclass(frozen=True, slots=True)
class Tender:
    """One way an order was paid and what went back that way before.

    Amounts are in the smallest unit of the order's currency. ``units`` says how many
    points, or 1 for a coupon, paid the amount; money has none.
    """

    key: int
    kind: str  # money, points, coupon
    paid: int
    given: int = 0
    units: int = 0


@dataclass(frozen=True, slots=True)
class Give:
    """What goes back one way: the amount it settles and the units given in kind."""

    key: int
    amount: int
    units: int = 0


def split_refund(amount: int, tenders: Sequence[Tender]) -> list[Give]:
    """Split a refund by what is left of each tender; art. 14 and 15 of the rules.

    Whatever the steps were, everything given back gives each tender what it paid.
    Points go back in proportion, a coupon when all that it paid is back.

    :raises ValueError: when the amount is more than is left of what was paid
    """
    left = [tender.paid - tender.given for tender in tenders]
    if not 0 <= amount <= sum(left):
        raise ValueError(f"{amount} is not between 0 and the {sum(left)} left")
    parts = split(amount, left) if tenders else []
    return [
        Give(tender.key, part, units_back(tender, part))
        for tender, part in zip(tenders, parts, strict=True)
    ]


def units_back(tender: Tender, part: int) -> int:
    """Return the units that go back with a part of what the tender paid."""
    before, after = tender.given, tender.given + part
    if not tender.units or not tender.paid:
        return 0
    if tender.kind == "coupon":
        return tender.units if before < after == tender.paid else 0
    return share(tender.units, after, tender.paid) - share(
        tender.units, before, tender.paid
    )
