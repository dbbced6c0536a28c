"""Which rules spoke, and why the others did not."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from return_cases import cases, versions, workdays

from return_policy.policy.decision import decide
from return_policy.policy.facts import Facts, Reason
from return_policy.policy.terms import Rule, Terms, Version
from return_policy.policy.trace import trace

SIGNED = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
ASKED = datetime(2026, 11, 5, 10, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
FAULT = Reason(frozenset(("quality",)), "quality", "merchant")
CREDIT = frozenset(("store_credit",))
AUTO = {"kind": "approval", "value": "auto"}


def why(*rules, preset="CN-7", domains=None, **facts):
    """Return why each rule did not speak; None for those which did."""
    given = {"asked_at": ASKED, "received_at": SIGNED, "ordered_at": SIGNED}
    given["matched"] = frozenset(rule.key for rule in rules)
    version = Version(1, Terms(preset=preset), rules)
    steps = trace(version, Facts(**{**given, **facts}), domains=domains)
    assert [step.rule for step in steps] == list(rules)
    return [None if step.fired else step.why for step in steps]


@pytest.mark.parametrize(
    ("values", "facts", "reason"),
    [
        ({}, {}, None),
        ({}, {"matched": frozenset()}, "domain"),
        ({"reasons": frozenset(("quality",))}, {}, "reason"),
        ({"for_remedies": CREDIT}, {}, "remedy"),
        ({"days_from": 3}, {}, "days"),
        ({"days_to": 1}, {}, "days"),
        ({"days_from": 1}, {"received_at": None}, "days"),
        ({"days_from": 2, "days_to": 2}, {}, None),
        ({"amount_from": 101}, {"amount": 100}, "amount"),
        ({"amount_to": 99}, {"amount": 100}, "amount"),
        ({"amount_from": 100, "amount_to": 100}, {"amount": 100}, None),
        ({"goods": "unshipped"}, {}, "goods"),
        ({"goods": "shipped"}, {}, "goods"),
        ({"goods": "received"}, {}, None),
        ({"seal": "opened"}, {}, "seal"),
        ({"seal": "opened"}, {"seal": "sealed"}, "seal"),
        ({"seal": "opened"}, {"seal": "opened"}, None),
        ({"returns_min": 2, "returns_days": 90}, {"returns": {90: 1}}, "returns"),
        ({"returns_min": 2, "returns_days": 90}, {"returns": {90: 2}}, None),
        ({"ordered_from": "2026-11-04"}, {}, "ordered"),
        ({"ordered_to": "2026-11-02"}, {}, "ordered"),
        ({"ordered_from": "2026-11-03", "ordered_to": "2026-11-03"}, {}, None),
        ({"ordered_to": "2026-11-03"}, {"ordered_at": None}, "ordered"),
        ({"ordered_from": "0001-01-01", "ordered_to": "9999-12-31"}, {}, None),
        ({"ordered_from": "9999-12-31"}, {}, "ordered"),
        ({"ordered_to": "0001-01-01"}, {}, "ordered"),
    ],
)
def test_a_rule_is_silent_for_the_condition_the_case_fails(values, facts, reason):
    assert why(Rule(1, "a", **AUTO, **values), **facts) == [reason]


def test_the_domain_that_does_not_fit_is_named_where_the_caller_knows():
    version = Version(1, Terms(), (Rule(1, "a", **AUTO),))
    facts = Facts(asked_at=ASKED, received_at=SIGNED)
    assert trace(version, facts, domains={1: "customer"})[0].detail == "customer"
    assert trace(version, facts)[0].detail == ""


def test_the_first_that_fits_speaks_for_its_kind():
    rules = (
        Rule(1, "a", "fee", percent=1, days_from=9),
        Rule(2, "b", "fee", percent=2),
        Rule(3, "c", "fee", percent=3),
        Rule(4, "d", "freight", value="merchant"),
    )
    assert why(*rules) == ["days", None, "earlier", None]
    version = Version(1, Terms(), rules)
    facts = Facts(ASKED, received_at=SIGNED, matched=frozenset((1, 2, 3, 4)))
    assert [step.other for step in trace(version, facts)] == [0, 0, 2, 0]


@pytest.mark.parametrize(
    ("values", "facts", "reason"),
    [
        ({"legal_code": "A6_2"}, {}, None),
        ({"legal_code": "A7_1"}, {}, "unconfirmed"),
        ({"legal_code": "A7_1"}, {"confirmed_at": SIGNED}, None),
        ({"legal_code": "B2B"}, {}, "consumer"),
        ({"legal_code": "B2B"}, {"is_consumer": False}, None),
        ({"legal_code": "A6_3"}, {"seal": "sealed"}, "sealed"),
        ({"legal_code": "A6_3"}, {"seal": "opened"}, None),
        ({"legal_code": "A6_3"}, {}, None),  # it asks
        ({"legal_code": "A6_3", "seal": "opened"}, {}, None),  # it asks
        ({"legal_code": "A6_3", "seal": "opened"}, {"seal": "sealed"}, "seal"),
        ({"legal_code": ""}, {}, None),  # left to a person, below the law
        ({"legal_code": "A6_2"}, {"exclusion": "A6_1"}, "excluded"),
        ({"legal_code": "A6_2"}, {"exclusion": "A6_3"}, "excluded"),
        ({"legal_code": "A6_2"}, {"exclusion": "A7_1"}, None),
        ({"legal_code": "A6_2"}, {"reason": FAULT}, "regime"),
        ({"reasons": frozenset(("quality",))}, {"reason": FAULT}, None),
        ({"legal_code": ""}, {"asked_at": LATER}, None),
        ({"seal": "opened"}, {"asked_at": LATER}, "late"),
        (
            {"reasons": frozenset(("quality",))},
            {"reason": FAULT, "quantity_left": 0},
            "late",
        ),
    ],
)
def test_a_refusal_is_silent_where_its_ground_does_not_hold(values, facts, reason):
    assert why(Rule(1, "a", "refuse", **values), **facts) == [reason]


def test_a_silent_refusal_lets_the_next_one_speak():
    rules = (
        Rule(1, "a", "refuse", legal_code="A7_1"),
        Rule(2, "b", "refuse", legal_code="A6_2"),
        Rule(3, "c", "refuse", legal_code="A6_1"),
    )
    assert why(*rules) == ["unconfirmed", None, "earlier"]


def test_with_a_broken_rule_none_is_asked():
    rules = Rule(1, "a", "refuse"), Rule(2, "b", **AUTO)
    assert why(*rules, broken_rule="a") == ["broken", "broken"]


@settings(max_examples=200, deadline=None)
@given(data=st.data(), days=workdays)
def test_what_spoke_is_what_decided(data, days):
    version = data.draw(versions())
    facts = data.draw(cases(version))
    decision = decide(version, facts, days)
    steps = trace(version, facts, days)
    spoke = {step.rule.key for step in steps if step.fired}
    assert spoke == {*decision.effects.fired, decision.rule_key} - {0}
    for step in steps:
        assert step.fired == (not step.why)
        assert bool(step.other) == (step.why == "earlier")
