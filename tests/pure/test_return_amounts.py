"""Shares of money: exact sums whatever the order of partial returns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from return_policy.policy.amounts import (
    Part,
    allocate,
    in_proportion,
    payable,
    refund_parts,
    share,
    split,
    spread_discount,
    step,
    to_units,
)

MONEY = st.integers(-(10**9), 10**9)
PIECES = st.lists(st.integers(1, 50), min_size=1, max_size=8)


@given(MONEY, PIECES)
def test_partial_returns_in_any_steps_add_up_to_the_whole(total, quantities):
    whole, before, given_back = sum(quantities), 0, 0
    for quantity in quantities:
        given_back += step(total, whole, before, quantity)
        before += quantity
    assert given_back == total


@given(MONEY, MONEY, PIECES)
def test_parts_of_a_line_add_up_base_and_tax_alike(base, tax, quantities):
    parts = [Part(1, abs(base), abs(tax)), Part(2, -abs(tax), 0)]
    whole, before, pieces = sum(quantities), 0, []
    for quantity in quantities:
        pieces += refund_parts(parts, whole, before, quantity)
        before += quantity
    for part in parts:
        mine = [piece for piece in pieces if piece.source == part.source]
        assert sum(piece.base for piece in mine) == part.base
        assert sum(piece.tax for piece in mine) == part.tax


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=4), PIECES)
def test_no_step_of_a_line_gives_less_than_nothing_however_it_was_paid(own, quantities):
    price, *discounts = sorted(own, reverse=True)
    discounts = split(-price, discounts) if sum(discounts) else discounts
    parts = [Part(1, price, 0), *(Part(2, cut, 0) for cut in discounts)]
    whole, before = sum(quantities), 0
    for quantity in quantities:
        pieces = refund_parts(parts, whole, before, quantity)
        assert sum(piece.total for piece in pieces) >= 0
        before += quantity


@given(MONEY, st.lists(st.integers(0, 10**6), min_size=1, max_size=9))
def test_a_split_sums_to_the_whole_and_is_near_each_share(total, weights):
    parts = split(total, weights)
    assert sum(parts) == total
    if sum(weights):
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part - total * weight / sum(weights)) <= 1


@given(MONEY, st.lists(MONEY, min_size=1, max_size=5), MONEY, MONEY)
def test_taxes_of_any_sign_sum_to_the_whole(total, taxes, part, whole):
    assert sum(in_proportion(total, taxes, part, whole)) == total


@pytest.mark.parametrize(
    ("total", "taxes", "part", "whole", "expected"),
    [
        (1500, [1000, 2000], 5000, 10000, [500, 1000]),
        (600, [4200, -3000], 10000, 20000, [2100, -1500]),
        (0, [4200, -4200], 10000, 20000, [2100, -2100]),
        (-600, [4200, -3000], -10000, 20000, [-2100, 1500]),
        (34, [70, 30], 333, 999, [24, 10]),
        (5, [0, 5], 0, 0, [0, 5]),
        (7, [0, 0], 50, 100, [7, 0]),
    ],
)
def test_each_tax_takes_what_it_is_of_the_line(total, taxes, part, whole, expected):
    assert in_proportion(total, taxes, part, whole) == expected


@given(MONEY, MONEY, st.lists(st.integers(0, 10**6), min_size=1, max_size=9))
def test_a_discount_is_given_to_lines_without_losing_a_cent(base, tax, totals):
    discount = Part(7, -abs(base), -abs(tax))
    shares = spread_discount(discount, totals)
    assert sum(piece.base for piece in shares) == discount.base
    assert sum(piece.total for piece in shares) == discount.total


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), max_size=5))
def test_allocation_takes_no_more_than_there_is(amount, capacities):
    takes, rest = allocate(amount, capacities)
    assert sum(takes) + rest == amount
    assert all(take <= room for take, room in zip(takes, capacities, strict=True))
    assert rest == 0 or takes == capacities


@pytest.mark.parametrize(
    ("total", "part", "whole", "expected"),
    [
        (1, 1, 2, 1),
        (-1, 1, 2, -1),
        (10000, 1, 3, 3333),
        (10000, 2, 3, 6667),
        (5, 0, 9, 0),
    ],
)
def test_a_share_is_rounded_half_away_from_zero(total, part, whole, expected):
    assert share(total, part, whole) == expected


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (3, 2), (-1, 2)])
def test_a_share_of_nothing_or_of_too_much_is_an_error(part, whole):
    with pytest.raises(ValueError, match="no share"):
        share(100, part, whole)


@pytest.mark.parametrize(
    ("claim", "paid", "given_back", "still_owed", "expected"),
    [
        (30, 100, 0, 70, 30),  # paid in full
        (30, 100, 30, 40, 30),  # the second return of a paid order
        (30, 0, 0, 70, 0),  # nothing paid: only the debt shrinks
        (30, 50, 0, 70, 0),  # half paid, the rest is still owed
        (40, 50, 0, 30, 20),  # the return is worth more than the open debt
        (30, 100, 90, 0, 10),  # most went back through another door
        (30, 100, 80, -10, 20),  # credited too much: still no more than was paid
    ],
)
def test_no_more_money_leaves_than_came_in(
    claim, paid, given_back, still_owed, expected
):
    assert payable(claim, paid, given_back, still_owed) == expected


def test_quantities_are_exact_to_six_decimals():
    assert to_units(0.1) * 3 == to_units(0.3)
