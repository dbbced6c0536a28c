"""Which of two decisions is better for the buyer."""

from datetime import UTC, datetime, timedelta

import pytest

from return_policy.policy.decision import Code, Decision, Outcome, best, decide
from return_policy.policy.facts import Facts
from return_policy.policy.matching import Effects
from return_policy.policy.terms import REMEDIES, Rule, Terms, Version

END = datetime(2026, 11, 10, 16, 0, tzinfo=UTC)
PLAIN = {
    "window_days": 7,
    "approval": "",
    "refund_on": "received",
    "freight_payer": "consumer",
    "fee_percent": 500,
    "fee_flat": 100,
    "bonus_percent": 0,
    "bonus_flat": 0,
    "keep_item_max": 0,
    "photos": 1,
    "video": True,
    "remedies": frozenset(REMEDIES),
}


def decision(outcome="allowed", remedy="return_refund", end=END, effects=None, **vals):
    vals.setdefault("fee_due", True)
    return Decision(
        Outcome(outcome),
        Code.IN_WINDOW,
        remedy,
        last_moment=end,
        effects=Effects(**{**PLAIN, **(effects or {})}),
        **vals,
    )


# from worse to better
LADDERS = [
    [decision("none"), decision("refused"), decision("review"), decision("allowed")],
    [decision(end=END), decision(end=END + timedelta(days=1)), decision(end=None)],
    [decision(approval="review"), decision(approval="auto")],
    [
        decision(),
        decision(effects={"fee_flat": 99}),
        decision(effects={"fee_percent": 400, "fee_flat": 900}),
        decision(fee_due=False),
    ],
    [
        decision(),
        decision(effects={"freight_payer": "insurance"}),
        decision(effects={"freight_payer": "merchant"}),
    ],
    [decision(), decision(keeps_item=True)],
    [
        decision(effects={"refund_on": "inspected"}),
        decision(effects={"refund_on": "received"}),
        decision(effects={"refund_on": "scanned"}),
        decision(effects={"refund_on": "approval"}),
    ],
    [
        decision(remedy="store_credit"),
        decision(remedy="store_credit", effects={"bonus_flat": 1}),
        decision(remedy="store_credit", effects={"bonus_percent": 1}),
    ],
    [
        decision(),
        decision(effects={"video": False}),
        decision(effects={"photos": 0}),
    ],
    # what counts more: yes or no, then money, then time, then trouble
    [
        decision("refused", fee_due=False, approval="auto"),
        decision("review", fee_due=False, end=None),
        decision("allowed"),
    ],
    [
        decision(end=None, effects={"fee_percent": 600}),
        decision(end=END),
    ],
    [
        decision(end=END, approval="auto"),
        decision(end=END + timedelta(days=1), approval="review"),
    ],
    [
        decision(remedy="store_credit", end=END + timedelta(days=23)),
        decision(remedy="store_credit", effects={"bonus_percent": 1000}),
    ],
]


@pytest.mark.parametrize("ladder", LADDERS)
def test_the_better_one_for_the_buyer_wins_in_any_order(ladder):
    for number, worse in enumerate(ladder):
        for better in ladder[number + 1 :]:
            assert best([worse, better], 100_000) is better
            assert best([better, worse], 100_000) is better


@pytest.mark.parametrize(
    ("amount", "pieces", "flat_is_better"),
    [(1_000, 1, False), (4_900, 1, False), (5_100, 1, True), (5_100, 2, False)],
)
def test_fees_are_compared_in_money(amount, pieces, flat_is_better):
    percent = decision(effects={"fee_percent": 1000, "fee_flat": 0})
    flat = decision(effects={"fee_percent": 0, "fee_flat": 500})
    better = flat if flat_is_better else percent
    assert best([percent, flat], amount, pieces) is better
    assert best([flat, percent], amount, pieces) is better


def test_of_equal_ones_the_first_wins():
    one, other = decision(), decision()
    assert best([one, other]) is one
    assert best([other, one]) is other
    assert best([one]) is one


def test_a_later_version_holds_where_it_is_better():
    """A policy with 30 days helps an order whose own version gave it 7."""
    facts = Facts(END, received_at=END - timedelta(days=9), matched=frozenset((1,)))
    own = decide(Version(1, Terms()), facts)
    later = decide(Version(2, Terms(window_days=30)), facts)
    worse = decide(Version(3, Terms(), (Rule(1, "x", "fee", percent=100),)), facts)
    assert best([own, worse, later]).version.number == 2
    assert best([own, worse]).version.number == 1
