"""Whatever comes back in whatever order: the sums of a settlement hold."""

from hypothesis import given
from hypothesis import strategies as st
from return_steps import fault, lot, walk

from return_policy.policy.amounts import QUANTITY_SCALE, Part, split
from return_policy.policy.purchase import (
    Condition,
    Freight,
    Gift,
    Item,
    Order,
    Promotion,
)
from return_policy.policy.settlement import owed
from return_policy.policy.terms import Terms

TERMS = st.builds(
    Terms,
    reprice=st.booleans(),
    lost_freight=st.booleans(),
    outbound_freight=st.sampled_from(("none", "merchant", "standard")),
)
CONDITIONS = st.builds(
    Condition,
    st.frozensets(st.integers(0, 4)),
    st.integers(0, 40000),
    st.integers(0, 6).map(lambda pieces: pieces * QUANTITY_SCALE),
)


@st.composite
def goods(draw, prices, sources):
    """Return items of these prices, with their shares of what was granted."""
    shares = [
        split(-draw(st.integers(0, sum(prices) // 2)), prices) for _source in sources
    ]
    return tuple(
        Item(
            key,
            draw(st.integers(1, 4)) * QUANTITY_SCALE,
            (
                Part(key, price, 0),
                *(
                    Part(source, share[key], 0)
                    for source, share in zip(sources, shares, strict=True)
                ),
            ),
        )
        for key, price in enumerate(prices)
    )


@st.composite
def orders(draw, with_promotions=True):
    prices = draw(st.lists(st.integers(0, 20000), min_size=1, max_size=5))
    sources = range(100, 100 + draw(st.integers(0, 2 if with_promotions else 0)))
    items = draw(goods(prices, sources))
    promotions = tuple(
        Promotion(
            source,
            frozenset({source}),
            draw(CONDITIONS),
            draw(st.sampled_from(("once", "each", "percent"))),
            draw(st.integers(0, 9000)),
            draw(st.integers(0, 3000)),
        )
        for source in sources
    )
    gifts = tuple(
        Gift(item.key, draw(CONDITIONS), draw(st.integers(0, 3000)))
        for item in items
        if not item.paid
    )
    charged = draw(st.integers(0, 2000))
    waived = 0 if charged else draw(st.integers(0, 2000))
    extra = draw(st.integers(0, 2000))
    freight = Freight(charged, extra, waived, draw(st.none() | CONDITIONS))
    return Order(items, promotions, gifts, freight)


@st.composite
def returns(draw, order, fees):
    """Return lots that give the whole order back, piece by piece in any order."""
    pieces = [
        item.key
        for item in order.items
        for _piece in range(item.whole // QUANTITY_SCALE)
    ]
    return [
        fault(key) if draw(st.booleans()) else lot(key, **fees(key))
        for key in draw(st.permutations(pieces))
    ]


def is_fair(order, lots, terms):
    """Whatever the way: nothing negative, never above paid, the same in the end."""
    steps = walk(order, lots, terms)
    at_once = owed(order, lots, terms)
    worth = sum(item.paid for item in order.items)
    settled = 0
    for number, step in enumerate(steps, 1):
        now = owed(order, lots[:number], terms)
        settled += step.total
        assert step.total >= 0
        assert now.total >= 0
        assert now.goods <= worth
        assert settled <= worth + order.freight.charged
    assert at_once.goods == worth
    assert settled == at_once.total


@given(st.data(), TERMS, st.integers(0, 10000))
def test_any_way_of_returning_everything_pays_the_same(data, terms, percent):
    order = data.draw(orders())
    lots = data.draw(returns(order, lambda key: {"fee_percent": percent}))
    is_fair(order, lots, terms)


@given(st.data(), TERMS, st.lists(st.integers(0, 3000), min_size=5, max_size=5))
def test_fees_of_each_item_add_up_any_way(data, terms, fees):
    order = data.draw(orders(with_promotions=False))
    lots = data.draw(returns(order, lambda key: {"fee_flat": fees[key]}))
    is_fair(order, lots, terms)


@given(st.data(), TERMS)
def test_by_fault_of_the_merchant_everything_paid_goes_back(data, terms):
    order = data.draw(orders())
    lots = [fault(item.key, item.whole // QUANTITY_SCALE) for item in order.items]
    statement = owed(order, lots, terms)
    assert statement.deductions == ()
    assert statement.goods == sum(item.paid for item in order.items)
    cut = data.draw(st.integers(0, len(lots)))
    assert owed(order, lots[:cut], terms).deductions == ()


@given(st.data(), TERMS)
def test_the_parts_of_a_statement_add_up(data, terms):
    order = data.draw(orders())
    lots = data.draw(returns(order, lambda key: {"fee_percent": 1000, "fee_flat": 50}))
    cut = data.draw(st.integers(0, len(lots)))
    statement = owed(order, lots[:cut], terms)
    kinds = ("promotion", "gift", "freight", "fee")
    assert statement.total == (
        statement.goods + statement.freight - sum(map(statement.deducted, kinds))
    )
    assert all(statement.deducted(kind) >= 0 for kind in kinds[1:])
