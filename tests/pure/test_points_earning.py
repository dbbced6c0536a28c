"""The rate of a line by rules, its whole points, and what caps leave of them."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_points.ledger import earning
from loyalty_points.ledger.earning import BASE, MONEY, MULTIPLIER, ORDER, UNIT, Rule

NOV_1, NOV_11 = date(2026, 11, 1), date(2026, 11, 11)
TEA, SHOP, AD, GOLD = 1, 2, 3, 4
SALE = earning.Sale(TEA, SHOP, AD, GOLD, NOV_1, 100.0)
points = st.integers(min_value=0, max_value=10**6)


def rule(key=1, number=2.0, effect=BASE, **filters):
    return Rule(key, effect, number, **filters)


@pytest.mark.parametrize(
    ("basis", "number", "total", "pieces", "expected"),
    [
        (MONEY, 1, 99.99, 1, 99),
        (MONEY, 0.1, 100, 1, 10),
        (MONEY, 100, 0.29, 1, 29),
        (MONEY, 10, 19.9, 1, 199),
        (MONEY, 1, 0, 1, 0),
        (MONEY, 1, -5, 1, 0),
        (MONEY, 0, 100, 1, 0),
        (MONEY, Fraction(1, 3), 3, 1, 1),
        (UNIT, 5, 0.01, 3, 15),
        (UNIT, 0.5, 10, 3, 1),
        (UNIT, 5, 0, 3, 0),
        (ORDER, 33, 10, 7, 33),
        (MONEY, 1, 3e9, 1, 2**31 - 1),  # as many as a database holds
    ],
)
def test_points_of_a_line_are_rounded_down_and_exact(
    basis, number, total, pieces, expected
):
    assert earning.full_points(basis, number, total, pieces) == expected


@pytest.mark.parametrize(
    ("filters", "fits"),
    [
        ({}, True),
        ({"products": frozenset({TEA})}, True),
        ({"products": frozenset({9})}, False),
        ({"products": frozenset()}, False),
        ({"teams": frozenset({SHOP}), "sources": frozenset({AD})}, True),
        ({"teams": frozenset({SHOP}), "sources": frozenset({9})}, False),
        ({"tiers": frozenset({9})}, False),
        ({"since": NOV_1, "until": NOV_11}, True),
        ({"since": NOV_11}, False),
        ({"until": date(2026, 10, 31)}, False),
        ({"minimum": 100.0}, True),
        ({"minimum": 100.01}, False),
    ],
)
def test_a_rule_fits_when_all_its_filters_do(filters, fits):
    assert rule(**filters).fits(SALE) is fits


def test_a_sale_that_says_nothing_meets_no_filter():
    nothing = earning.Sale(TEA)
    assert rule().fits(nothing)
    for filters in (
        {"teams": frozenset({SHOP})},
        {"tiers": frozenset({GOLD})},
        {"since": NOV_1},
        {"until": NOV_11},
    ):
        assert not rule(**filters).fits(nothing)


def test_the_first_base_rule_that_fits_gives_the_rate():
    rules = [
        rule(1, 9.0, products=frozenset({9})),
        rule(2, 5.0, basis=UNIT),
        rule(3, 7.0),
    ]
    assert earning.rate(rules, SALE, 1) == earning.Rate(UNIT, Fraction(5), rule=2)


def test_without_a_base_rule_the_program_gives_the_rate():
    assert earning.rate([], SALE, 0.1) == earning.Rate(MONEY, Fraction(1, 10))


def test_all_multipliers_that_fit_multiply_with_the_tier():
    rules = [
        rule(1, 2.0, MULTIPLIER),
        rule(2, 1.5, MULTIPLIER, tiers=frozenset({GOLD})),
        rule(3, 10.0, MULTIPLIER, tiers=frozenset({9})),
    ]
    assert earning.rate(rules, SALE, 1, 1.1).number == Fraction(33, 10)


@given(points, st.lists(st.floats(0.01, 10**4), min_size=1, max_size=9))
def test_points_of_an_order_are_spread_without_rest(whole, totals):
    parts = earning.spread(whole, totals)
    assert sum(parts) == whole
    assert min(parts) >= 0


def test_an_order_that_costs_nothing_spreads_nothing():
    assert earning.spread(100, [0.0, 0.0]) == [0, 0]


def test_caps_leave_what_has_room_in_every_span():
    pieces = [
        (60, {"order": 1, "day": NOV_1}),
        (60, {"order": 1, "day": NOV_1}),
        (60, {"order": 2, "day": NOV_1}),
        (60, {"order": 3, "day": NOV_11}),
    ]
    assert earning.allot(pieces, {}, {}) == [60, 60, 60, 60]
    assert earning.allot(pieces, {"order": 100}, {}) == [60, 40, 60, 60]
    assert earning.allot(pieces, {"order": 100, "day": 120}, {}) == [60, 40, 20, 60]
    used = {("day", NOV_1): 130, ("order", 3): 95}
    assert earning.allot(pieces, {"order": 100, "day": 120}, used) == [0, 0, 0, 5]


@given(
    st.lists(st.tuples(points, st.integers(0, 3), st.integers(0, 2)), max_size=12),
    points,
    points,
)
def test_no_cap_is_ever_exceeded(pieces, per_order, per_day):
    asked = [(wanted, {"order": o, "day": d}) for wanted, o, d in pieces]
    granted = earning.allot(asked, {"order": per_order, "day": per_day}, {})
    for span, most in (("order", per_order), ("day", per_day)):
        for key in range(4):
            given_here = [
                piece
                for piece, (_wanted, spans) in zip(granted, asked, strict=True)
                if spans[span] == key
            ]
            assert sum(given_here) <= most
    for piece, (wanted, _spans) in zip(granted, asked, strict=True):
        assert 0 <= piece <= wanted
