"""What no policy of a preset may take from a buyer, held against a draft."""

from dataclasses import replace

import pytest

from return_policy.policy.floor import Breach, breaches
from return_policy.policy.law import FLOORS
from return_policy.policy.terms import KINDS, REMEDIES, Rule, Terms, Version

# Terms that stand exactly on the floor of their law.
ON_THE_FLOOR = {
    code: Terms(
        preset=code,
        window_days=floor.window_days,
        window_rolls=floor.window_rolls,
        quality_days=floor.quality_days,
        refund_days=floor.refund_days,
        refund_clock=floor.refund_clock,
        outbound_freight=floor.outbound_freight,
    )
    for code, floor in FLOORS.items()
}
LIABILITIES = {
    "no_reason": "consumer",
    "quality": "merchant",
    "parcel": "carrier",
    "weather": "none",
}
STORE_ONLY = frozenset(REMEDIES) - {"return_refund"}


def of(preset, *rules, **terms):
    """Return the breaches of rules and terms put upon the floor of a law."""
    held = replace(ON_THE_FLOOR.get(preset, Terms(preset=preset)), **terms)
    return breaches(Version(1, held, rules), LIABILITIES)


def rule(kind, **values):
    return Rule(7, "My rule", kind, **values)


@pytest.mark.parametrize("preset", FLOORS)
def test_terms_on_the_floor_are_lawful(preset):
    assert of(preset) == []


# what undercuts a law: preset, terms, code, article, days asked for at least
TERMS = [
    ("CN-7", {"window_days": 6}, "window", "10", 7),
    ("CN-7", {"window_days": 0}, "window", "10", 7),
    ("CN-7", {"window_rolls": "calendar"}, "rolls", "203", 0),
    ("CN-7", {"quality_days": 6}, "quality_window", "24", 7),
    ("CN-7", {"refund_days": 8}, "refund_days", "13", 7),
    ("CN-7", {"refund_days": 8, "refund_clock": "notice"}, "refund_days", "13", 7),
    ("CN-7", {"fee_percent": 1}, "fee", "17", 7),
    ("CN-7", {"fee_flat": 1}, "fee", "17", 7),
    ("CN-7", {"remedies": STORE_ONLY}, "remedies", "14", 7),
    ("EU-14", {"window_days": 13}, "window", "9", 14),
    ("EU-14", {"window_rolls": "calendar"}, "rolls", "3(4)", 0),
    ("EU-14", {"window_rolls": "holiday"}, "rolls", "3(4)", 0),
    ("EU-14", {"quality_days": 730}, "quality_window", "10", 731),
    ("EU-14", {"refund_days": 15}, "refund_days", "13(1)", 14),
    ("EU-14", {"refund_clock": "goods_back"}, "refund_clock", "13(1)", 14),
    ("EU-14", {"outbound_freight": "none"}, "outbound", "13(1)-(2)", 0),
    ("EU-14", {"outbound_freight": "merchant"}, "outbound", "13(1)-(2)", 0),
    ("EU-14", {"fee_percent": 500}, "fee", "13(1)", 14),
    ("EU-14", {"remedies": frozenset(("store_credit",))}, "remedies", "13(1)", 14),
    ("UK-14", {"window_days": 13}, "window", "30", 14),
    ("UK-14", {"quality_days": 29}, "quality_window", "22", 30),
    ("UK-14", {"refund_days": 15}, "refund_days", "34", 14),
    ("UK-14", {"outbound_freight": "merchant"}, "outbound", "34", 0),
    ("UK-14", {"fee_flat": 500}, "fee", "34", 14),
    ("UK-14", {"remedies": STORE_ONLY}, "remedies", "34", 14),
]


@pytest.mark.parametrize(("preset", "terms", "code", "article", "number"), TERMS)
def test_terms_below_the_floor_are_named_with_their_article(
    preset, terms, code, article, number
):
    assert of(preset, **terms) == [Breach(code, article, number=number)]


@pytest.mark.parametrize(
    ("preset", "terms"),
    [
        ("CN-7", {"window_days": 30, "window_rolls": "working", "quality_days": 15}),
        ("CN-7", {"refund_days": 1, "refund_clock": "notice"}),
        ("CN-7", {"outbound_freight": "none"}),
        ("CN-7", {"outbound_freight": "standard", "freight_payer": "merchant"}),
        ("EU-14", {"window_days": 100, "refund_days": 0}),
        ("EU-14", {"informs_buyer": False}),  # a longer window, but no breach
        ("UK-14", {"window_rolls": "working", "refund_clock": "notice"}),
        ("STORE", {"window_days": 0, "quality_days": 0, "fee_percent": 5000}),
    ],
)
def test_terms_above_the_floor_are_free(preset, terms):
    assert of(preset, **terms) == []


