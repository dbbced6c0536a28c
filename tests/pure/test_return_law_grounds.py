"""The grounds of three laws for refusing a return without a reason, one by one."""

from datetime import UTC, datetime

import pytest

from return_policy.policy.decision import decide
from return_policy.policy.facts import Facts, Reason
from return_policy.policy.floor import breaches
from return_policy.policy.law import FLOORS, GROUNDS
from return_policy.policy.terms import Rule, Terms, Version

SIGNED = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
ASKED = datetime(2026, 11, 5, 10, 0, tzinfo=UTC)
CONFIRMED = datetime(2026, 10, 30, 10, 0, tzinfo=UTC)
ALWAYS, CONFIRM, OPENED, BUSINESS = "always", "confirm", "opened", "business"

# preset, ground, article, when it holds; §: Chinese rules, EU directive, UK regulations
LAW = [
    ("CN-7", "A6_1", "6(1)", ALWAYS),
    ("CN-7", "A6_2", "6(2)", ALWAYS),
    ("CN-7", "A6_3", "6(3)", OPENED),
    ("CN-7", "A6_4", "6(4)", ALWAYS),
    ("CN-7", "A7_1", "7(1)", CONFIRM),
    ("CN-7", "A7_2", "7(2)", CONFIRM),
    ("CN-7", "A7_3", "7(3)", CONFIRM),
    ("CN-7", "B2B", "2", BUSINESS),
    ("EU-14", "E16_B", "16(b)", ALWAYS),
    ("EU-14", "A6_1", "16(c)", ALWAYS),
    ("EU-14", "A6_2", "16(d)", ALWAYS),
    ("EU-14", "A7_1", "16(e)", OPENED),
    ("EU-14", "E16_F", "16(f)", ALWAYS),
    ("EU-14", "E16_G", "16(g)", ALWAYS),
    ("EU-14", "E16_H", "16(h)", ALWAYS),
    ("EU-14", "A6_3", "16(i)", OPENED),
    ("EU-14", "A6_4", "16(j)", ALWAYS),
    ("EU-14", "E16_K", "16(k)", ALWAYS),
    ("EU-14", "E16_L", "16(l)", ALWAYS),
    ("EU-14", "E16_M", "16(m)", CONFIRM),
    ("EU-14", "B2B", "2(1)", BUSINESS),
    ("UK-14", "E16_B", "28(1)(a)", ALWAYS),
    ("UK-14", "A6_1", "28(1)(b)", ALWAYS),
    ("UK-14", "A6_2", "28(1)(c)", ALWAYS),
    ("UK-14", "E16_G", "28(1)(d)", ALWAYS),
    ("UK-14", "E16_H", "28(1)(e)", ALWAYS),
    ("UK-14", "A6_4", "28(1)(f)", ALWAYS),
    ("UK-14", "E16_K", "28(1)(g)", ALWAYS),
    ("UK-14", "E16_L", "28(1)(h)", ALWAYS),
    ("UK-14", "A7_1", "28(3)(a)", OPENED),
    ("UK-14", "A6_3", "28(3)(b)", OPENED),
    ("UK-14", "E16_F", "28(3)(c)", ALWAYS),
    ("UK-14", "E16_M", "37", CONFIRM),
    ("UK-14", "B2B", "4", BUSINESS),
]
IDS = [f"{preset} {article}" for preset, _ground, article, _when in LAW]
each_ground = pytest.mark.parametrize(
    ("preset", "ground", "article", "when"), LAW, ids=IDS
)
# what has to be true for a ground to hold, and what it takes in a rule
FACTS = {
    ALWAYS: {},
    CONFIRM: {"confirmed_at": CONFIRMED},
    OPENED: {"seal": "opened"},
    BUSINESS: {"is_consumer": False},
}
TICKS = {
    ALWAYS: {},
    CONFIRM: {"needs_confirmation": True},
    OPENED: {"seal": "opened"},
    BUSINESS: {"customer_domain": "[('is_company', '=', True)]"},
}


def terms(preset):
    floor = FLOORS[preset]
    return Terms(
        preset=preset,
        window_days=floor.window_days,
        window_rolls=floor.window_rolls,
        quality_days=floor.quality_days,
        refund_days=floor.refund_days,
        refund_clock=floor.refund_clock,
        outbound_freight=floor.outbound_freight,
    )


