"""Verdicts per second by the pure rules alone: 20 rules of all ten kinds."""

import time
from datetime import UTC, datetime, timedelta

from odoo.addons.return_policy.policy.clock import Workdays
from odoo.addons.return_policy.policy.decision import decide
from odoo.addons.return_policy.policy.facts import WITHOUT_REASON, Facts, Reason
from odoo.addons.return_policy.policy.terms import REMEDIES, Rule, Terms, Version

from .figures import Figure

CASES = 20_000
ROUNDS = 10
BATCH = 100  # cases asked about at one moment, as those of a list are
PRODUCTS = 40
PLACED = datetime(2026, 10, 20, 7, 50, tzinfo=UTC)
REASONS = (
    WITHOUT_REASON,
    WITHOUT_REASON,
    Reason(frozenset(("no_reason", "size"))),
    Reason(frozenset(("quality", "quality_fault")), "quality", "merchant", photos=2),
)
RETURNS = {"returns_min": 3, "returns_days": 90}
# Two rules of each kind: one that a product alone decides, one that asks the case.
RULES = (
    {"kind": "refuse", "legal_code": "A6_2"},
    {"kind": "refuse", "legal_code": "A7_1", "seal": "opened"},
    {"kind": "window", "days": 15, "reasons": frozenset(("size",))},
    {"kind": "window", "days": 30, "ordered_from": "2026-10-25"},
    {"kind": "remedies", "remedies": frozenset(REMEDIES[:4])},
    {"kind": "remedies", "remedies": frozenset(REMEDIES), "amount_from": 20_000},
    {"kind": "approval", "value": "auto", "amount_to": 10_000},
    {"kind": "approval", "value": "review", **RETURNS},
    {"kind": "fee", "percent": 1000, "days_from": 8},
    {"kind": "fee", "amount": 500, "seal": "opened", "days_from": 8},
    {"kind": "freight", "value": "merchant", "amount_from": 30_000},
    {"kind": "freight", "value": "insurance"},
    {"kind": "evidence", "photos": 3, "reasons": frozenset(("quality",))},
    {"kind": "evidence", "video": True, "amount_from": 40_000},
    {"kind": "refund_on", "value": "scanned", "goods": "received"},
    {"kind": "refund_on", "value": "received"},
    {"kind": "keep_item", "amount": 2_000, "days_to": 3},
    {"kind": "keep_item", "amount": 500},
    {"kind": "bonus", "percent": 500, "for_remedies": frozenset(("store_credit",))},
    {"kind": "bonus", "amount": 1_000, "days_to": 5},
)


def version():
    """Return a version of these rules, each on some of the products."""
    rules = tuple(
        Rule(key, f"rule {key}", domain=f"[('id', '=', {key})]", **values)
        for key, values in enumerate(RULES, 1)
    )
    return Version(1, Terms(auto_approve=True), rules)


def cases():
    """Return facts that differ in dates, amounts, products, reasons and remedies."""
    matched = [
        frozenset(key for key in range(1, len(RULES) + 1) if key * product % 7 < 2)
        for product in range(1, PRODUCTS + 1)
    ]
    found = []
    for number in range(CASES):
        asked = PLACED + timedelta(days=14, seconds=number // BATCH * 911)
        signed = asked - timedelta(seconds=number * 7919 % 1_200_000)
        placed = signed - timedelta(days=2, seconds=number * 37 % 90_000)
        found.append(
            Facts(
                asked_at=asked,
                reason=REASONS[number % len(REASONS)],
                remedy=("return_refund", "exchange", "store_credit")[number % 3],
                shipped_at=placed,
                received_at=signed if number % 5 else None,
                ordered_at=placed,
                exclusion=("", "", "", "", "A6_2", "A7_1", "A6_3")[number % 7],
                confirmed_at=placed if number % 2 else None,
                seal=("sealed", "opened", "")[number // 3 % 3],
                is_consumer=number % 11 > 0,
                amount=number * 37 % 50_000,
                returns={90: number % 5},
                matched=matched[number % PRODUCTS],
            )
        )
    return found


def run(_env):
    """Return decisions per second of one core, in the best of some rounds.

    It is the time of the process, not of the wall; whatever else the machine does
    only makes rounds slower. No case comes twice in a round.
    """
    held, facts = version(), cases()
    days_off = frozenset(PLACED.date() + timedelta(days) for days in (9, 10))
    workdays = Workdays(days_off=days_off)
    rates = []
    for _round in range(ROUNDS):
        started = time.process_time()
        for case in facts:
            decide(held, case, workdays)
        rates.append(len(facts) / (time.process_time() - started))
    return [Figure("verdicts_pure", max(rates), "verdicts/s", n=ROUNDS * len(facts))]
