"""What was sold under which conditions, and what of it came back.

Amounts are in the smallest unit of the order's currency, quantities in millionths of a
unit, percentages in basis points.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .amounts import QUANTITY_SCALE, Allowance, Part, given


@dataclass(frozen=True, slots=True)
class Item:
    """A line of goods: the whole quantity and the pieces of what was paid for it.

    The part whose source is the key is the price at purchase, taxes and line discount
    included; the others are its shares of promotions. Allowances were given back for
    units that the buyer kept at that time.
    """

    key: int
    whole: int
    parts: tuple[Part, ...]
    allowances: tuple[Allowance, ...] = ()

    @property
    def paid(self) -> int:
        return max(0, self.total(part.source for part in self.parts))

    @property
    def price(self) -> int:
        return self.total((self.key,))

    def total(self, sources) -> int:
        """Return the sum of the parts from these sources."""
        wanted = set(sources)
        return sum(part.total for part in self.parts if part.source in wanted)

    def by(self, basis: str) -> int:
        """Return the price that a condition looks at."""
        if basis == "paid":
            return self.paid
        return self.price if basis == "price" else self._untaxed

    @property
    def _untaxed(self) -> int:
        return sum(part.base for part in self.parts if part.source == self.key)

    def worth(self, units: int) -> int:
        """Return what so many units that came back give: as paid, less allowances."""
        paid = Part(self.key, self.paid, 0)
        return given(paid, self.whole, units, self.allowances).total

    @property
    def allowed(self) -> int:
        """Return what was given back for units that were kept."""
        return self.paid - self.worth(self.whole)


@dataclass(frozen=True, slots=True)
class Condition:
    """What must be bought: an amount and a quantity of the eligible items.

    The amount is compared with the price at purchase, with what was ``paid`` (less
    promotions), or with the price ``untaxed``. Without amount and quantity any of the
    items will do.
    """

    eligible: frozenset[int]
    amount: int = 0
    units: int = 0
    basis: str = "price"  # price, paid, untaxed

    @property
    def is_open(self) -> bool:
        return self.amount <= 0 and self.units <= QUANTITY_SCALE


@dataclass(frozen=True, slots=True)
class Promotion:
    """A discount that depends on a condition.

    ``sources`` are the parts of the items that hold what was really granted; what
    kept goods earn is never more. Kinds:

    - ``once``: an amount (满300减50)
    - ``each``: ``value`` each time the condition is met again (每满100减10)
    - ``percent``: ``value`` basis points, at most ``limit`` (0: no limit)
    """

    key: int
    sources: frozenset[int]
    condition: Condition
    kind: str = "once"
    value: int = 0
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Gift:
    """An item given for free while the kept goods meet the condition.

    ``stated`` is the price of the whole gift stated before the purchase; 0: never
    stated, so nothing may be charged for keeping it. Where it ``repeats``, a part of it
    was given each time the condition was met.
    """

    key: int
    condition: Condition
    stated: int = 0
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Freight:
    """The delivery to the buyer: what was charged, or what being free saved."""

    charged: int = 0
    express_extra: int = 0  # of what was charged: never given back without a fault
    waived: int = 0
    condition: Condition | None = None  # none: free whatever is kept
    unsent: bool = False  # nothing of the order has left: nobody was paid to bring it


@dataclass(frozen=True, slots=True)
class Order:
    """What was sold and under which conditions."""

    items: tuple[Item, ...]
    promotions: tuple[Promotion, ...] = ()
    gifts: tuple[Gift, ...] = ()
    freight: Freight = Freight()


@dataclass(frozen=True, slots=True, order=True)
class Lot:
    """Goods that came back for the same reason under the same fee.

    The fee (basis points of what is given back, and an amount for each piece) is zero
    where the merchant is liable; the decision sees to it.
    """

    key: int  # of the item
    is_voluntary: bool = True
    fee_percent: int = 0
    fee_flat: int = 0
    units: int = 0


def cut(order: Order, lots: Iterable[Lot]) -> list[Lot]:
    """Return the lots without what is more than was sold, or not known."""
    left = {item.key: item.whole for item in order.items}
    found = []
    for lot in lots:
        units = min(lot.units, left.get(lot.key, 0))
        if units > 0:
            left[lot.key] -= units
            found.append(replace(lot, units=units))
    return found
