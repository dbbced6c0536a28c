"""Goods that come back one after the other, for the tests of settlements."""

from return_policy.policy.amounts import QUANTITY_SCALE
from return_policy.policy.purchase import Lot
from return_policy.policy.settlement import Statement, due, owed
from return_policy.policy.terms import Terms

LAW = Terms(reprice=True, lost_freight=True, outbound_freight="merchant")


def lot(key, pieces=1, **vals):
    return Lot(key, units=pieces * QUANTITY_SCALE, **vals)


def fault(key, pieces=1):
    return lot(key, pieces, is_voluntary=False)


def walk(order, lots, terms=LAW):
    """Return the steps paid when the lots come back one after the other."""
    steps, settled, before = [], [], Statement()
    for item in lots:
        settled.append(item)
        step = due(owed(order, settled, terms), before)
        before += step
        steps.append(step)
    return steps
