"""What is owed for everything that came back: promotions, gifts, freight, fees."""

import pytest
from return_steps import LAW, fault, lot, walk

from return_policy.policy.amounts import QUANTITY_SCALE, Part, split
from return_policy.policy.purchase import (
    Condition,
    Freight,
    Gift,
    Item,
    Lot,
    Order,
    Promotion,
)
from return_policy.policy.settlement import Statement, bonus, owed
from return_policy.policy.terms import Terms

PLAIN = Terms(reprice=False, lost_freight=False, outbound_freight="merchant")
COUPON = 100  # source of the promotion's shares
EVERYTHING = frozenset(range(10))


def sale(*prices, granted=0, pieces=1, **vals):
    """Return an order of items 0, 1, 2… and what a promotion granted them."""
    shares = split(-granted, prices)
    items = [
        Item(key, pieces * QUANTITY_SCALE, parts)
        for key, parts in enumerate(
            (Part(key, price, 0), Part(COUPON, given_up, 0))
            for key, (price, given_up) in enumerate(zip(prices, shares, strict=True))
        )
    ]
    return Order(tuple(items), **vals)


def from_(amount, units=0):
    return Condition(EVERYTHING, amount, units * QUANTITY_SCALE)


def promotion(condition, **vals):
    return {"promotions": (Promotion(1, frozenset({COUPON}), condition, **vals),)}


def total(order, *lots, terms=LAW):
    return owed(order, lots, terms).total


def test_300_less_50_is_settled_at_purchase_prices_when_one_item_is_kept():
    order = sale(20000, 15000, granted=5000, **promotion(from_(30000)))
    # paid 300.00; the kept 200.00 earn nothing, so 100.00 goes back
    statement = owed(order, [lot(1)], LAW)
    assert statement.goods == 12857
    assert statement.deducted("promotion") == 2857
    assert statement.total == 10000
    # the kept 150.00 cost 150.00
    assert total(order, lot(0)) == 15000


def test_a_promotion_still_earned_stays_with_the_kept_goods():
    order = sale(30000, 30000, granted=5000, **promotion(from_(30000)))
    # what is kept costs 250.00 alone, so the other piece gives back its whole price
    assert total(order, lot(0)) == 30000
    assert [step.total for step in walk(order, [lot(0), lot(1)])] == [30000, 25000]


def test_10_less_for_each_100_is_counted_again():
    order = sale(
        15000,
        10000,
        6000,
        granted=3000,
        **promotion(from_(10000), kind="each", value=1000),
    )
    # paid 280.00; the kept 250.00 earn 10.00 twice and cost 230.00
    assert total(order, lot(2)) == 5000
    # the kept 60.00 earn nothing
    assert total(order, lot(0), lot(1)) == 22000


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        (2, 8000),  # 80 % of 100.00: the kept 300.00 still earn it
        (1, 12000),  # the kept 200.00 earn nothing: 320.00 - 200.00
    ],
)
def test_a_percentage_is_lost_below_its_threshold(back, expected):
    prices = {2: (20000, 10000, 10000), 1: (20000, 20000)}[back]
    order = sale(
        *prices,
        granted=8000,
        **promotion(from_(30000), kind="percent", value=2000),
    )
    assert total(order, lot(back)) == expected


def test_a_percentage_with_a_limit_gives_the_kept_goods_up_to_the_limit():
    order = sale(
        40000,
        40000,
        granted=5000,
        **promotion(from_(10000), kind="percent", value=2000, limit=5000),
    )
    # 20 % of the kept 400.00 would be 80.00, the limit of 50.00 was given: costs 350.00
    assert total(order, lot(0)) == 40000


def test_without_a_threshold_or_without_the_term_shares_are_plain():
    unconditional = sale(20000, 10000, granted=3000, **promotion(from_(0, 1)))
    assert total(unconditional, lot(1)) == 9000
    lost = sale(20000, 15000, granted=5000, **promotion(from_(30000)))
    assert total(lost, lot(1), terms=PLAIN) == 12857


def test_a_quantity_can_be_the_condition():
    order = sale(5000, 5000, 5000, granted=5000, **promotion(from_(0, 3)))
    # three for the price of two; the two kept cost 100.00, which is what was paid
    assert total(order, lot(0)) == 0
    assert [step.total for step in walk(order, [lot(0), lot(1), lot(2)])] == [
        0,
        5000,
        5000,
    ]


def test_a_fault_of_the_merchant_never_costs_the_promotion():
    order = sale(20000, 15000, granted=5000, **promotion(from_(30000)))
    assert total(order, fault(1)) == 12857
    # what is returned by choice afterwards leaves nothing kept
    assert [s.total for s in walk(order, [fault(1), lot(0)])] == [12857, 17143]


def gift_order(stated):
    items = (
        Item(0, QUANTITY_SCALE, (Part(0, 20000, 0),)),
        Item(1, QUANTITY_SCALE, (Part(1, 10000, 0),)),
        Item(2, 2 * QUANTITY_SCALE, (Part(2, 0, 0),)),
    )
    earned = Condition(frozenset({0, 1}), 25000)
    return Order(items, gifts=(Gift(2, earned, stated),))


