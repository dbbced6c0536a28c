"""What is known about one order line when somebody asks to return it."""

from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple

from .promise import Promise
from .terms import NO_REASON


class Reason(NamedTuple):
    """Why it comes back: the reason's codes (its own and those above it) and duties.

    ``photos`` and ``video`` are the evidence it asks for; ``remedies`` those it
    allows, none for all. ``code`` is its own code alone.
    """

    codes: frozenset[str] = frozenset((NO_REASON,))
    regime: str = NO_REASON
    liability: str = "consumer"
    photos: int = 0
    video: bool = False
    remedies: frozenset[str] = frozenset()
    code: str = ""

    @property
    def is_fault(self):
        """Tell whether it is more than a change of mind."""
        return self.regime != NO_REASON

    @property
    def is_buyers(self):
        """Tell whether the buyer answers for it, or nobody."""
        return self.liability in ("consumer", "none") and self.regime == NO_REASON


WITHOUT_REASON = Reason()


class Facts(NamedTuple):
    """The facts of one case.

    Moments are aware datetimes; ``amount`` is what the line cost, in the smallest
    unit of the company's currency. ``matched`` are the keys of the rules whose three
    domains fit; ``returns`` is how often the customer returned, by days back.
    ``seal`` is the buyer's answer: sealed, opened, or nothing yet. ``promise`` is what
    the buyer was promised beyond the policy.
    """

    asked_at: datetime
    reason: Reason = WITHOUT_REASON
    remedy: str = "return_refund"
    shipped: bool = True
    shipped_at: datetime | None = None
    received_at: datetime | None = None
    ordered_at: datetime | None = None
    informed_at: datetime | None = None
    quantity_left: float = 1.0
    exclusion: str = ""
    confirmed_at: datetime | None = None
    seal: str = ""
    is_consumer: bool = True
    amount: int = 0
    returns: MappingProxyType | dict = MappingProxyType({})
    matched: frozenset[int] = frozenset()
    broken_rule: str = ""
    promise: Promise | None = None

    @property
    def seal_known(self):
        """Return sealed, opened, or nothing yet; what never left is sealed."""
        return self.seal if self.shipped else "sealed"


def utc(moment):
    """Return a naive UTC datetime as an aware one; nothing stays nothing."""
    return moment and moment.replace(tzinfo=UTC)
