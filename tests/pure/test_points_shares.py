"""Points of parts of a line always add up to the points of the line."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_points.ledger import shares
from loyalty_points.ledger.shares import Earning, Taken

HALF = Fraction(1, 2)
parts = st.lists(st.integers(min_value=1, max_value=50), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("delivered", "invoiced", "refunded", "kept"),
    [
        (Fraction(1), Fraction(1), Fraction(0), Fraction(1)),
        (Fraction(1), Fraction(1), HALF, HALF),
        (HALF, Fraction(1), HALF, HALF),  # the other half is cancelled, not shipped
        (HALF, HALF, Fraction(1, 10), Fraction(2, 5)),  # invoiced as delivered
        (Fraction(0), Fraction(1), HALF, Fraction(0)),
        (Fraction(1), Fraction(0), Fraction(1), Fraction(0)),  # refund with no invoice
        (Fraction(2), Fraction(1), Fraction(0), Fraction(1)),  # over-delivered
    ],
)
def test_a_refund_covers_what_was_not_delivered_first(
    delivered, invoiced, refunded, kept
):
    assert shares.kept_share(delivered, invoiced, refunded) == kept


def test_points_of_a_part_are_rounded_down():
    assert [shares.kept_points(100, Fraction(n, 3)) for n in range(4)] == [
        0,
        33,
        66,
        100,
    ]


@given(full=st.integers(min_value=0, max_value=10**7), refunds=parts)
def test_partial_refunds_take_exactly_the_whole(full, refunds):
    total, so_far, targets = sum(refunds), 0, []
    for refund in refunds:
        so_far += refund
        kept = shares.kept_share(
            shares.WHOLE,
            shares.WHOLE,
            shares.billed_share(so_far, total, 0),
        )
        targets.append(shares.kept_points(full, kept))
    taken = shares.steps(full, targets)
    assert sum(taken) == full
    assert min(taken) >= 0


@given(full=st.integers(min_value=0, max_value=10**7), deliveries=parts)
def test_partial_deliveries_earn_exactly_the_whole(full, deliveries):
    total, so_far, standing = sum(deliveries), 0, 0
    for delivery in deliveries:
        so_far += delivery
        standing += shares.kept_points(full, shares.ratio(so_far, total)) - standing
    assert standing == full


def test_credit_notes_that_miss_the_total_by_a_cent_count_as_the_whole():
    assert shares.billed_share(99.99, 100.0, 0.02) == 1
    assert shares.billed_share(99.9, 100.0, 0.02) == Fraction(999, 1000)


def test_a_refund_never_gives_points():
    assert shares.steps(40, [50, 30, 35]) == [0, 10, 0]


def test_a_refund_takes_the_latest_earning_first_with_what_was_paid_for_it():
    earnings = [
        Earning("first", 60, 6000, 60, 6000),
        Earning("second", 40, 4001, 40, 4001),
    ]
    assert shares.take_from(earnings, 50) == [
        Taken("second", 40, 4001, 0),
        Taken("first", 10, 1000, 0),
    ]


def test_a_refund_uses_up_first_what_a_cap_had_kept_back():
    earning = Earning("capped", 100, 10000, 100, 10000, ungranted=30)
    assert shares.take_from([earning], 45) == [Taken("capped", 45, 4500, 30)]


def test_nothing_is_taken_of_what_was_taken_before():
    assert shares.take_from([Earning("gone", 60, 6000, 0, 0)], 10) == []


@given(
    paid=st.integers(min_value=0, max_value=10**9),
    ungranted=st.integers(min_value=0, max_value=50),
    pieces=parts,
)
def test_refunds_take_points_and_cents_of_an_earning_exactly(paid, ungranted, pieces):
    points = sum(pieces)
    ungranted = min(ungranted, points)
    earning = Earning("one", points, paid, points, paid, ungranted)
    granted_taken = 0
    for piece in pieces:
        (taken,) = shares.take_from([earning], piece)
        assert taken.paid >= 0
        granted_taken += taken.points - taken.ungranted
    assert (earning.standing, earning.paid_left, earning.ungranted) == (0, 0, 0)
    assert granted_taken == points - ungranted


@given(total=st.integers(0, 10**9), weights=parts)
def test_portions_add_up_to_the_whole(total, weights):
    portions = shares.portions(total, weights)
    assert sum(portions) == total
    assert min(portions) >= 0


@pytest.mark.parametrize(
    ("invoiced", "refunded", "back"),
    [
        (100, 0, 0),
        (100, 40, 40),
        (200, 100, 0),  # billed anew after the whole was paid back
        (140, 100, 60),  # a part of it billed anew
        (50, 50, 50),  # half billed and paid back, half never billed
        (0, 30, 30),  # paid back without any bill
    ],
)
def test_what_is_billed_anew_is_not_paid_back_any_more(invoiced, refunded, back):
    assert shares.paid_back(invoiced, refunded, 100) == back
