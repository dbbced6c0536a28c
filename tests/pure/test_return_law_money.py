"""Fees, freight and refund clocks of three laws, one row for each article and case."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from return_policy.policy.clock import refund_deadline
from return_policy.policy.decision import decide
from return_policy.policy.facts import WITHOUT_REASON, Facts, Reason
from return_policy.policy.law import FLOORS
from return_policy.policy.terms import Rule, Terms, Version

SIGNED = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
FAULT = Reason(frozenset(("quality",)), "quality", "merchant")
LOST = Reason(frozenset(("parcel",)), "logistics", "carrier")
WEATHER = Reason(frozenset(("weather",)), liability="none")
MISTAKE = Reason(frozenset(("ours",)), liability="merchant")
ZONES = {"CN-7": "Asia/Shanghai", "EU-14": "Europe/Berlin", "UK-14": "Europe/London"}
FEE = Rule(1, "x", "fee", percent=1500, amount=200)


def judge(preset, after=3, rules=(), terms=(), **facts):
    """Return the decision on a request some days after receipt."""
    terms = Terms(zone=ZONES.get(preset, "UTC"), preset=preset, **dict(terms))
    facts.setdefault("matched", frozenset(rule.key for rule in rules))
    facts = Facts(SIGNED + timedelta(days=after), received_at=SIGNED, **facts)
    return decide(Version(1, terms, tuple(rules)), facts)


# law, article, window of the law in days (the policy gives 60)
@pytest.mark.parametrize(
    ("preset", "article", "days"),
    [("CN-7", "17", 7), ("EU-14", "13(1)", 14), ("UK-14", "34", 14)],
)
@pytest.mark.parametrize("how", ["terms", "rule"])
def test_no_fee_is_taken_inside_the_window_of_the_law(preset, article, days, how):
    fee = {"fee_percent": 1500, "fee_flat": 200} if how == "terms" else {}
    given = {
        "terms": {"window_days": 60, **fee},
        "rules": [FEE] if how == "rule" else [],
    }
    end = judge(preset, terms={"window_days": days}).last_moment - SIGNED
    inside = end.total_seconds() / 86400 - 0.001
    for after, percent, flat in ((inside, 0, 0), (inside + 0.01, 1500, 200)):
        decision = judge(preset, after, **given)
        assert decision.outcome == "allowed"
        assert (decision.fee_percent, decision.fee_flat) == (percent, flat)


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        ({}, False),
        ({"is_consumer": False}, True),
        ({"remedy": "exchange"}, True),  # the law gives no exchange without a reason
        ({"remedy": "store_credit"}, True),
        ({"reason": FAULT}, False),
        ({"reason": LOST}, False),
        ({"reason": MISTAKE}, False),
        ({"reason": WEATHER}, False),
        ({"shipped": False, "remedy": "cancel"}, False),
    ],
)
def test_a_fee_inside_the_window_binds_only_whom_the_law_leaves_alone(facts, due):
    decision = judge("CN-7", rules=[FEE], **facts)
    assert (decision.fee_percent, decision.fee_flat) == ((1500, 200) if due else (0, 0))
    late = judge("CN-7", 30, rules=[FEE], terms={"window_days": 60}, **facts)
    free = facts.get("reason", WEATHER).liability != "none"
    assert late.fee_due == (not free)


# law, article, reason, whether the buyer is told, consumer: who pays the way back
FREIGHT = [
    ("CN-7", "18", WITHOUT_REASON, True, True, "consumer"),
    ("CN-7", "18", WITHOUT_REASON, False, True, "consumer"),
    ("CN-7", "18", WEATHER, True, True, "consumer"),
    ("CN-7", "24", FAULT, True, True, "merchant"),
    ("CN-7", "24", MISTAKE, True, True, "merchant"),
    ("CN-7", "24", LOST, True, True, "merchant"),
    ("EU-14", "14(1)", WITHOUT_REASON, True, True, "consumer"),
    ("EU-14", "14(1)", WITHOUT_REASON, False, True, "merchant"),
    ("EU-14", "14(1)", WITHOUT_REASON, False, False, "consumer"),
    ("EU-14", "14(1)", FAULT, True, True, "merchant"),
    ("UK-14", "35", WITHOUT_REASON, True, True, "consumer"),
    ("UK-14", "35", WITHOUT_REASON, False, True, "merchant"),
    ("UK-14", "35", FAULT, True, True, "merchant"),
    ("STORE", "-", WITHOUT_REASON, False, True, "consumer"),
    ("STORE", "-", FAULT, True, True, "merchant"),
]


@pytest.mark.parametrize(
    ("preset", "article", "reason", "told", "consumer", "payer"), FREIGHT
)
def test_who_pays_the_way_back(preset, article, reason, told, consumer, payer):
    rule = Rule(1, "x", "freight", value="consumer")
    for rules in ([], [rule]):
        decision = judge(
            preset,
            rules=rules,
            terms={"informs_buyer": told},
            reason=reason,
            is_consumer=consumer,
        )
        assert decision.freight_payer == payer


@pytest.mark.parametrize("preset", [*ZONES, "STORE"])
@pytest.mark.parametrize("reason", [WITHOUT_REASON, FAULT])
def test_an_insurance_or_the_merchant_may_always_pay(preset, reason):
    for payer in ("merchant", "insurance"):
        rule = Rule(1, "x", "freight", value=payer)
        assert judge(preset, rules=[rule], reason=reason).freight_payer == payer
        terms = {"freight_payer": payer}
        assert judge(preset, terms=terms, reason=reason).freight_payer == payer


# law, article, notice, goods or proof of sending, the refund's last moment (local)
REFUNDS = [
    ("CN-7", "13", "2026-11-05 10:00", "2026-11-09 17:30", "2026-11-16 24:00"),
    ("CN-7", "13", "2026-11-05 10:00", "2026-11-09 00:00", "2026-11-16 24:00"),
    ("CN-7", "13", "2026-11-05 10:00", "2026-11-09 23:59", "2026-11-16 24:00"),
    ("CN-7", "13", "2026-11-05 10:00", "2026-12-25 12:00", "2027-01-01 24:00"),
    ("CN-7", "13", "2028-02-15 10:00", "2028-02-22 12:00", "2028-02-29 24:00"),
    ("CN-7", "13", "2026-11-05 10:00", "", ""),
    ("EU-14", "13(1)", "2026-11-05 10:00", "2026-11-09 17:30", "2026-11-19 24:00"),
    ("EU-14", "13(1)", "2026-11-05 10:00", "2026-11-05 10:00", "2026-11-19 24:00"),
    ("EU-14", "13(1)", "2026-10-20 10:00", "2026-10-27 10:00", "2026-11-03 24:00"),
    ("EU-14", "13(1)", "2026-03-25 10:00", "2026-03-30 10:00", "2026-04-08 24:00"),
    ("EU-14", "13(1)", "2026-12-20 10:00", "2026-12-28 10:00", "2027-01-03 24:00"),
    # money may be withheld until the goods, or the proof of sending them, are there
    ("EU-14", "13(3)", "2026-11-05 10:00", "2026-11-25 17:30", "2026-11-25 17:30"),
    ("EU-14", "13(3)", "2026-11-05 10:00", "", ""),
    ("UK-14", "34", "2026-11-05 10:00", "2026-11-09 17:30", "2026-11-23 24:00"),
    ("UK-14", "34", "2026-10-20 10:00", "2026-10-24 23:59", "2026-11-07 24:00"),
    ("UK-14", "34", "2026-11-05 10:00", "", ""),
]


@pytest.mark.parametrize(
    ("preset", "article", "notice", "back", "last"),
    REFUNDS,
    ids=[f"{row[0]} {row[1]} {row[2]} {row[3]}" for row in REFUNDS],
)
def test_the_refund_is_due_by_the_clock_of_the_law(preset, article, notice, back, last):
    def local(text):
        day, _, clock = text.partition(" ")
        ends = clock == "24:00"
        moment = datetime.fromisoformat(f"{day} {'00:00' if ends else clock}")
        # whole days are counted on the clock on the wall, not in hours
        wall = moment + timedelta(days=1) if ends else moment
        return wall.replace(tzinfo=ZoneInfo(ZONES[preset]))

    floor = FLOORS[preset]
    found = refund_deadline(
        floor.refund_clock,
        floor.refund_days,
        ZONES[preset],
        local(notice),
        local(back) if back else None,
    )
    assert found == (local(last) if last else None)