def judge(preset, *rules, **facts):
    facts = {"asked_at": ASKED, "received_at": SIGNED, "matched": {1}, **facts}
    facts["matched"] = frozenset(facts["matched"])
    decision = decide(Version(1, terms(preset), rules), Facts(**facts))
    return decision.outcome, decision.code, decision.clause, decision.unconfirmed


def test_the_table_holds_every_ground_of_every_law():
    written = {
        (preset, code, clause.article)
        for preset, floor in FLOORS.items()
        for code, clause in floor.clauses.items()
    }
    assert {row[:3] for row in LAW} == written


@each_ground
def test_a_ground_on_the_product_holds(preset, ground, article, when):
    found = judge(preset, exclusion=ground, **FACTS[when])
    assert found == ("refused", "excluded", ground, "")


@each_ground
def test_a_rule_with_the_ground_may_be_published_and_holds(
    preset, ground, article, when
):
    rule = Rule(1, "x", "refuse", legal_code=ground, **TICKS[when])
    assert breaches(Version(1, terms(preset), (rule,))) == []
    found = judge(preset, rule, **FACTS[when])
    assert found == ("refused", "rule_refused", ground, "")


@each_ground
def test_a_fault_is_stronger_than_any_ground(preset, ground, article, when):
    fault = Reason(frozenset(("quality",)), "quality", "merchant")
    found = judge(preset, exclusion=ground, reason=fault, **FACTS[when])
    assert found == ("allowed", "quality", "", "")


MISSING = {
    ALWAYS: None,
    CONFIRM: ("allowed", "in_window", "", "{}"),
    OPENED: ("review", "ask_opened", "{}", ""),
    BUSINESS: ("allowed", "in_window", "", ""),
}


@each_ground
def test_a_ground_without_what_it_needs_does_not_hold(preset, ground, article, when):
    if when == ALWAYS:
        assert judge(preset, exclusion=ground)[0] == "refused"
        return
    expected = tuple(part.format(ground) for part in MISSING[when])
    assert judge(preset, exclusion=ground) == expected
    careless = Rule(1, "x", "refuse", legal_code=ground)
    assert judge(preset, careless) == expected
    code = {CONFIRM: "confirmation", OPENED: "opened", BUSINESS: "b2b"}[when]
    found = breaches(Version(1, terms(preset), (careless,)))
    assert [(breach.code, breach.rule_key) for breach in found] == [(code, 1)]


@each_ground
def test_a_ground_needs_no_more_than_the_law_says(preset, ground, article, when):
    """Goods that never left the house are sealed, and businesses need no consent."""
    sealed = judge(preset, exclusion=ground, seal="sealed", confirmed_at=CONFIRMED)
    assert sealed[0] == ("allowed" if when in (OPENED, BUSINESS) else "refused")
    unshipped = judge(
        preset, exclusion=ground, shipped=False, received_at=None, **FACTS[when]
    )
    assert unshipped[0] == ("allowed" if when == OPENED else "refused")
    business = judge(preset, exclusion=ground, is_consumer=False)
    assert business == ("refused", "excluded", ground, "")


@pytest.mark.parametrize(
    ("preset", "ground"),
    [
        (preset, code)
        for preset, floor in FLOORS.items()
        for code in (*GROUNDS, "", "A8", "sale goods")
        if code not in floor.clauses
    ],
)
def test_what_a_law_does_not_name_is_no_ground(preset, ground):
    assert judge(preset, exclusion=ground) == ("allowed", "in_window", "", "")
    rule = Rule(1, "x", "refuse", legal_code=ground, needs_confirmation=True)
    found = breaches(Version(1, terms(preset), (rule,)))
    assert [breach.code for breach in found] == ["refusal"]
    decided = judge(preset, rule, confirmed_at=CONFIRMED)
    assert decided == ("review", "below_floor", "", "")


@pytest.mark.parametrize("seal", ["sealed", "opened", ""])
def test_opening_the_parcel_is_no_ground(seal):
    """Interpretation 8/2022 of the Supreme People's Court, art. 3; art. 8 and 31."""
    rule = Rule(1, "x", "refuse", seal="opened")
    found = breaches(Version(1, terms("CN-7"), (rule,)))
    assert [breach.code for breach in found] == ["refusal"]
    assert judge("CN-7", rule, seal=seal)[0] != "refused"
