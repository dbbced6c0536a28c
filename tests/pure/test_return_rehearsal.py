"""What counts as a change between two decisions, and facts as they were."""

from datetime import UTC, datetime, timedelta

import pytest

from return_policy.policy.decision import NO_POLICY, decide
from return_policy.policy.facts import Facts
from return_policy.policy.rehearsal import (
    TRANSITIONS,
    Side,
    as_of,
    change_between,
    changed_terms,
    side,
)
from return_policy.policy.terms import Rule, Terms, Version

SIGNED = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
FISH = Rule(1, "Fish", "refuse", legal_code="A6_2")
OTHER = Rule(2, "Meat", "refuse", legal_code="A6_2")


def decision(*rules, day=5, matched=(1, 2), **terms):
    """Return the decision on a request on a day of November 2026."""
    facts = Facts(
        asked_at=datetime(2026, 11, day, 10, 0, tzinfo=UTC),
        received_at=SIGNED,
        shipped_at=SIGNED - timedelta(days=2),
        amount=9900,
        matched=frozenset(matched),
    )
    return decide(Version(1, Terms(**terms), rules), facts)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (decision(), decision(), ""),
        (decision(), decision(FISH), "verdict"),
        (decision(day=12), decision(day=12, window_days=15), "verdict"),
        (NO_POLICY, decision(), "verdict"),
        (decision(), decision(auto_approve=True), "approval"),
        (decision(), decision(auto_approve=True, refund_on="approval"), "approval"),
        (decision(), decision(freight_payer="merchant"), "terms"),
        (decision(), decision(freight_payer="merchant", window_days=9), "terms"),
        (decision(), decision(photos=2), "terms"),
        (decision(), decision(keep_item_max=9900), "terms"),
        (decision(), decision(keep_item_max=9899), ""),
        (decision(), decision(fee_percent=1000), ""),  # the law forbids it still
        (decision(), decision(window_days=15), "window"),
        (decision(FISH), decision(OTHER), "ground"),
        (decision(FISH), decision(FISH, freight_payer="merchant"), ""),
        (decision(day=20), decision(day=20, window_days=9), ""),
        (decision(day=20), decision(FISH, day=20), "ground"),
    ],
)
def test_the_gravest_change_is_named(before, after, change):
    assert change_between(before, after) == change


def test_terms_are_named_with_both_values():
    old = decision(day=12, window_days=15, fee_percent=500)
    new = decision(day=12, window_days=15, fee_flat=300, photos=1, video=True)
    assert changed_terms(old, new) == [
        ("fee_percent", 500, 0),
        ("fee_flat", 0, 300),
        ("photos", 0, 1),
        ("video", False, True),
    ]


@pytest.mark.parametrize(
    ("judged", "expected"),
    [
        (decision(), Side("allowed", "review")),
        (decision(auto_approve=True), Side("allowed", "auto")),
        (decision(FISH), Side("refused", "")),
        (NO_POLICY, Side("review", "")),
    ],
)
def test_only_what_is_allowed_has_an_approval(judged, expected):
    assert side(judged) == expected


@pytest.mark.parametrize(
    ("minutes", "shipped"),
    [(-1, True), (0, True), (1, False)],
)
def test_what_was_shipped_later_was_not_shipped_then(minutes, shipped):
    known = {
        "asked_at": SIGNED,
        "shipped": True,
        "shipped_at": SIGNED + timedelta(minutes=minutes),
        "received_at": SIGNED + timedelta(days=1),
        "quantity_left": 0,
    }
    facts = as_of(known, 2)
    assert facts["shipped"] is shipped
    assert (facts["received_at"] is not None) is shipped
    assert facts["quantity_left"] == 2
    assert known["quantity_left"] == 0
    assert as_of(known)["quantity_left"] == 0


def test_every_state_leads_to_known_states():
    assert set().union(*TRANSITIONS.values()) <= set(TRANSITIONS)
    assert not TRANSITIONS["done"] | TRANSITIONS["cancelled"]
