"""What a gift, a free delivery or a promotion looks at."""

import pytest
from return_steps import LAW, lot

from return_policy.policy.amounts import QUANTITY_SCALE, Part
from return_policy.policy.purchase import (
    Condition,
    Freight,
    Gift,
    Item,
    Order,
    Promotion,
)
from return_policy.policy.settlement import owed

EVERYTHING = frozenset(range(10))


def total_of(order, *lots):
    return owed(order, lots, LAW).total


def test_a_gift_for_each_two_pieces_is_earned_for_those_kept():
    items = (
        Item(0, 4 * QUANTITY_SCALE, (Part(0, 40000, 0),)),
        Item(1, 2 * QUANTITY_SCALE, (Part(1, 0, 0),)),
    )
    pairs = Condition(frozenset({0}), 0, 2 * QUANTITY_SCALE)
    order = Order(items, gifts=(Gift(1, pairs, 3000, repeats=True),))
    assert total_of(order, lot(0, 2)) == 20000 - 1500
    assert total_of(order, lot(0, 2), lot(1)) == 20000
    assert total_of(order, lot(0, 3)) == 30000 - 3000


def test_a_deduction_tells_what_was_needed_and_what_is_kept():
    (deduction,) = owed(
        Order(
            tuple(
                Item(key, QUANTITY_SCALE, (Part(key, price, 0),))
                for key, price in enumerate((8000, 4000))
            ),
            freight=Freight(waived=1200, condition=Condition(EVERYTHING, 9900)),
        ),
        [lot(1)],
        LAW,
    ).deductions
    assert (deduction.needed, deduction.kept) == (9900, 8000)


@pytest.mark.parametrize(
    ("basis", "expected"), [("price", 3655), ("paid", 2455), ("untaxed", 2455)]
)
def test_a_condition_looks_at_prices_paid_amounts_or_untaxed_prices(basis, expected):
    items = tuple(
        Item(key, QUANTITY_SCALE, (Part(key, price - 1000, 1000), Part(9, -345, 0)))
        for key, price in enumerate((10000, 4000))
    )
    condition = Condition(EVERYTHING, 9900, basis=basis)
    order = Order(items, freight=Freight(waived=1200, condition=condition))
    assert total_of(order, lot(1)) == expected


def test_kept_goods_that_lost_a_promotion_cost_more_for_the_free_delivery():
    items = tuple(
        Item(key, QUANTITY_SCALE, (Part(key, price, 0), Part(9, share, 0)))
        for key, (price, share) in enumerate(((20000, -2857), (15000, -2143)))
    )
    less = Promotion(9, frozenset({9}), Condition(EVERYTHING, 30000))
    for limit, expected in ((19900, 10000), (20100, 8800)):
        free = Freight(waived=1200, condition=Condition(EVERYTHING, limit, 0, "paid"))
        order = Order(items, (less,), freight=free)
        # the kept 200.00 cost 200.00 alone, not the 171.43 that were paid
        assert total_of(order, lot(1)) == expected
