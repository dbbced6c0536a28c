"""Which referrals wait for a person."""

import pytest

from loyalty_points.ledger.referral import (
    SIGNS,
    Person,
    email_shape,
    from_text,
    phone_tail,
    signs,
    to_text,
)

ANN = Person(1, "ann.lee@example.com", "+86 139-1234-5678", "1 West Rd", "310000")
BO = Person(2, "bo@example.org", "139 8765 4321", "9 East Rd", "310000")


def against(friend, referrer=ANN, **facts):
    known = {"is_first_order": True, "same_network": 0, "most_per_network": 3}
    return signs(referrer, friend, **{**known, **facts})


def test_two_strangers_raise_no_sign():
    assert against(BO) == ()


@pytest.mark.parametrize(
    ("friend", "sign"),
    [
        (Person(1), "self"),
        (Person(2, street="1, WEST RD.", zip="310000"), "address"),
        (Person(2, phone="0086 13912345678"), "phone"),
        (Person(2, phone="１３９１２３４５６７８"), "phone"),
        (Person(2, "annlee+2@example.com"), "email"),
        (Person(2, "Ann.Lee99@Example.com"), "email"),
    ],
)
def test_one_sign_each(friend, sign):
    assert against(friend) == (sign,)


@pytest.mark.parametrize(
    ("referrer", "friend"),
    [
        (ANN, Person(2, street="1 West Rd", zip="310001")),
        (ANN, Person(2, phone="5678")),
        (ANN, Person(2, "annlee@example.org")),
        (Person(1, "a2@example.com"), Person(2, "a1@example.com")),
        (Person(1), Person(2)),
    ],
)
def test_what_only_looks_alike_is_no_sign(referrer, friend):
    assert against(friend, referrer) == ()


def test_a_later_order_is_a_sign():
    assert against(BO, is_first_order=False) == ("not_first",)


@pytest.mark.parametrize(("same", "most", "found"), [(3, 3, 0), (4, 3, 1), (9, 0, 0)])
def test_a_network_may_bring_so_many_friends(same, most, found):
    assert len(against(BO, same_network=same, most_per_network=most)) == found


def test_signs_are_kept_as_text():
    assert from_text(to_text(SIGNS)) == SIGNS
    assert from_text("phone,unknown") == ("phone",)
    assert from_text("") == ()


def test_shapes_and_tails():
    assert email_shape("Ann.Lee+2@x.com") == "annlee@x.com"
    assert email_shape("no-address") == ""
    assert phone_tail("12") == ""
