"""What a buyer was promised beyond the policy when the order was placed."""

from typing import NamedTuple

WINDOW, FREIGHT = "window", "freight"


class Promise(NamedTuple):
    """Calendar days added to the window, and whether the way back costs the buyer.

    ``name`` says what the promise hangs on, such as a member's tier; no decision
    depends on it.
    """

    name: str = ""
    extra_days: int = 0
    free_freight: bool = False


def honour(effects, promise):
    """Return the ``Effects`` of a case with what was promised, where that is better.

    ``promised`` of what is returned names what the promise changed.
    """
    changed, values = [], {}
    if promise.extra_days > 0:
        changed.append(WINDOW)
        values["window_days"] = effects.window_days + promise.extra_days
    if promise.free_freight and effects.freight_payer == "consumer":
        changed.append(FREIGHT)
        values["freight_payer"] = "merchant"
    return effects._replace(promised=tuple(changed), **values)