LATE = {"CN-7": 8, "EU-14": 15, "UK-14": 15}
# what a rule may not do inside the window of the law
HARSH = [
    ("window", {"days": 3}, "window"),
    ("refuse", {}, "refusal"),
    ("approval", {"value": "refuse"}, "refusal"),
    ("fee", {"percent": 1000}, "fee"),
    ("fee", {"amount": 500}, "fee"),
    ("remedies", {"remedies": frozenset(("store_credit",))}, "remedies"),
]


@pytest.mark.parametrize("preset", FLOORS)
@pytest.mark.parametrize(("kind", "effect", "code"), HARSH)
def test_a_rule_binds_no_return_inside_the_window(preset, kind, effect, code):
    floor = FLOORS[preset]
    number = 0 if code == "refusal" else floor.window_days
    found = [Breach(code, floor.articles[code], "My rule", 7, number)]
    assert of(preset, rule(kind, **effect)) == found
    assert of(preset, rule(kind, days_from=LATE[preset] - 1, **effect)) == found
    everywhere = {"domain": "[('a', '=', 1)]", "customer_domain": "[('b', '=', 1)]"}
    assert of(preset, rule(kind, **everywhere, **effect)) == found
    reasons = frozenset(("quality", "no_reason"))
    assert found[0] in of(preset, rule(kind, reasons=reasons, **effect))
    assert of(preset, rule(kind, reasons=frozenset(("new",)), **effect)) == found
    remedies = frozenset(("return_refund", "exchange"))
    assert of(preset, rule(kind, for_remedies=remedies, **effect)) == found


@pytest.mark.parametrize("preset", FLOORS)
@pytest.mark.parametrize(("kind", "effect", "_code"), HARSH)
def test_a_rule_beyond_the_window_or_the_return_is_free(preset, kind, effect, _code):
    assert of(preset, rule(kind, days_from=LATE[preset], **effect)) == []
    others = frozenset(("exchange", "store_credit"))
    assert of(preset, rule(kind, for_remedies=others, **effect)) == []


@pytest.mark.parametrize(("kind", "effect", "_code"), HARSH[1:])
def test_a_rule_for_what_others_answer_for_is_no_matter_of_the_window(
    kind, effect, _code
):
    for code in ("quality", "parcel"):
        assert of("CN-7", rule(kind, reasons=frozenset((code,)), **effect)) == []


@pytest.mark.parametrize(("preset", "days"), [("EU-14", 15), ("UK-14", 380)])
def test_a_buyer_who_is_not_told_has_twelve_months_more(preset, days):
    fee = rule("fee", percent=1000, days_from=days)
    assert [breach.code for breach in of(preset, fee, informs_buyer=False)] == ["fee"]
    later = rule("fee", percent=1000, days_from=387)
    assert of(preset, later, informs_buyer=False) == []


@pytest.mark.parametrize(
    ("preset", "days", "article"),
    [("CN-7", 6, "24"), ("EU-14", 730, "10"), ("UK-14", 29, "22")],
)
def test_a_window_for_faults_stands_on_the_quality_floor(preset, days, article):
    faults = frozenset(("quality",))
    found = of(preset, rule("window", days=days, reasons=faults))
    number = days + 1
    assert found == [Breach("quality_window", article, "My rule", 7, number)]
    assert of(preset, rule("window", days=days + 1, reasons=faults)) == []


@pytest.mark.parametrize(
    ("preset", "article"), [("CN-7", "24"), ("EU-14", "14(1)"), ("UK-14", "35")]
)
def test_freight_of_what_others_answer_for_is_not_put_on_the_buyer(preset, article):
    found = [Breach("freight", article, "My rule", 7)]
    for codes in (("quality",), ("parcel",), ("quality", "no_reason")):
        buyer = rule("freight", value="consumer", reasons=frozenset(codes))
        assert of(preset, buyer) == found
    for values in (
        {"value": "consumer"},
        {"value": "consumer", "reasons": frozenset(("no_reason",))},
        {"value": "consumer", "reasons": frozenset(("weather",))},
        {"value": "merchant", "reasons": frozenset(("quality",))},
        {"value": "insurance", "reasons": frozenset(("quality",))},
    ):
        assert of(preset, rule("freight", **values)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_policy_without_a_law_binds_itself_alone(kind):
    harsh = Rule(1, "x", kind, value="refuse", percent=9000)
    assert breaches(Version(1, Terms(preset="STORE", window_days=0), (harsh,))) == []


def test_every_breach_is_found_terms_first_and_rules_in_their_order():
    found = of(
        "CN-7",
        Rule(1, "a", "refuse"),
        Rule(2, "b", "approval", value="review"),
        Rule(3, "c", "refuse", legal_code="A7_1"),
        window_days=3,
    )
    assert found == [
        Breach("window", "10", number=7),
        Breach("refusal", "6, 7", "a", 1),
        Breach("confirmation", "7, 20", "c", 3),
    ]
