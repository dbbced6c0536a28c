"""Published versions as JSON: what was frozen opens again and means the same."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from return_policy.policy.decision import decide
from return_policy.policy.facts import Facts, utc
from return_policy.policy.terms import Rule, Terms, Version, from_json, to_json

FRESH = Rule(1, "Fresh food", "refuse", legal_code="A6_2")
CHEAP = Rule(2, "Cheap goods", "approval", value="auto")
SEALED = Rule(
    4, "Sealed cosmetics", "refuse", legal_code="A7_1", needs_confirmation=True
)


def test_a_version_survives_its_json():
    whole = Version(
        7,
        Terms(
            "Europe/Berlin",
            "EU-14",
            window_days=30,
            window_rolls="working",
            transit_days=5,
            remedies=frozenset(("return_refund", "exchange")),
        ),
        (
            FRESH,
            CHEAP,
            SEALED,
            Rule(8, "尺码", "fee", percent=1000, reasons=frozenset("ab"), days_from=8),
        ),
    )
    text = json.dumps(to_json(whole), ensure_ascii=False)
    again = from_json(json.loads(text))
    assert again == whole
    assert again.by_kind == whole.by_kind
    assert again.rolls == "working"
    assert again.terms.transit == timedelta(days=5)


def test_keys_of_a_later_format_do_not_stop_an_old_reader():
    values = to_json(Version(1, Terms(), (FRESH,)))
    values["terms"]["colour"] = 5
    values["rules"][0]["colour"] = "red"
    assert from_json(values) == Version(1, Terms(), (FRESH,))


def test_stored_moments_become_aware():
    assert utc(datetime(2026, 11, 3)) == datetime(2026, 11, 3, tzinfo=UTC)  # noqa: DTZ001
    assert utc(None) is None


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
