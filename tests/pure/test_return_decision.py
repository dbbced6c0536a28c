"""Verdicts on returns: every outcome, with its reason, clause and dates."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from return_policy.policy.decision import Code, Outcome, decide
from return_policy.policy.facts import Facts, Reason
from return_policy.policy.terms import Rule, Terms, Version

ZONE = ZoneInfo("Asia/Shanghai")
SIGNED = datetime(2026, 11, 3, 18, 0, tzinfo=ZONE)
END = datetime(2026, 11, 11, 0, 0, tzinfo=ZONE)
FRESH = Rule(1, "Fresh food", "refuse", legal_code="A6_2")
CHEAP = Rule(2, "Cheap goods", "approval", value="auto")
COSTLY = Rule(3, "Jewellery", "approval", value="review")
SEALED = Rule(
    4, "Sealed cosmetics", "refuse", legal_code="A7_1", needs_confirmation=True
)


FAULT = Reason(frozenset(("quality", "quality_fault")), "quality", "merchant")


def version(*rules, **terms):
    return Version(1, Terms(**terms), rules)


def facts(**values):
    values.setdefault("asked_at", datetime(2026, 11, 5, 9, 0, tzinfo=ZONE))
    values.setdefault("received_at", SIGNED)
    values.setdefault("shipped_at", datetime(2026, 11, 1, 9, 0, tzinfo=ZONE))
    return Facts(**values)


@pytest.mark.parametrize(
    ("asked_at", "outcome", "code"),
    [
        (SIGNED - timedelta(seconds=1), "allowed", "not_received"),
        (SIGNED, "allowed", "in_window"),
        (END - timedelta(seconds=1), "allowed", "in_window"),
        (END - timedelta(microseconds=1), "allowed", "in_window"),
        (END, "refused", "window_closed"),
        (END + timedelta(seconds=1), "refused", "window_closed"),
    ],
)
def test_window_is_open_up_to_the_last_moment(asked_at, outcome, code):
    decision = decide(version(), facts(asked_at=asked_at))
    assert (decision.outcome, decision.code) == (outcome, code)
    assert decision.last_moment == END
    assert decision.received_at == SIGNED
    assert not decision.assumed


@pytest.mark.parametrize("clause", ["A6_1", "A6_2", "A6_4"])
@pytest.mark.parametrize("shipped", [True, False])
def test_goods_of_article_6_are_never_returnable_without_a_reason(clause, shipped):
    decision = decide(version(), facts(exclusion=clause, shipped=shipped))
    assert (decision.outcome, decision.code) == ("refused", "excluded")
    assert decision.clause == clause
    assert decision.rule_code == clause


@pytest.mark.parametrize(
    ("shipped", "seal", "outcome", "code"),
    [
        (True, "", "review", "ask_opened"),
        (True, "sealed", "allowed", "in_window"),
        (True, "opened", "refused", "excluded"),
        (False, "", "allowed", "not_shipped"),
    ],
)
def test_media_and_software_are_refused_only_once_unsealed(
    shipped, seal, outcome, code
):
    decision = decide(version(), facts(exclusion="A6_3", shipped=shipped, seal=seal))
    assert (decision.outcome, decision.code) == (outcome, code)
    assert decision.clause == ("A6_3" if shipped and seal != "sealed" else "")


@pytest.mark.parametrize("clause", ["A7_1", "A7_2", "A7_3"])
def test_goods_of_article_7_are_refused_only_when_the_buyer_confirmed(clause):
    confirmed = decide(version(), facts(exclusion=clause, confirmed_at=SIGNED))
    assert (confirmed.outcome, confirmed.clause) == ("refused", clause)
    silent = decide(version(), facts(exclusion=clause))
    assert (silent.outcome, silent.code) == ("allowed", "in_window")
    assert (silent.clause, silent.unconfirmed) == ("", clause)


def test_unconfirmed_article_7_goods_still_have_an_end():
    late = decide(version(), facts(exclusion="A7_2", asked_at=END))
    assert (late.outcome, late.code, late.unconfirmed) == (
        "refused",
        "window_closed",
        "A7_2",
    )


def test_a_product_excluded_by_article_6_needs_no_confirmation():
    assert decide(version(), facts(exclusion="A6_2")).outcome is Outcome.REFUSED


def test_unknown_signing_date_is_assumed_some_days_after_shipping_and_said_so():
    shipped = datetime(2026, 11, 1, 9, 0, tzinfo=ZONE)
    decision = decide(version(), facts(received_at=None, shipped_at=shipped))
    assert decision.assumed
    assert decision.received_at == datetime(2026, 11, 11, 9, 0, tzinfo=ZONE)
    assert decision.last_moment == datetime(2026, 11, 19, 0, 0, tzinfo=ZONE)
    assert (decision.outcome, decision.code) == ("allowed", "not_received")


def test_assumed_window_closes_too():
    decision = decide(
        version(),
        facts(
            received_at=None,
            asked_at=datetime(2026, 11, 19, 0, 0, tzinfo=ZONE),
        ),
    )
    assert (decision.outcome, decision.assumed) == ("refused", True)


def test_nothing_is_assumed_when_the_policy_says_never():
    decision = decide(version(transit_days=0), facts(received_at=None))
    assert (decision.outcome, decision.code) == ("allowed", "not_received")
    assert decision.last_moment is None


def test_delivered_without_any_date_is_left_to_a_person():
    decision = decide(version(), facts(received_at=None, shipped_at=None))
    assert (decision.outcome, decision.code) == ("review", "no_date")


def test_unshipped_goods_are_refunded_and_cannot_come_back():
    decision = decide(
        version(), facts(shipped=False, received_at=None, shipped_at=None)
    )
    assert (decision.outcome, decision.code) == ("allowed", "not_shipped")
    assert decision.remedy == "refund_only"


def test_what_has_come_back_cannot_come_back_again():
    decision = decide(version(), facts(quantity_left=0))
    assert (decision.outcome, decision.code) == ("refused", "nothing_left")


def test_refund_without_goods_is_left_to_a_person():
    decision = decide(version(), facts(remedy="refund_only"))
    assert (decision.outcome, decision.code) == ("review", "refund_only")


def test_late_refund_without_goods_is_refused_like_a_late_return():
    decision = decide(version(), facts(remedy="refund_only", asked_at=END))
    assert (decision.outcome, decision.code) == ("refused", "window_closed")


@pytest.mark.parametrize(
    ("asked_at", "outcome", "code"),
    [
        (END - timedelta(seconds=1), "allowed", "quality"),
        (END, "review", "quality_late"),
        (END + timedelta(days=400), "review", "quality_late"),
    ],
)
def test_a_fault_is_never_refused_by_itself(asked_at, outcome, code):
    decision = decide(
        version(FRESH),
        facts(
            reason=FAULT,
            exclusion="A6_2",
            matched=frozenset((1,)),
            asked_at=asked_at,
        ),
    )
    assert (decision.outcome, decision.code) == (outcome, code)
    assert (decision.approval, decision.freight_payer) == ("review", "merchant")


def test_faults_have_their_own_window():
    asked = datetime(2026, 11, 18, 23, 59, 59, tzinfo=ZONE)
    decision = decide(version(quality_days=15), facts(reason=FAULT, asked_at=asked))
    assert decision.outcome is Outcome.ALLOWED
    assert decision.last_moment == datetime(2026, 11, 19, 0, 0, tzinfo=ZONE)


@pytest.mark.parametrize("regime", ["logistics", "promise", "warranty"])
def test_other_regimes_are_not_bound_by_window_or_exclusion(regime):
    decision = decide(
        version(),
        facts(
            reason=Reason(regime=regime, liability="carrier"),
            exclusion="A6_1",
            asked_at=END + timedelta(days=30),
        ),
    )
    assert (decision.outcome, decision.code) == ("review", "other_regime")
    assert decision.freight_payer == "merchant"


def test_a_rule_which_names_a_fault_leaves_it_to_a_person():
    rule = Rule(9, "No faults on samples", "refuse", reasons=frozenset(("quality",)))
    decision = decide(
        version(rule),
        facts(
            reason=FAULT,
            matched=frozenset((9,)),
        ),
    )
    assert (decision.outcome, decision.code) == ("review", "rule_review")
    assert decision.rule_name == "No faults on samples"


def test_the_first_fitting_rule_of_its_kind_wins():
    both = frozenset((1, 2, 3))
    decision = decide(version(COSTLY, CHEAP, auto_approve=True), facts(matched=both))
    assert decision.approval == "review"
    decision = decide(version(CHEAP, COSTLY), facts(matched=both))
    assert decision.approval == "auto"
    decision = decide(version(CHEAP, FRESH), facts(matched=both))
    assert (decision.outcome, decision.rule_name) == ("refused", "Fresh food")
    assert (decision.rule_key, decision.clause) == (1, "A6_2")


def test_a_rule_fits_its_reasons_and_those_below_them():
    rule = Rule(5, "Size", "approval", value="auto", reasons=frozenset(("size",)))
    size = Reason(codes=frozenset(("no_reason", "size")))
    fits = facts(matched=frozenset((5,)), reason=size)
    other = facts(matched=frozenset((5,)))
    assert decide(version(rule), fits).approval == "auto"
    assert decide(version(rule), other).approval == "review"


def test_a_rule_which_needs_a_confirmation_holds_only_with_it():
    fitting = {"matched": frozenset((4,))}
    silent = decide(version(SEALED), facts(**fitting))
    assert (silent.outcome, silent.unconfirmed) == ("allowed", "A7_1")
    confirmed = decide(version(SEALED), facts(confirmed_at=SIGNED, **fitting))
    assert (confirmed.outcome, confirmed.clause) == ("refused", "A7_1")


@pytest.mark.parametrize(
    ("amount", "ceiling", "approval"),
    [(9900, 10000, "auto"), (10000, 10000, "auto"), (10001, 10000, "review")],
)
def test_amounts_above_the_ceiling_wait_for_a_person(amount, ceiling, approval):
    decision = decide(
        version(auto_approve=True, auto_approve_max=ceiling), facts(amount=amount)
    )
    assert decision.approval == approval


def test_no_ceiling_approves_any_amount():
    assert decide(version(auto_approve=True), facts(amount=10**9)).approval == "auto"


def test_automatic_approval_is_not_for_faults_unless_a_rule_says_so():
    fault = {"reason": FAULT, "matched": frozenset((2,))}
    assert decide(version(auto_approve=True), facts(**fault)).approval == "review"
    assert decide(version(CHEAP), facts(**fault)).approval == "auto"


def test_a_broken_rule_leaves_everything_to_a_person():
    decision = decide(version(FRESH), facts(broken_rule="Fresh food"))
    assert (decision.outcome, decision.code) == ("review", Code.RULE_BROKEN)
    assert decision.rule_name == "Fresh food"


@pytest.mark.parametrize(
    ("changed", "outcome", "code"),
    [
        ({}, "review", "ask_opened"),
        ({"asked_at": END}, "refused", "window_closed"),
        ({"quantity_left": 0}, "refused", "nothing_left"),
    ],
)
def test_nobody_is_asked_whether_it_was_opened_where_it_is_refused_anyway(
    changed, outcome, code
):
    decision = decide(version(), facts(exclusion="A6_3", **changed))
    assert (decision.outcome, decision.code) == (outcome, code)


def test_a_decision_names_the_version_that_judged():
    held = version()
    assert decide(held, facts()).version is held
    assert decide(held, facts(broken_rule="Fresh")).version is held
