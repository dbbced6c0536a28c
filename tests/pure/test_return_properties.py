"""What holds for every policy and every case."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from return_cases import cases, versions, workdays

from return_policy.policy.clock import window_end
from return_policy.policy.decision import Outcome, best, decide
from return_policy.policy.facts import Facts
from return_policy.policy.refusal import Code
from return_policy.policy.terms import NO_REASON, from_json, to_json

many = settings(max_examples=150, deadline=None)


@many
@given(data=st.data(), days=workdays)
def test_every_case_is_decided_and_the_same_way_again(data, days):
    version = data.draw(versions())
    facts = data.draw(cases(version))
    decision = decide(version, facts, days)
    assert decision.outcome in (Outcome.ALLOWED, Outcome.REFUSED, Outcome.REVIEW)
    assert decision.approval in (
        ("auto", "review") if decision.outcome else ("review",)
    )
    assert decide(from_json(to_json(version)), facts, days)[:-1] == decision[:-1]


@many
@given(data=st.data(), days=workdays)
def test_no_rule_takes_a_return_which_the_law_gives(data, days):
    version = data.draw(versions())
    facts = data.draw(cases(version))
    facts = facts._replace(remedy="return_refund", is_consumer=True)
    floor = version.floor
    decision = decide(version, facts, days)
    received = decision.received_at
    if not floor.window_days or facts.reason.regime != NO_REASON:
        return
    if received and facts.asked_at >= window_end(
        received, floor.window_days, version.terms.zone
    ):
        return
    assert (decision.fee_percent, decision.fee_flat) == (0, 0)
    if decision.outcome is Outcome.REFUSED and decision.code is not Code.NOTHING_LEFT:
        clause = floor.clauses[decision.clause]  # a ground which the law names
        assert facts.confirmed_at or not clause.needs_confirmation
        assert facts.seal == "opened" or not clause.if_opened
        assert decision.clause != "B2B"


@many
@given(data=st.data(), days=workdays)
def test_a_fault_is_refused_only_where_nothing_can_come_back(data, days):
    version = data.draw(versions())
    facts = data.draw(cases(version))
    decision = decide(version, facts, days)
    if facts.reason.is_fault:
        assert decision.outcome is not Outcome.REFUSED or decision.code in (
            Code.NOTHING_LEFT,
            Code.SHIPPED,
        )
    if not facts.reason.is_buyers:
        assert not decision.fee_due
        assert decision.freight_payer != "consumer"


@many
@given(data=st.data(), days=workdays)
def test_a_consumer_never_has_less_time_than_the_law_gives(data, days):
    version = data.draw(versions())
    facts = data.draw(cases(version))._replace(is_consumer=True)
    decision = decide(version, facts, days)
    if decision.received_at:
        floor = version.floor
        least = floor.quality_days if facts.reason.is_fault else floor.window_days
        end = window_end(decision.received_at, least, version.terms.zone)
        assert decision.last_moment >= end


@many
@given(data=st.data())
def test_what_goes_without_a_person_was_allowed_to(data):
    version = data.draw(versions())
    facts = data.draw(cases(version))
    decision = decide(version, facts)
    if decision.approval == "auto":
        assert decision.outcome is Outcome.ALLOWED
        assert decision.effects.approval == "auto" or version.terms.auto_approve
    if decision.keeps_item:
        assert decision.outcome is not Outcome.REFUSED
        assert 0 < facts.amount <= decision.effects.keep_item_max


@many
@given(data=st.data())
def test_a_further_version_never_makes_it_worse_for_the_buyer(data):
    found = []
    for _number in range(3):
        version = data.draw(versions(most=3))
        found.append(decide(version, data.draw(cases(version))))
    chosen = best(found)
    assert chosen in found
    rank = {"refused": 0, "review": 1, "allowed": 2}
    assert rank[chosen.outcome] == max(rank[d.outcome] for d in found)
    assert best([chosen, *found]) == chosen


OLD = {
    "format": 1,
    "number": 3,
    "terms": {
        "zone": "Asia/Shanghai",
        "preset": "CN-7",
        "window_days": 15,
        "quality_days": 30,
        "transit_days": 5,
        "auto_approve": True,
        "auto_approve_max": 9900,
        "refund_on": "received",
        "freight_payer": "merchant",
    },
    "rules": [
        {
            "key": 11,
            "name": "Fresh",
            "kind": "refuse",
            "value": "",
            "domain": "[('categ_id', '=', 4)]",
            "reasons": [],
            "legal_code": "A6_2",
            "needs_confirmation": False,
        },
        {
            "key": 12,
            "name": "Size",
            "kind": "approval",
            "value": "review",
            "domain": "[]",
            "reasons": ["size"],
            "legal_code": "",
            "needs_confirmation": False,
        },
    ],
    "confirmable": ["A7_1", "A7_2", "A7_3"],
}
SIGNED = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)


def test_a_snapshot_of_the_first_format_opens_whole():
    version = from_json(json.loads(json.dumps(OLD)))
    terms = {name: getattr(version.terms, name) for name in OLD["terms"]}
    assert terms == OLD["terms"]
    for rule, held in zip(version.rules, OLD["rules"], strict=True):
        assert {n: getattr(rule, n) for n in held if n != "reasons"} == {
            n: value for n, value in held.items() if n != "reasons"
        }
        assert rule.reasons == frozenset(held["reasons"])
        assert rule.is_plain
    assert (version.terms.reprice, version.terms.lost_freight) == (False, False)
    assert from_json(to_json(version)) == version


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        # as the first format decided it
        ({}, ("allowed", "in_window", "", "auto", 18)),
        ({"amount": 9901}, ("allowed", "in_window", "", "review", 18)),
        ({"asked_at": SIGNED + timedelta(days=16)}, ("refused", "window_closed", "",
                                                     "review", 18)),
        ({"matched": frozenset((11, 12))}, ("refused", "rule_refused", "A6_2",
                                            "review", 18)),
        ({"exclusion": "A6_1"}, ("refused", "excluded", "A6_1", "review", 18)),
        ({"exclusion": "A7_1"}, ("allowed", "in_window", "", "auto", 18)),
        ({"exclusion": "A7_1", "confirmed_at": SIGNED}, ("refused", "excluded", "A7_1",
                                                         "review", 18)),
        ({"remedy": "refund_only"}, ("review", "refund_only", "", "review", 18)),
        ({"quantity_left": 0}, ("refused", "nothing_left", "", "review", 18)),
        ({"received_at": None, "shipped_at": SIGNED}, ("allowed", "not_received", "",
                                                       "auto", 23)),
    ],
)  # fmt: skip
def test_a_snapshot_of_the_first_format_means_what_it_meant(facts, said):
    given = {"asked_at": SIGNED + timedelta(days=2), "received_at": SIGNED, **facts}
    decision = decide(from_json(OLD), Facts(**given))
    last = decision.last_moment.astimezone(UTC).day  # 16:00 UTC ends it in Shanghai
    found = decision.outcome, decision.code, decision.clause, decision.approval, last
    assert found == said
    assert (decision.refund_on, decision.freight_payer) == ("received", "merchant")
    assert not decision.fee_due
