"""A refund goes back the ways the buyer paid, in proportion and in kind."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from return_policy.policy.tenders import Give, Tender, split_refund

CARD = Tender(1, "money", 20000)
POINTS = Tender(2, "points", 8000, units=800)
COUPON = Tender(3, "coupon", 2000, units=1)
TENDERS = st.lists(
    st.builds(
        Tender,
        st.integers(1, 99),
        st.sampled_from(("money", "points", "coupon")),
        st.integers(0, 10**6),
        st.just(0),
        st.integers(0, 1000),
    ),
    min_size=1,
    max_size=5,
)


def test_a_mixed_payment_goes_back_in_proportion():
    assert split_refund(15000, [CARD, POINTS, COUPON]) == [
        Give(1, 10000),
        Give(2, 4000, 400),
        Give(3, 1000),
    ]


def test_a_coupon_comes_back_when_all_that_it_paid_is_back():
    half = [
        replace(CARD, given=10000),
        replace(POINTS, given=4000),
        replace(COUPON, given=1000),
    ]
    assert split_refund(15000, half) == [
        Give(1, 10000),
        Give(2, 4000, 400),
        Give(3, 1000, 1),
    ]


def test_more_than_is_left_is_an_error():
    with pytest.raises(ValueError, match="not between 0 and the 1 left"):
        split_refund(2, [replace(CARD, given=19999)])


@given(TENDERS, st.lists(st.integers(0, 10**6), max_size=6))
def test_all_given_back_gives_each_tender_what_it_paid(tenders, wanted):
    units = dict.fromkeys(range(len(tenders)), 0)
    left = sum(tender.paid for tender in tenders)
    for amount in [*wanted, left]:
        step = min(amount, left)
        gives = split_refund(step, tenders)
        assert sum(give.amount for give in gives) == step
        assert all(give.amount >= 0 and give.units >= 0 for give in gives)
        left -= step
        tenders = [
            replace(tender, given=tender.given + give.amount)
            for tender, give in zip(tenders, gives, strict=True)
        ]
        assert all(tender.given <= tender.paid for tender in tenders)
        for place, give in enumerate(gives):
            units[place] += give.units
        if not left:
            break
    gives = split_refund(left, tenders)
    for place, give in enumerate(gives):
        units[place] += give.units
        assert tenders[place].given + give.amount == tenders[place].paid
        if tenders[place].kind != "money" and tenders[place].paid:
            assert units[place] == tenders[place].units
