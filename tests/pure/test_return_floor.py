"""What no policy of a preset may take from a buyer."""

import pytest

from return_policy.policy.floor import PRESETS, Breach, breaches
from return_policy.policy.terms import Rule, Terms, Version


def of(*rules, **terms):
    return breaches(Version(1, Terms(**terms), rules))


def test_the_preset_itself_stands_on_its_floor():
    assert breaches(Version(1, PRESETS["CN-7"].terms)) == []


@pytest.mark.parametrize(("days", "found"), [(0, 1), (6, 1), (7, 0), (30, 0)])
def test_a_window_under_seven_days_is_named_with_its_article(days, found):
    assert of(window_days=days) == [Breach("window", "10", number=7)] * found


def test_a_quality_window_under_seven_days_is_named_with_its_article():
    assert of(quality_days=6) == [Breach("quality_window", "24", number=7)]


@pytest.mark.parametrize("code", ["A6_1", "A6_2", "A6_3", "A6_4"])
def test_article_6_may_be_refused(code):
    assert of(Rule(1, "x", "refuse", legal_code=code)) == []


@pytest.mark.parametrize("code", ["A7_1", "A7_2", "A7_3"])
def test_article_7_may_be_refused_only_with_a_confirmation(code):
    assert of(Rule(1, "x", "refuse", legal_code=code, needs_confirmation=True)) == []
    assert of(Rule(1, "x", "refuse", legal_code=code)) == [
        Breach("confirmation", "7, 20", "x")
    ]


@pytest.mark.parametrize("code", ["", "A8", "sale goods"])
def test_any_other_refusal_is_named_with_its_rule(code):
    assert of(Rule(1, "No sale goods", "refuse", legal_code=code)) == [
        Breach("refusal", "6, 7", "No sale goods")
    ]


def test_every_breach_is_found():
    found = of(
        Rule(1, "a", "refuse"),
        Rule(2, "b", "approval", value="review"),
        Rule(3, "c", "refuse", legal_code="A7_1"),
        window_days=3,
    )
    assert [(breach.code, breach.rule) for breach in found] == [
        ("window", ""),
        ("refusal", "a"),
        ("confirmation", "c"),
    ]
