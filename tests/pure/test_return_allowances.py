"""Allowances and partial returns of one line, in any order, to the last cent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from return_policy.policy.amounts import (
    Allowance,
    Part,
    allowed,
    left_of,
    refund_parts,
)
from return_policy.policy.purchase import Item, Lot, Order
from return_policy.policy.settlement import owed
from return_policy.policy.terms import Terms

# ("return", units) or ("allow", thousandths of what is left)
STEPS = st.lists(
    st.tuples(st.just("return"), st.integers(1, 4))
    | st.tuples(st.just("allow"), st.integers(0, 1000)),
    max_size=12,
)


def run(parts, whole, steps):
    """Do the steps one after the other; return their pieces and the allowances."""
    units, allowances, pieces = 0, [], []
    for kind, number in steps:
        if kind == "return":
            number = min(number, whole - units)
            pieces.append(refund_parts(parts, whole, units, number, allowances))
            units += number
            continue
        left = left_of(parts[0], whole, units, allowances)
        amount = left.total * number // 1000
        pieces.append([allowed(left, amount)])
        allowances.append(Allowance(units, amount))
    pieces.append(refund_parts(parts, whole, units, whole - units, allowances))
    return pieces, allowances


@given(st.integers(0, 10**6), st.integers(0, 10**5), st.integers(1, 9), STEPS)
def test_any_sequence_of_returns_and_allowances_adds_up_to_what_was_paid(
    base, tax, whole, steps
):
    part = Part(7, base, tax)
    pieces, _allowances = run([part], whole, steps)
    running = 0
    for piece in pieces:
        assert all(each.total >= 0 for each in piece)
        running += sum(each.total for each in piece)
        assert running <= part.total
    assert sum(each.base for piece in pieces for each in piece) == base
    assert sum(each.tax for piece in pieces for each in piece) == tax


@given(
    st.integers(0, 10**6),
    st.integers(0, 10**5),
    st.integers(0, 1000),
    st.integers(1, 9),
    STEPS,
)
def test_a_discount_of_the_line_comes_off_in_any_sequence(
    base, tax, percent, whole, steps
):
    parts = [
        Part(7, base, tax),
        Part(8, -(base * percent // 1000), -(tax * percent // 1000)),
    ]
    pieces, _allowances = run(parts, whole, steps)
    for part in parts:
        mine = [
            each for piece in pieces for each in piece if each.source == part.source
        ]
        assert sum(each.base for each in mine) == part.base
        assert sum(each.tax for each in mine) == part.tax


@given(st.integers(0, 10**6), st.integers(1, 9), STEPS)
def test_the_settlement_of_the_order_sees_the_same_sums(paid, whole, steps):
    part = Part(7, paid, 0)
    pieces, allowances = run([part], whole, steps)
    item = Item(7, whole, (part,), tuple(allowances))
    statement = owed(Order((item,)), [Lot(7, units=whole)], Terms())
    given_back = sum(each.total for piece in pieces for each in piece)
    assert statement.goods + item.allowed == paid == given_back
    assert item.allowed == sum(allowance.amount for allowance in allowances)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((("allow", 100), ("return", 1), ("return", 1)), [20, 90, 90]),
        ((("return", 1), ("allow", 200), ("return", 1)), [100, 20, 80]),
        ((("allow", 100), ("return", 1), ("allow", 500)), [20, 90, 45, 45]),
        ((("return", 2), ("allow", 500)), [200, 0, 0]),
        ((("allow", 1000), ("return", 2)), [200, 0, 0]),
    ],
)
def test_an_allowance_lowers_only_what_is_kept_when_it_is_given(steps, expected):
    pieces, _allowances = run([Part(7, 180, 20)], 2, steps)
    amounts = [sum(each.total for each in piece) for piece in pieces]
    assert (amounts[:-1] if len(amounts) > len(expected) else amounts) == expected


def test_an_allowance_is_never_more_than_what_is_left():
    left = left_of(Part(7, 90, 10), 2, 1, [Allowance(1, 30)])
    assert left == Part(7, 18, 2)
    assert allowed(left, 50) == left
    assert allowed(left, -5) == Part(7, 0, 0)


@given(st.integers(1, 10**6), st.integers(0, 2 * 10**6))
def test_too_much_asked_leaves_nothing_and_never_less(paid, asked):
    part = Part(7, paid, 0)
    assert left_of(part, 1, 0, [Allowance(0, asked)]).total == max(0, paid - asked)
