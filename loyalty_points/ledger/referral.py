"""Signs that a referral is not what it claims to be.

None of them proves anything: a family shares an address. So a referral with a sign
is not refused but waits for a person.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

SELF = "self"
ADDRESS = "address"
PHONE = "phone"
EMAIL = "email"
NETWORK = "network"
NOT_FIRST = "not_first"
SIGNS = (SELF, NOT_FIRST, ADDRESS, PHONE, EMAIL, NETWORK)

PHONE_DIGITS = 8  # the last ones; country and area codes are written or left out
SHORTEST_SHAPE = 4  # below it, addresses such as a1@ and a2@ say nothing


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of one side; empty strings where it is not."""

    key: object  # the customer, a company's contacts being one
    email: str = ""
    phone: str = ""
    street: str = ""
    zip: str = ""
    city: str = ""


def email_shape(email: str) -> str:
    """Return what addresses made up by one person have in common.

    Dots, digits and what follows a plus are left out: ``Ann.Lee+2@x.com`` and
    ``annlee77@x.com`` have the same shape.
    """
    local, _at, domain = email.strip().lower().rpartition("@")
    letters = re.sub(r"[\W\d_]", "", local.partition("+")[0])
    return f"{letters}@{domain}" if len(letters) >= SHORTEST_SHAPE else ""


def phone_tail(phone: str) -> str:
    """Return the digits which tell a number, however it is written."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
    return digits[-PHONE_DIGITS:] if len(digits) >= PHONE_DIGITS else ""


def place(person: Person) -> str:
    """Return the address in one form: no case, no accents, no punctuation."""
    if not person.street.strip():
        return ""
    text = f"{person.street} {person.zip or person.city}"
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def signs(
    referrer: Person,
    friend: Person,
    *,
    is_first_order: bool,
    same_network: int,
    most_per_network: int,
) -> tuple[str, ...]:
    """Return the signs that speak against a referral, in the order of ``SIGNS``.

    :param same_network: referrals of the last seven days from the friend's network,
        this one included; 0 when it is not known
    :param most_per_network: so many are nothing unusual; 0: they are not counted
    """
    found = {
        SELF: referrer.key == friend.key,
        NOT_FIRST: not is_first_order,
        ADDRESS: _same(place(referrer), place(friend)),
        PHONE: _same(phone_tail(referrer.phone), phone_tail(friend.phone)),
        EMAIL: _same(email_shape(referrer.email), email_shape(friend.email)),
        NETWORK: 0 < most_per_network < same_network,
    }
    return tuple(sign for sign in SIGNS if found[sign])


def _same(one: str, other: str) -> bool:
    return bool(one) and one == other


def to_text(found: Iterable[str]) -> str:
    return ",".join(found)


def from_text(text: str) -> tuple[str, ...]:
    return tuple(sign for sign in (text or "").split(",") if sign in SIGNS)
