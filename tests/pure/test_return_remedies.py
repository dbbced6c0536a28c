"""What each remedy gets in each state of the goods, and who decides on it."""

from datetime import UTC, datetime, timedelta

import pytest

from return_policy.policy.decision import decide
from return_policy.policy.facts import Facts, Reason
from return_policy.policy.terms import REMEDIES, Rule, Terms, Version

SIGNED = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
FAULT = Reason(frozenset(("quality",)), "quality", "merchant")
SWAP_ONLY = Reason(frozenset(("size",)), remedies=frozenset(("exchange",)))
AUTO = Rule(1, "Cheap", "approval", value="auto")


def judge(rules=(), terms=(), preset="CN-7", after=2, **facts):
    facts.setdefault("received_at", SIGNED)
    facts["matched"] = frozenset(rule.key for rule in rules)
    version = Version(1, Terms(preset=preset, **dict(terms)), tuple(rules))
    return decide(version, Facts(SIGNED + timedelta(days=after), **facts))


def said(decision):
    return decision.outcome, decision.code, decision.approval


IN_HAND = {
    "return_refund": ("allowed", "in_window", "auto"),
    "exchange": ("allowed", "in_window", "auto"),
    "store_credit": ("allowed", "in_window", "auto"),
    "refund_only": ("review", "refund_only", "review"),
    "reship": ("review", "by_person", "review"),
    "repair": ("review", "by_person", "review"),
    "price_protection": ("review", "by_person", "review"),
    "partial_refund": ("review", "by_person", "review"),
    "cancel": ("refused", "shipped", "review"),
}


@pytest.mark.parametrize("remedy", REMEDIES)
def test_goods_in_hand_and_an_automatic_policy(remedy):
    assert said(judge([AUTO], remedy=remedy)) == IN_HAND[remedy]
    named = Rule(1, "x", "approval", value="auto", for_remedies=frozenset((remedy,)))
    outcome = "refused" if remedy == "cancel" else "allowed"
    assert judge([named], remedy=remedy).outcome == outcome


@pytest.mark.parametrize("remedy", REMEDIES)
def test_goods_which_never_left(remedy):
    decision = judge([AUTO], remedy=remedy, shipped=False, received_at=None)
    if remedy in ("return_refund", "refund_only", "cancel"):
        assert said(decision) == ("allowed", "not_shipped", "auto")
        given = "cancel" if remedy == "cancel" else "refund_only"
        assert decision.remedy == given
    else:
        assert said(decision) == ("review", "by_person", "review")
        assert decision.remedy == remedy


@pytest.mark.parametrize("remedy", sorted(set(REMEDIES) - {"cancel"}))
def test_a_fault_goes_by_itself_only_where_a_rule_names_what_goes(remedy):
    plain = judge([AUTO], remedy=remedy, reason=FAULT)
    by_itself = remedy in ("return_refund", "exchange", "store_credit")
    approval = "auto" if by_itself else "review"
    assert said(plain) == ("allowed", "quality", approval)
    named = Rule(1, "x", "approval", value="auto", for_remedies=frozenset((remedy,)))
    assert judge([named], remedy=remedy, reason=FAULT).approval == "auto"


OFFER = Rule(2, "Sale", "remedies", remedies=frozenset(("exchange", "store_credit")))


@pytest.mark.parametrize(
    ("facts", "preset", "expected"),
    [
        # the law gives a consumer the money back, whatever is on offer
        ({"remedy": "return_refund"}, "CN-7", ("allowed", "in_window")),
        ({"remedy": "return_refund", "is_consumer": False}, "CN-7",
         ("refused", "remedy")),
        ({"remedy": "return_refund"}, "STORE", ("refused", "remedy")),
        ({"remedy": "repair"}, "CN-7", ("refused", "remedy")),
        ({"remedy": "exchange"}, "CN-7", ("allowed", "in_window")),
        ({"remedy": "repair", "reason": FAULT}, "CN-7", ("review", "remedy")),
        # what a reason allows narrows what is on offer
        ({"remedy": "exchange", "reason": SWAP_ONLY}, "CN-7", ("allowed", "in_window")),
        ({"remedy": "store_credit", "reason": SWAP_ONLY}, "CN-7",
         ("refused", "remedy")),
        ({"remedy": "return_refund", "reason": SWAP_ONLY}, "CN-7",
         ("allowed", "in_window")),
    ],
)  # fmt: skip
def test_what_is_not_on_offer(facts, preset, expected):
    decision = judge([OFFER], preset=preset, **facts)
    assert (decision.outcome, decision.code) == expected
    assert decision.rule_name == ("Sale" if decision.code == "remedy" else "")


@pytest.mark.parametrize(
    ("preset", "facts", "expected"),
    [
        ("CN-7", {}, ("review", "below_floor")),
        ("CN-7", {"is_consumer": False}, ("refused", "rule_refused")),
        ("CN-7", {"remedy": "exchange"}, ("refused", "rule_refused")),
        ("CN-7", {"reason": FAULT}, ("review", "rule_review")),
        ("CN-7", {"after": 30}, ("refused", "rule_refused")),
        ("STORE", {}, ("refused", "rule_refused")),
    ],
)
def test_an_approval_rule_that_refuses(preset, facts, expected):
    rule = Rule(3, "No more", "approval", value="refuse")
    decision = judge([rule], preset=preset, **facts)
    assert (decision.outcome, decision.code) == expected
    assert decision.rule_name == "No more"


@pytest.mark.parametrize(
    ("amount", "facts", "kept"),
    [
        (500, {}, True),
        (501, {}, False),
        (0, {}, False),
        (500, {"remedy": "exchange"}, True),
        (500, {"remedy": "repair"}, False),
        (500, {"shipped": False, "received_at": None}, False),
        (500, {"after": 30}, False),
    ],
)
def test_goods_of_little_worth_may_be_kept(amount, facts, kept):
    rule = Rule(4, "Cheap", "keep_item", amount=500)
    assert judge([rule], amount=amount, **facts).keeps_item == kept
    terms = {"keep_item_max": 500}
    assert judge(terms=terms, amount=amount, **facts).keeps_item == kept
    none = Rule(4, "Dear", "keep_item", amount=0)
    assert not judge([none], terms=terms, amount=amount).keeps_item


def test_a_bonus_is_for_store_credit_alone():
    rule = Rule(5, "x", "bonus", percent=500, amount=100)
    credit = judge([rule], remedy="store_credit")
    assert (credit.bonus_percent, credit.bonus_flat) == (500, 100)
    money = judge([rule], remedy="return_refund")
    assert (money.bonus_percent, money.bonus_flat) == (0, 0)


def test_evidence_is_what_the_rule_says_else_the_most_of_policy_and_reason():
    asking = Reason(frozenset(("quality",)), "quality", "merchant", photos=2)
    found = judge(terms={"photos": 1, "video": True}, reason=asking).effects
    assert (found.photos, found.video) == (2, True)
    rule = Rule(6, "x", "evidence", photos=1)
    found = judge([rule], terms={"photos": 3, "video": True}, reason=asking).effects
    assert (found.photos, found.video) == (1, False)
