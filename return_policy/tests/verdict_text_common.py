"""A line signed for on 3 November 2026 under terms and rules of a test's choice."""

from datetime import UTC, datetime

from odoo.tests import TransactionCase

from ..policy.clock import Workdays
from ..policy.decision import decide
from ..policy.facts import Facts, Reason
from ..policy.terms import Terms, Version

SIGNED = datetime(2026, 11, 3, 10, tzinfo=UTC)
INSIDE = datetime(2026, 11, 5, tzinfo=UTC)
LATE = datetime(2026, 12, 24, tzinfo=UTC)
QUALITY = Reason(frozenset(("quality",)), "quality", "merchant")
CARRIER = Reason(frozenset(("logistics",)), "logistics", "carrier")
ZONES = {"EU-14": "Europe/Berlin", "UK-14": "Europe/London"}
OPEN_TO_10 = "Returnable without a reason until 10 Nov 2026 24:00 (signed for on 3 Nov "
JUDGED = "To be judged by a person: "


class VerdictTextCase(TransactionCase):
    def sentence(self, *rules, preset="CN-7", workdays=None, terms=None, **facts):
        """Return (code, chip, sentence) of a line signed for on 3 November 2026."""
        zone = ZONES.get(preset, "Asia/Shanghai")
        known = {"preset": preset, "zone": zone, **(terms or {})}
        version = Version(1, Terms(**known), rules)
        facts.setdefault("asked_at", INSIDE)
        facts.setdefault("received_at", SIGNED)
        facts.setdefault("matched", frozenset(rule.key for rule in rules))
        facts.setdefault("amount", 9900)
        decision = decide(version, Facts(**facts), workdays or Workdays())
        lines = self.env["sale.order.line"]
        return (
            str(decision.code),
            lines._return_verdict_chip(decision),
            lines._return_verdict_sentence(decision),
        )

    def check(self, code, chip, sentence, *rules, **case):
        found = self.sentence(*rules, **case)
        with self.subTest(code=code, **case):
            self.assertEqual(found, (code, chip, sentence))
