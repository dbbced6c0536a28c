"""Say why core changes a card's points.

Core writes ``points`` on a card without a reason. The few of our overrides that
wrap such code name the reason for its duration; it cannot be set from outside
the server, as a context key could.
"""

from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    order_id: int = False
    description: str = ""


_reason = ContextVar("loyalty_points_reason", default=None)


@contextmanager
def booking(**reason):
    token = _reason.set(Reason(**reason))
    try:
        yield
    finally:
        _reason.reset(token)


def booking_for(order):
    """Name an order; none names nothing."""
    if not order:
        return nullcontext()
    return booking(order_id=order.id, description=order.name)


def current_reason():
    return _reason.get()
