"""What is wrong with a draft in itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from return_cases import cases, siblings

from return_policy.policy.checks import problems
from return_policy.policy.decision import decide
from return_policy.policy.matching import mismatch
from return_policy.policy.terms import Rule, Terms, Version

BACK = frozenset(("return_refund", "exchange"))
CREDIT = frozenset(("store_credit",))
AUTO = {"kind": "approval", "value": "auto"}


def of(*rules, today="", **terms):
    """Return what is found as (severity, code, key, key of the other rule)."""
    found = problems(Version(1, Terms(**terms), rules), today)
    return [tuple(problem[:4]) for problem in found]


def test_a_plain_policy_has_no_problem():
    assert of() == []
    assert of(Rule(1, "a", "approval", value="auto")) == []


@pytest.mark.parametrize(
    ("terms", "severity", "code"),
    [
        ({"zone": ""}, "error", "zone"),
        ({"zone": "Asia/Atlantis"}, "error", "zone"),
        ({"zone": "../etc/passwd"}, "error", "zone"),
        ({"remedies": frozenset()}, "error", "no_remedies"),
        ({"refund_on": ""}, "error", "refund_on"),
        ({"refund_on": "some day"}, "error", "refund_on"),
        ({"freight_payer": ""}, "error", "freight_payer"),
        ({"transit_days": 0}, "warning", "no_transit"),
        ({"preset": "EU-14", "informs_buyer": False}, "warning", "uninformed"),
        ({"preset": "UK-14", "informs_buyer": False}, "warning", "uninformed"),
        ({"auto_approve": True, "refund_on": "approval"}, "warning", "auto_refund"),
    ],
)
def test_defaults_that_are_missing_or_risky_are_named(terms, severity, code):
    assert of(**terms) == [(severity, code, 0, 0)]


@pytest.mark.parametrize(
    "terms",
    [
        {"preset": "CN-7", "informs_buyer": False},
        {"auto_approve": True, "refund_on": "received"},
        {"auto_approve": True, "refund_on": "approval", "auto_approve_max": 1},
    ],
)
def test_defaults_that_are_a_choice_are_not_named(terms):
    assert of(**terms) == []


@pytest.mark.parametrize(
    ("values", "severity", "code"),
    [
        ({**AUTO, "value": ""}, "error", "no_effect"),
        ({**AUTO, "value": "merchant"}, "error", "no_effect"),
        ({"kind": "freight"}, "error", "no_effect"),
        ({"kind": "refund_on", "value": "auto"}, "error", "no_effect"),
        ({"kind": "remedies"}, "error", "no_effect"),
        ({"kind": "bonus", "percent": 1, "for_remedies": BACK}, "error", "no_effect"),
        (
            {"kind": "keep_item", "for_remedies": frozenset(("reship", "cancel"))},
            "error",
            "no_effect",
        ),
        (
            {"kind": "remedies", "remedies": CREDIT, "for_remedies": BACK},
            "error",
            "remedies_apart",
        ),
        ({**AUTO, "days_from": 8, "days_to": 7}, "error", "days_crossed"),
        ({**AUTO, "amount_from": 2, "amount_to": 1}, "error", "amounts_crossed"),
        (
            {**AUTO, "ordered_from": "2026-11-12", "ordered_to": "2026-11-11"},
            "error",
            "dates_crossed",
        ),
        ({**AUTO, "goods": "unshipped", "days_to": 3}, "error", "unshipped_days"),
        ({**AUTO, "goods": "unshipped", "days_from": 3}, "error", "unshipped_days"),
        ({**AUTO, "goods": "shipped", "days_from": 1}, "error", "shipped_days"),
        (
            {**AUTO, "goods": "unshipped", "seal": "opened"},
            "error",
            "unshipped_opened",
        ),
        ({**AUTO, "returns_min": 3}, "error", "returns_days"),
        ({**AUTO, "returns_days": 90}, "warning", "returns_min"),
        ({**AUTO, "ordered_to": "2026-11-20"}, "warning", "past"),
    ],
)
def test_a_rule_that_cannot_fit_or_says_nothing_is_named(values, severity, code):
    found = of(Rule(3, "x", **values), today="2026-11-21")
    assert found == [(severity, code, 3, 0)]


@pytest.mark.parametrize(
    "values",
    [
        {**AUTO, "days_from": 7, "days_to": 7},
        {**AUTO, "days_from": 7},
        {**AUTO, "amount_from": 5, "amount_to": 5},
        {**AUTO, "ordered_from": "2026-11-11", "ordered_to": "2026-11-21"},
        {
            **AUTO,
            "goods": "shipped",
            "days_to": 3,
        },  # due the same day, some hours later
        {**AUTO, "goods": "unshipped", "seal": "sealed"},
        {**AUTO, "returns_min": 3, "returns_days": 90},
        {"kind": "window", "days": 0},
        {"kind": "fee"},  # waives the policy's
        {"kind": "evidence"},
        {"kind": "bonus", "percent": 1, "for_remedies": CREDIT | BACK},
        {"kind": "keep_item", "amount": 1, "for_remedies": BACK},
        {"kind": "remedies", "remedies": CREDIT | BACK, "for_remedies": BACK},
    ],
)
def test_a_rule_at_the_edge_is_sound(values):
    assert of(Rule(3, "x", **values), today="2026-11-21") == []


# what the first has, what the second has: hidden by it?
PAIRS = [
    ({}, {}, True),
    ({}, {"domain": "A"}, True),
    ({"domain": "[]"}, {"domain": "A"}, True),
    ({"domain": "A"}, {"domain": "A"}, True),
    ({"domain": "A"}, {}, False),
    ({"domain": "A"}, {"domain": "B"}, False),
    ({"customer_domain": "A"}, {"domain": "A"}, False),
    ({"order_domain": "A"}, {"order_domain": "A", "domain": "B"}, True),
    ({}, {"reasons": frozenset("a")}, True),
    ({"reasons": frozenset("ab")}, {"reasons": frozenset("a")}, True),
    ({"reasons": frozenset("a")}, {"reasons": frozenset("ab")}, False),
    ({"reasons": frozenset("a")}, {}, False),
    ({"for_remedies": BACK}, {"for_remedies": frozenset(("exchange",))}, True),
    ({"for_remedies": BACK}, {}, False),
    ({"days_from": 3}, {"days_from": 3, "days_to": 9}, True),
    ({"days_from": 3}, {"days_from": 2, "days_to": 9}, False),
    ({"days_to": 9}, {"days_from": 3, "days_to": 9}, True),
    ({"days_to": 9}, {"days_from": 3, "days_to": 10}, False),
    ({"days_to": 9}, {"days_from": 3}, False),
    ({"amount_to": 100}, {"amount_from": 50, "amount_to": 100}, True),
    ({"amount_to": 100}, {"amount_to": 101}, False),
    ({"amount_from": 50}, {"amount_from": 49}, False),
    ({"ordered_from": "2026-11-01"}, {"ordered_from": "2026-11-02"}, True),
    ({"ordered_from": "2026-11-01"}, {"ordered_to": "2026-11-02"}, False),
    ({"ordered_to": "2026-11-11"}, {"ordered_to": "2026-11-11"}, True),
    ({"goods": "received"}, {"goods": "received"}, True),
    ({"goods": "received"}, {}, False),
    ({"seal": "opened"}, {"seal": "sealed"}, False),
    ({}, {"seal": "sealed"}, True),
    (
        {"returns_min": 2, "returns_days": 90},
        {"returns_min": 3, "returns_days": 90},
        True,
    ),
    (
        {"returns_min": 3, "returns_days": 90},
        {"returns_min": 2, "returns_days": 90},
        False,
    ),
    (
        {"returns_min": 2, "returns_days": 30},
        {"returns_min": 3, "returns_days": 90},
        False,
    ),
]


@pytest.mark.parametrize(("first", "second", "hidden"), PAIRS)
def test_a_rule_behind_a_wider_one_of_its_kind_never_fires(first, second, hidden):
    rules = Rule(1, "a", **AUTO, **first), Rule(2, "b", **AUTO, **second)
    assert of(*rules) == [("warning", "shadowed", 2, 1)] * hidden
    other_kind = Rule(2, "b", "evidence", photos=1, **second)
    assert of(rules[0], other_kind) == []


def test_the_same_cases_with_another_effect_contradict():
    first = Rule(1, "a", "fee", percent=1000, domain="A")
    found = problems(
        Version(1, Terms(), (first, Rule(2, "b", "fee", percent=500, domain="A")))
    )
    assert found == [("error", "contradiction", 2, 1, "b", "a")]
    wider = Rule(2, "b", "fee", percent=500)
    assert of(wider, first) == [("warning", "shadowed", 1, 2)]
    assert of(first, wider) == []
    assert of(first, Rule(2, "b", "fee", percent=1000, domain="A")) == [
        ("warning", "shadowed", 2, 1)
    ]


@pytest.mark.parametrize(
    ("first", "second", "hidden"),
    [
        ({"legal_code": "A6_2"}, {"legal_code": "A7_1"}, True),
        ({"legal_code": "A7_1"}, {"legal_code": "A6_2"}, False),  # if not confirmed
        ({"legal_code": "A7_1"}, {"legal_code": "A7_1"}, True),
        ({"legal_code": "A6_3"}, {"legal_code": "A6_2"}, False),  # if not opened
        ({"legal_code": "B2B"}, {"legal_code": "A6_2"}, False),  # if a consumer
        ({"needs_confirmation": True}, {}, False),
        ({"needs_confirmation": True}, {"needs_confirmation": True}, True),
        ({}, {"needs_confirmation": True}, True),
        ({}, {"reasons": frozenset(("quality",))}, False),  # binds no fault
        ({"reasons": frozenset(("quality",))}, {}, False),
    ],
)
def test_a_refusal_hides_another_only_where_its_ground_always_holds(
    first, second, hidden
):
    crabs = {"kind": "refuse", "domain": "[('name', '=', 'Crab')]"}
    rules = Rule(1, "a", **crabs, **first), Rule(2, "b", **crabs, **second)
    assert of(*rules) == [("warning", "shadowed", 2, 1)] * hidden


def test_a_window_without_reasons_hides_none_for_faults():
    fault = Rule(2, "b", "window", days=15, reasons=frozenset(("quality",)))
    assert of(Rule(1, "a", "window", days=30), fault) == []


def test_a_rule_that_never_fits_hides_nothing():
    lame = Rule(1, "a", **AUTO, days_from=5, days_to=4)
    same = Rule(2, "b", **AUTO, days_from=5, days_to=4)
    assert [found[1] for found in of(lame, same)] == ["days_crossed", "days_crossed"]


def test_problems_come_terms_first_and_in_the_order_of_the_rules():
    found = of(
        Rule(9, "a", "freight"),
        Rule(4, "b", **AUTO),
        Rule(6, "c", **AUTO),
        Rule(5, "d", "remedies"),
        zone="",
    )
    assert [(key, code) for _severity, code, key, _other in found] == [
        (0, "zone"),
        (9, "no_effect"),
        (6, "shadowed"),
        (5, "no_effect"),
    ]


UNREACHABLE = {
    "days_crossed",
    "amounts_crossed",
    "dates_crossed",
    "unshipped_days",
    "shipped_days",
    "unshipped_opened",
}


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_rule_called_unreachable_never_speaks(data):
    version = data.draw(siblings())
    found = problems(version)
    silent = {p.rule_key for p in found if p.code in ("shadowed", "contradiction")}
    lame = {p.rule_key for p in found if p.code in UNREACHABLE}
    if not silent | lame:
        return
    for facts in data.draw(st.lists(cases(version), min_size=8, max_size=8)):
        decision = decide(version, facts)
        spoke = {decision.rule_key, *decision.effects.fired}
        assert not spoke & (silent | lame)
        for rule in version.rules:
            received = decision.received_at
            assert rule.key not in lame or mismatch(rule, facts, version, received)


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ({"legal_code": "A6_1"}, True),
        ({"legal_code": "A6_1", "domain": "[]", "order_domain": "[]"}, True),
        ({"legal_code": "A6_1", "domain": "[('id', '=', 1)]"}, False),
        ({"legal_code": "A6_1", "order_domain": "[('id', '=', 1)]"}, False),
        ({"legal_code": "B2B"}, False),
        ({}, False),
    ],
)
def test_a_ground_of_some_goods_that_refuses_all_is_named(rule, found):
    expected = [("warning", "all_goods", 1, 0)] if found else []
    assert of(Rule(1, "a", "refuse", **rule)) == expected
