"""What a buyer was promised beyond the policy betters the verdict, never worsens it."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from return_cases import cases, versions

from return_policy.policy.clock import Workdays
from return_policy.policy.decision import best, decide
from return_policy.policy.facts import Facts, Reason
from return_policy.policy.promise import Promise
from return_policy.policy.record import from_record, to_record
from return_policy.policy.terms import Rule, Terms, Version
from return_policy.policy.trace import trace

ZONE = ZoneInfo("Asia/Shanghai")
SIGNED = datetime(2026, 11, 3, 18, 0, tzinfo=ZONE)
END = datetime(2026, 11, 11, 0, 0, tzinfo=ZONE)
WEEK = timedelta(days=7)
GOLD = Promise("Gold", 7, free_freight=True)
NO_REASON = Reason()
FAULT = Reason(frozenset(("quality",)), "quality", "merchant")
RULES = (
    Rule(1, "Shoes", "window", days=15),
    Rule(2, "Clearance", "refuse", legal_code="A6_2"),
    Rule(3, "Worn", "fee", percent=1000),
    Rule(4, "Insured", "freight", value="insurance"),
    Rule(5, "Free", "freight", value="merchant"),
)


def judged(promise=GOLD, *, after=timedelta(days=2), matched=(), **given):
    """Return the verdict on goods asked back so long after signing."""
    terms = Terms(**{name: given.pop(name) for name in list(given) if name in TERMS})
    facts = {
        "asked_at": SIGNED + after,
        "received_at": SIGNED,
        "shipped_at": SIGNED - timedelta(days=2),
        "matched": frozenset(matched),
        "promise": promise,
        **given,
    }
    return decide(Version(1, terms, RULES), Facts(**facts))


TERMS = ("preset", "window_days", "freight_payer", "informs_buyer", "zone")


@pytest.mark.parametrize(
    ("asked_at", "plain", "promised"),
    [
        (END - timedelta(microseconds=1), "in_window", "in_window"),
        (END, "window_closed", "in_window"),
        (END + WEEK - timedelta(microseconds=1), "window_closed", "in_window"),
        (END + WEEK, "window_closed", "window_closed"),
    ],
)
def test_the_window_is_open_for_the_days_promised_and_not_a_moment_more(
    asked_at, plain, promised
):
    assert judged(None, asked_at=asked_at).code == plain
    decision = judged(asked_at=asked_at)
    assert (decision.code, decision.last_moment) == (promised, END + WEEK)


@pytest.mark.parametrize(
    ("given", "days", "payer", "promised"),
    [
        ({"promise": None}, 7, "consumer", []),
        ({"promise": Promise("Basic")}, 7, "consumer", []),
        ({"promise": Promise("Odd", -3)}, 7, "consumer", []),
        ({"promise": Promise("Silver", 3)}, 10, "consumer", ["window"]),
        (
            {"promise": Promise("Silver", 0, free_freight=True)},
            7,
            "merchant",
            ["freight"],
        ),
        ({}, 14, "merchant", ["window", "freight"]),
        # on top of a rule's window, and of what the law gives at least
        ({"matched": (1,)}, 22, "merchant", ["window", "freight"]),
        ({"window_days": 2}, 14, "merchant", ["window", "freight"]),
        # a payer who costs the buyer nothing stays
        ({"matched": (4,)}, 14, "insurance", ["window"]),
        ({"matched": (5,)}, 14, "merchant", ["window"]),
        ({"freight_payer": "merchant"}, 14, "merchant", ["window"]),
        ({"reason": FAULT}, 14, "merchant", ["window"]),
        # businesses too; what never left goes nowhere, but the terms hold
        ({"is_consumer": False}, 14, "merchant", ["window", "freight"]),
        (
            {"shipped": False, "shipped_at": None, "received_at": None},
            14,
            "merchant",
            ["window", "freight"],
        ),
    ],
)
def test_what_a_promise_changes_and_what_it_leaves(given, days, payer, promised):
    decision = judged(**given)
    assert decision.effects.window_days == days
    assert (decision.freight_payer, decision.promised) == (payer, promised)


def test_a_promise_moves_no_ground_of_the_law():
    excluded = judged(exclusion="A6_2")
    assert (excluded.outcome, excluded.code) == ("refused", "excluded")
    refused = judged(matched=(2,))
    assert (refused.outcome, refused.rule_key) == ("refused", 2)


def test_a_fee_is_due_in_the_days_promised_and_not_in_those_of_the_law():
    assert judged(matched=(3,)).fee_percent == 0
    assert judged(matched=(3,), after=timedelta(days=9)).fee_percent == 1000


def test_the_law_of_who_was_not_told_counts_on_top():
    given = {"preset": "EU-14", "zone": "Europe/Berlin", "window_days": 14}
    plain = judged(None, informs_buyer=False, **given).last_moment
    assert judged(informs_buyer=False, **given).last_moment >= plain
    assert plain.year == 2027


def test_the_record_makes_the_same_decision_again_and_says_what_was_promised():
    decision = judged(after=timedelta(days=9))
    stored = json.loads(json.dumps(to_record(decision.facts, decision)))
    assert stored["facts"]["promise"] == {
        "name": "Gold",
        "extra_days": 7,
        "free_freight": True,
    }
    assert stored["decision"]["promised"] == ["window", "freight"]
    facts, workdays = from_record(stored)
    assert facts.promise == GOLD
    again = decide(decision.version, facts, workdays)
    assert again._replace(workdays=decision.workdays) == decision


def test_records_of_before_there_were_promises_still_open():
    decision = judged(None)
    stored = json.loads(json.dumps(to_record(decision.facts, decision)))
    del stored["facts"]["promise"]
    assert decide(decision.version, from_record(stored)[0]).code == decision.code


def test_the_trace_of_the_rules_stays_the_same():
    given = {"asked_at": END, "received_at": SIGNED, "matched": frozenset((1, 3))}
    version = Version(1, Terms(), RULES)
    plain, promised = (trace(version, Facts(**given, promise=p)) for p in (None, GOLD))
    assert plain == promised


promises = st.builds(Promise, st.just("Gold"), st.integers(0, 40), st.booleans())


@given(data=st.data(), held=versions(), promise=promises)
@settings(max_examples=300)
def test_no_promise_is_ever_to_the_buyers_loss(data, held, promise):
    facts = data.draw(cases(held))
    plain = decide(held, facts)
    promised = decide(held, facts._replace(promise=promise))
    assert best([promised, plain]) == promised
    assert promised.fee_percent <= plain.fee_percent or plain.outcome == "refused"
    if plain.last_moment:
        assert promised.last_moment >= plain.last_moment


@given(days=st.integers(0, 400), off=st.frozensets(st.integers(0, 40), max_size=9))
def test_days_promised_end_at_midnight_of_a_day_that_counts(days, off):
    facts = Facts(SIGNED, received_at=SIGNED, promise=Promise("Gold", days))
    days_off = frozenset(SIGNED.date() + timedelta(days=number) for number in off)
    version = Version(1, Terms(window_rolls="holiday"))
    end = decide(version, facts, Workdays(days_off=days_off)).last_moment
    last = (end - timedelta(microseconds=1)).astimezone(ZONE).date()
    assert last not in days_off
    assert end.tzinfo is UTC
    assert end >= END + timedelta(days=days)
