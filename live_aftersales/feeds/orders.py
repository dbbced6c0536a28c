"""What a file says, in our words, whichever platform it came from.

Times are naive UTC, amounts are cents.
"""

from dataclasses import dataclass, field, fields, replace
from datetime import datetime

# How far an order has come; a later export never takes it back.
STATES = ("unpaid", "paid", "shipped", "completed", "closed")
UNKNOWN = "unknown"
PAID = ("paid", "shipped", "completed")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a line was read: the row of the file, its cells under their headers."""

    row: int
    raw: dict = field(hash=False)


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One child order."""

    ref: str
    source: Source
    sku: tuple = ()  # product codes, the best one first
    barcode: str = ""
    name: str = ""
    quantity: int = 1
    list_price: int = 0  # of one piece
    payable: int = 0  # of the line, with its freight
    freight: int = 0
    discount_merchant: int = 0
    discount_platform: int = 0
    discount_host: int = 0
    discount_payment: int = 0  # given by whoever handles the payment
    status: str = ""
    state: str = UNKNOWN
    shipped_at: datetime | None = None
    completed_at: datetime | None = None
    tracking: str = ""
    aftersale: str = ""  # the platform's words for its after-sale
    is_refunded: bool = False  # the platform gave its money back

    @property
    def goods(self):
        """What the buyer pays for the goods alone."""
        return self.payable - self.freight

    @property
    def is_gift(self):
        return not self.payable

    @property
    def left_at(self):
        """When the goods left; some goods (codes, cards) only ever get completed."""
        if not self.shipped_at and self.state == "completed":
            return self.completed_at
        return self.shipped_at


@dataclass(frozen=True, slots=True)
class Head:
    """What all lines of an order share."""

    ref: str
    submitted_at: datetime
    paid_at: datetime | None = None
    updated_at: datetime | None = None
    buyer_ref: str = ""
    buyer_name: str = ""
    buyer_phone: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    host_ref: str = ""
    host_name: str = ""
    room_ref: str = ""
    is_live: bool = False
    buyer_note: str = ""
    seller_note: str = ""
    cancel_reason: str = ""

    def same_order(self, other):
        """Tell whether two rows can be of one order."""
        shared = ("submitted_at", "buyer_ref", "buyer_name", "buyer_phone")
        pairs = [(getattr(self, name), getattr(other, name)) for name in shared]
        return all(mine == its for mine, its in pairs if mine and its)


@dataclass(slots=True)
class FeedOrder:
    """An order with the lines that could be read."""

    head: Head
    lines: list

    @property
    def ref(self):
        return self.head.ref

    @property
    def total(self):
        return sum(line.payable for line in self.lines)

    @property
    def is_paid(self):
        """Also files without the time of payment tell paid orders by their status."""
        return bool(self.head.paid_at) or self.state in PAID

    @property
    def state(self):
        """The state of the main goods: gifts are closed by the platform at will."""
        lines = [line for line in self.lines if not line.is_gift] or self.lines
        states = {line.state for line in lines}
        if UNKNOWN in states:
            return UNKNOWN
        if len(states) > 1:
            states.discard("closed")
        return min(states, key=STATES.index)

    @property
    def status(self):
        """The platform's words for ``state``, several when lines differ."""
        lines = [line for line in self.lines if not line.is_gift] or self.lines
        return " / ".join(dict.fromkeys(line.status for line in lines if line.status))

    def with_line(self, head, line):
        """Take one more row, which may know more than the first one did."""
        names = [item.name for item in fields(Head) if item.name != "is_live"]
        more = {
            name: getattr(head, name)
            for name in names
            if not getattr(self.head, name) and getattr(head, name)
        }
        if head.is_live and not self.head.is_live:
            more["is_live"] = True
            if head.host_ref:  # the row that came from the livestream names the host
                more |= {"host_ref": head.host_ref, "host_name": head.host_name}
        if more:
            self.head = replace(self.head, **more)
        self.lines.append(line)


@dataclass(frozen=True, slots=True)
class Held:
    """A row that waits for somebody."""

    source: Source
    code: str
    column: str = ""
    value: str = ""
    order_ref: str = ""
    line_ref: str = ""


@dataclass(frozen=True, slots=True)
class Warn:
    """A row that was taken, with something to look at."""

    row: int
    code: str  # unknown_status, unknown_aftersale, amounts_off, repeated_row
    value: str = ""
    order_ref: str = ""


@dataclass(slots=True)
class Feed:
    """All a file says."""

    orders: list
    held: list
    warnings: list
    row_count: int = 0
    skipped: int = 0

    @property
    def line_count(self):
        return sum(len(order.lines) for order in self.orders)


def state_by_times(known):
    """Return how far an order has come when the file has no word for it."""
    for name, state in (
        ("completed_at", "completed"),
        ("shipped_at", "shipped"),
        ("paid_at", "paid"),
    ):
        if known[name]:
            return state
    return "unpaid"