def test_a_gift_kept_is_charged_at_the_price_stated_beforehand():
    statement = owed(gift_order(1800), [lot(1)], LAW)
    assert (statement.goods, statement.deducted("gift")) == (10000, 1800)
    assert statement.total == 8200


def test_a_gift_whose_price_was_never_stated_is_free():
    assert total(gift_order(0), lot(1)) == 10000


def test_a_gift_returned_is_not_charged_nor_is_one_still_earned():
    assert total(gift_order(1800), lot(1), lot(2, 2)) == 10000
    assert total(gift_order(1800), lot(1), lot(2, 1)) == 9100
    assert total(gift_order(1800), fault(1)) == 10000


def test_a_gift_that_comes_back_later_gives_its_price_back():
    steps = walk(gift_order(1800), [lot(1), lot(2, 2), lot(0)])
    assert [step.total for step in steps] == [8200, 1800, 20000]


def test_a_gift_kept_when_everything_else_comes_back_is_charged_once():
    steps = walk(gift_order(1800), [lot(1), lot(0)])
    assert [step.total for step in steps] == [8200, 20000]


def free_from_99(*prices, waived=1200):
    return sale(*prices, freight=Freight(waived=waived, condition=from_(9900)))


def test_free_freight_is_lost_below_its_threshold():
    order = free_from_99(8000, 4000)
    assert owed(order, [lot(1)], LAW).deducted("freight") == 1200
    assert total(order, lot(1)) == 2800
    assert total(order, lot(1), terms=PLAIN) == 4000
    assert total(order, fault(1)) == 4000
    assert total(free_from_99(9900, 4000), lot(1)) == 4000


def test_whoever_keeps_nothing_pays_no_delivery_of_kept_goods():
    order = free_from_99(8000, 4000)
    assert [s.total for s in walk(order, [lot(1), lot(0)])] == [2800, 9200]
    assert total(order, lot(0), lot(1)) == 12000


def test_lost_freight_takes_no_more_than_comes_back():
    order = free_from_99(9800, 500)
    steps = walk(order, [lot(1), lot(0)])
    assert [step.total for step in steps] == [0, 10300]


@pytest.mark.parametrize(
    ("percent", "flat", "expected"),
    [
        (1000, 0, 9000),  # 10 %
        (0, 1500, 8500),
        (1000, 1500, 7500),
        (0, 99900, 0),  # never more than the goods
        (10000, 500, 0),
    ],
)
def test_a_fee_lowers_what_is_given_back(percent, flat, expected):
    order = sale(10000, 10000)
    assert total(order, lot(0, fee_percent=percent, fee_flat=flat)) == expected


def test_a_percentage_fee_is_taken_of_what_is_given_back():
    order = sale(20000, 15000, granted=5000, **promotion(from_(30000)))
    assert total(order, lot(1, fee_percent=1000)) == 9000


def test_a_fee_in_parts_is_the_fee_of_the_whole():
    order = sale(1001, pieces=3)
    steps = walk(order, [lot(0, fee_percent=1000) for _piece in range(3)])
    assert [step.deducted("fee") for step in steps] == [33, 34, 33]
    assert sum(step.total for step in steps) == 901


def test_the_merchant_never_takes_a_fee_for_its_own_fault():
    order = sale(10000)
    answer = Lot(0, False, 1000, 500, QUANTITY_SCALE)
    assert total(order, answer) == 10000


@pytest.mark.parametrize(
    ("outbound", "by_fault", "expected"),
    [
        ("none", True, 10000),
        ("merchant", False, 10000),
        ("merchant", True, 12000),
        ("standard", False, 11500),  # EU and UK: without the extra for express
        ("standard", True, 12000),
    ],
)
def test_a_whole_return_gives_freight_back_as_the_terms_say(
    outbound, by_fault, expected
):
    order = sale(6000, 4000, freight=Freight(charged=2000, express_extra=500))
    terms = Terms(outbound_freight=outbound)
    back = fault if by_fault else lot
    assert total(order, back(0), back(1), terms=terms) == expected
    assert total(order, back(0), terms=terms) == 6000


def test_freight_comes_with_the_last_of_several_steps():
    order = sale(6000, 4000, freight=Freight(charged=2000))
    terms = Terms(outbound_freight="standard")
    steps = walk(order, [lot(0), lot(1)], terms)
    assert [step.freight for step in steps] == [0, 2000]


def test_a_step_never_takes_money_back():
    order = sale(29500, 1000, 1000, granted=5000, **promotion(from_(30000)))
    steps = walk(order, [lot(1), lot(2), lot(0)])
    assert [step.total for step in steps] == [1000, 0, 25500]


@pytest.mark.parametrize(
    ("amount", "expected"), [(10000, 1100), (1, 100), (0, 0), (5, 101)]
)
def test_store_credit_gets_its_bonus(amount, expected):
    assert bonus(amount, 1000, 100) == expected


def test_nothing_back_owes_nothing():
    order = sale(6000, 0, freight=Freight(charged=2000))
    assert owed(order, [], LAW) == Statement()


def test_more_back_than_sold_is_an_error():
    with pytest.raises(ValueError, match="no share"):
        total(sale(6000), lot(0, 2))
