"""What is owed for everything that came back of an order so far, part by part.

Amounts are in the smallest unit of the order's currency, quantities in millionths of a
unit. A statement is cumulative: it looks at all that came back, whatever the order of
the returns, and a step pays the difference to what was settled before (``due``).

The rule behind it: the buyer gets back what was paid, less what the kept goods would
have cost alone at the prices of the purchase (7-day return rules, art. 17), less the
gifts kept at the price stated beforehand (art. 12) and the delivery that would not have
been free (art. 18). Whoever keeps nothing keeps no cost either. Goods that come back by
the merchant's fault count as kept where a threshold is looked at, and what is owed for
them is never lowered.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .amounts import QUANTITY_SCALE, allocate, share, split
from .purchase import Lot, Order
from .terms import Terms

BASIS = 10_000  # percentages are in basis points


@dataclass(frozen=True, slots=True)
class Deduction:
    """A part that lowers what is given back, or raises it when below zero.

    ``kind`` is promotion, gift, freight or fee; ``key`` names the promotion or gift.
    ``needed`` and ``kept`` tell what the condition asks for and what is left for it.
    """

    kind: str
    key: int
    amount: int
    needed: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """What is given back: the goods as paid, the freight, less the deductions."""

    goods: int = 0
    freight: int = 0
    deductions: tuple[Deduction, ...] = ()

    @property
    def total(self) -> int:
        return self.goods + self.freight - sum(d.amount for d in self.deductions)

    def __add__(self, other: "Statement") -> "Statement":
        return Statement(
            self.goods + other.goods,
            self.freight + other.freight,
            self.deductions + other.deductions,
        )

    def deducted(self, kind: str) -> int:
        """Return what one kind of deduction takes."""
        return sum(d.amount for d in self.deductions if d.kind == kind)


def owed(order: Order, lots: Iterable[Lot], terms: Terms) -> Statement:
    """Return the cumulative statement for all that came back of an order.

    :raises ValueError: when more of an item comes back than was sold
    """
    back = _Back(order, lots)
    promotions = _promotions(back) if terms.reprice else []
    given = back.voluntary_worth - sum(d.amount for d in promotions)
    charges = [Deduction("fee", 0, _fee(back, given)), *_gifts(back)]
    if terms.lost_freight:
        charges += _lost_freight(back, back.voluntary_worth - given)
    return Statement(
        goods=sum(back.worth),
        freight=_freight_back(back, terms.outbound_freight),
        deductions=tuple(d for d in promotions + _limit(charges, given) if d.amount),
    )


def due(now: Statement, before: Statement) -> Statement:
    """Return the step from what was settled before to a later statement.

    A step never takes money back: what it would take is left for a later one.
    """
    goods, freight = now.goods - before.goods, now.freight - before.freight
    steps = {}
    for sign, statement in ((-1, before), (1, now)):
        for d in statement.deductions:
            name = (d.kind, d.key)
            amount = sign * d.amount + (steps[name].amount if name in steps else 0)
            steps[name] = replace(d, amount=amount)
    changed = steps.values()
    lower = [d for d in changed if d.amount < 0]
    room = goods + freight - sum(d.amount for d in lower)
    higher = _limit([d for d in changed if d.amount > 0], room)
    return Statement(goods, freight, tuple(d for d in lower + higher if d.amount))


def bonus(amount: int, percent: int, flat: int) -> int:
    """Return what is added to an amount for taking it as store credit.

    :param int percent: in basis points
    """
    return _percent(amount, percent) + flat if amount > 0 else 0


class _Back:
    """What came back of an order and what stays, in units and in money.

    ``gone`` holds the units that came back, ``given_up`` those that came back by the
    buyer's choice alone.
    """

    def __init__(self, order, lots):
        joined = {}
        for lot in lots:
            name = (lot.key, lot.is_voluntary, lot.fee_percent, lot.fee_flat)
            joined[name] = joined.get(name, 0) + lot.units
        self.order = order
        self.priced = [item for item in order.items if item.price]
        self.items = {item.key: item for item in order.items}
        self.gone = dict.fromkeys(self.items, 0)
        self.given_up = dict.fromkeys(self.items, 0)
        # the merchant's faults come first in each item: theirs is the exact share
        self.lots = [Lot(*name, units) for name, units in sorted(joined.items())]
        self.worth = [self._take(lot) for lot in self.lots]
        self.voluntary_worth = sum(worth for _lot, worth in self.voluntary())
        paid = sum(item.paid - item.allowed for item in order.items)
        self.kept_worth = paid - sum(self.worth)

    def _take(self, lot):
        item, before = self.items[lot.key], self.gone[lot.key]
        self.gone[lot.key] += lot.units
        if lot.is_voluntary:
            self.given_up[lot.key] += lot.units
        return item.worth(self.gone[lot.key]) - item.worth(before)

    def voluntary(self):
        """Return [(lot, worth)] of what came back by the buyer's choice."""
        pairs = zip(self.lots, self.worth, strict=True)
        return [(lot, worth) for lot, worth in pairs if lot.is_voluntary]

    def is_whole(self):
        """Tell whether nothing is kept that was paid for."""
        return bool(self.priced) and all(
            self.gone[item.key] == item.whole for item in self.priced
        )

    def is_by_choice(self):
        """Tell whether the buyer alone wanted some of what was paid for gone."""
        return any(self.given_up[item.key] for item in self.priced)

    def left(self, item, amount, gone):
        """Return the share of an amount of an item that is not gone."""
        return share(amount, item.whole - gone.get(item.key, 0), item.whole)

    def price(self, keys, gone, basis="price"):
        """Return the price at purchase of these items, without what is gone."""
        return sum(
            self.left(item, item.by(basis), gone)
            for item in self.order.items
            if item.key in keys
        )

    def meets(self, condition, gone, added=0):
        """Return how often the goods that are not gone meet a condition.

        :param int added: what they cost more than the price it looks at
        """
        keys = condition.eligible & self.items.keys()
        units = sum(self.items[key].whole - gone.get(key, 0) for key in keys)
        if units < max(condition.units, 1):
            return 0
        times = [units // condition.units] if condition.units else []
        if condition.amount > 0:
            price = self.price(keys, gone, condition.basis) + added
            times.append(price // condition.amount)
        return min(times, default=1)

    def name(self, kind, key, amount, condition, added=0):
        """Return a deduction with the figures of its condition."""
        kept = self.price(condition.eligible, self.given_up, condition.basis)
        return Deduction(kind, key, amount, condition.amount, kept + added)


def _promotions(back):
    """Return what the kept goods got too much, or too little, of each promotion."""
    lowest, highest = -back.kept_worth, back.voluntary_worth
    found, total = [], 0
    for promotion in back.order.promotions:
        amount = _repriced(back, promotion)
        amount = max(lowest - total, min(highest - total, amount))
        total += amount
        found.append(back.name("promotion", promotion.key, amount, promotion.condition))
    return found


def _repriced(back, promotion):
    """Return what the kept goods hold of a promotion less what they earn alone."""
    condition = promotion.condition
    if condition.is_open or not back.meets(condition, {}):
        return 0
    shares = [(item, -item.total(promotion.sources)) for item in back.order.items]
    granted = sum(amount for _item, amount in shares)
    held = sum(back.left(item, amount, back.given_up) for item, amount in shares)
    keys = {item.key for item, amount in shares if amount}
    price = back.price(keys, back.given_up)
    if price <= 0:
        return 0
    times = back.meets(condition, back.given_up)
    earned = min(granted, price, _earned(promotion, times, price, granted, held))
    return share(held - earned, back.price(keys, back.gone), price)


def _earned(promotion, times, price, granted, held):
    """Return what goods of this price earn when they meet the condition so often."""
    if not times:
        return 0
    if promotion.kind == "each":
        return promotion.value * times
    if promotion.kind == "once":
        return granted
    # a percentage stays with each item, unless its limit let the whole order down
    is_limited = 0 < promotion.limit <= granted
    return _percent(price, promotion.value) if is_limited else held


def _fee(back, given):
    """Return the fee on what is given back by the buyer's choice.

    :param int given: worth of those goods after promotions were priced anew
    """
    by_percent, flats = {}, 0
    for lot, worth in back.voluntary():
        percent = lot.fee_percent
        by_percent[percent] = by_percent.get(percent, 0) + worth
        flat = share(lot.fee_flat * lot.units, 1, QUANTITY_SCALE)
        flats += min(flat, worth - _percent(worth, percent))
    if not by_percent:
        return 0
    bases = split(given, list(by_percent.values()))
    return flats + sum(map(_percent, bases, by_percent))


def _gifts(back):
    """Return what is charged for gifts kept although no longer earned."""
    found = []
    for gift in back.order.gifts:
        item, condition = back.items[gift.key], gift.condition
        before = back.meets(condition, {})
        times = min(back.meets(condition, back.given_up), before)
        if not gift.stated or times == before or (times and not gift.repeats):
            continue
        earned = item.whole * times // before
        lost = max(0, item.whole - back.gone[gift.key] - earned)
        amount = share(gift.stated, lost, item.whole)
        found.append(back.name("gift", gift.key, amount, condition))
    return found


def _lost_freight(back, repriced):
    """Return the delivery that would not have been free for the kept goods alone.

    :param int repriced: what the kept goods cost more without lost promotions
    """
    freight = back.order.freight
    condition = freight.condition
    if not freight.waived or condition is None or back.is_whole():
        return []
    added = repriced if condition.basis == "paid" else 0
    if not back.meets(condition, {}) or back.meets(condition, back.given_up, added):
        return []
    return [back.name("freight", 0, freight.waived, condition, added)]


def _freight_back(back, outbound):
    """Return the delivery charged that goes back when nothing is kept.

    :param str outbound: ``none``; ``merchant``: when it answers for all; ``standard``:
        always, without the extra for express (EU directive 2011/83, art. 13)
    """
    freight = back.order.freight
    if not back.is_whole():
        return 0
    if freight.unsent or (outbound != "none" and not back.is_by_choice()):
        return freight.charged
    standard = max(0, freight.charged - freight.express_extra)
    return standard if outbound == "standard" else 0


def _limit(deductions, room):
    """Return the deductions cut, the last ones first, to what there is."""
    takes, _rest = allocate(room, [d.amount for d in deductions])
    return [replace(d, amount=take) for d, take in zip(deductions, takes, strict=True)]


def _percent(amount, basis_points):
    return share(amount * basis_points, 1, BASIS)
