"""What holds for every policy and every case."""

from hypothesis import given, settings
from hypothesis import strategies as st
from return_cases import cases, versions, workdays

from return_policy.policy.clock import window_end
from return_policy.policy.decision import Outcome, best, decide
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
