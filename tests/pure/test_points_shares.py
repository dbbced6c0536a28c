"""Points of parts of a line always add up to the points of the line."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_points.ledger import shares

HALF = Fraction(1, 2)
parts = st.lists(st.integers(min_value=1, max_value=50), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("total", "rate", "points"),
    [
        (99.99, 1, 99),
        (100, 0.1, 10),
        (0.29, 100, 29),
        (19.9, 10, 199),
        (0, 1, 0),
        (-5, 1, 0),
        (100, 0, 0),
    ],
)
def test_points_of_a_line_are_rounded_down_and_exact(total, rate, points):
    assert shares.whole_points(total, rate) == points


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


@given(full=st.integers(min_value=0, max_value=10**7), refunds=parts)
def test_partial_refunds_take_exactly_the_whole(full, refunds):
    total, so_far, targets = sum(refunds), 0, []
    for refund in refunds:
        so_far += refund
        kept = shares.kept_share(
            shares.WHOLE,
            shares.WHOLE,
            shares.refunded_share(so_far, total, 0),
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
    assert shares.refunded_share(99.99, 100.0, 0.02) == 1
    assert shares.refunded_share(99.9, 100.0, 0.02) == Fraction(999, 1000)


def test_a_refund_never_gives_points():
    assert shares.steps(40, [50, 30, 35]) == [0, 10, 0]
