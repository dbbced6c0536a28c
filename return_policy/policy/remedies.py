"""What each remedy does with goods and money: one table which every step reads."""

from typing import NamedTuple


class Remedy(NamedTuple):
    """The goods and the money of one remedy.

    ``pays`` is ``share`` (of the price paid, by quantity), ``amount`` (one that was
    agreed on, the goods stay) or nothing.
    """

    takes_back: bool = False  # the buyer sends the goods back
    pays: str = ""
    sends: bool = False  # goods go out to the buyer, again or for the first time
    undoes: bool = False  # only what was not shipped yet


REMEDY = {
    "return_refund": Remedy(takes_back=True, pays="share"),
    "refund_only": Remedy(pays="share"),
    "exchange": Remedy(takes_back=True, sends=True),
    "store_credit": Remedy(takes_back=True, pays="share"),
    "reship": Remedy(sends=True),
    "repair": Remedy(takes_back=True, sends=True),
    "price_protection": Remedy(pays="amount"),
    "partial_refund": Remedy(pays="amount"),
    "cancel": Remedy(pays="share", undoes=True),
}
# What goes to the buyer without anything coming back: somebody answers for it.
GIVEN_AWAY = frozenset(
    code
    for code, remedy in REMEDY.items()
    if not remedy.takes_back and not remedy.undoes
)
