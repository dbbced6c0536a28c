"""Every verdict in one sentence: days, the law of each preset, what it costs."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

from odoo.tests import TransactionCase, tagged

from ..policy.clock import Workdays
from ..policy.decision import NO_POLICY, NOT_SOLD, decide
from ..policy.facts import Facts, Reason
from ..policy.terms import REMEDIES, Rule, Terms, Version

SIGNED = datetime(2026, 11, 3, 10, tzinfo=UTC)
INSIDE = datetime(2026, 11, 5, tzinfo=UTC)
LATE = datetime(2026, 12, 24, tzinfo=UTC)
QUALITY = Reason(frozenset(("quality",)), "quality", "merchant")
CARRIER = Reason(frozenset(("logistics",)), "logistics", "carrier")
HOLIDAY = Workdays(days_off=frozenset((date(2026, 11, 10),)))
ZONES = {"EU-14": "Europe/Berlin", "UK-14": "Europe/London"}
OPEN_TO_10 = "Returnable without a reason until 10 Nov 2026 24:00 (signed for on 3 Nov "
JUDGED = "To be judged by a person: "


@tagged("post_install", "-at_install")
class TestVerdictText(TransactionCase):
    def sentence(self, *rules, preset="CN-7", workdays=HOLIDAY, terms=None, **facts):
        """Return (code, chip, sentence) of a line signed for on 3 November 2026."""
        zone = ZONES.get(preset, "Asia/Shanghai")
        known = {"preset": preset, "zone": zone, **(terms or {})}
        version = Version(1, Terms(**known), rules)
        facts.setdefault("asked_at", INSIDE)
        facts.setdefault("received_at", SIGNED)
        facts.setdefault("matched", frozenset(rule.key for rule in rules))
        facts.setdefault("amount", 9900)
        decision = decide(version, Facts(**facts), workdays)
        lines = self.env["sale.order.line"]
        return (
            str(decision.code),
            lines._return_verdict_chip(decision),
            lines._return_verdict_sentence(decision),
        )

    def check(self, code, chip, sentence, *rules, **case):
        found = self.sentence(*rules, workdays=case.pop("workdays", Workdays()), **case)
        with self.subTest(code=code, **case):
            self.assertEqual(found, (code, chip, sentence))

    def test_windows_of_any_length_name_their_days_and_dates(self):
        self.check("in_window", "Until 10 Nov", OPEN_TO_10 + "2026)")
        self.check(
            "in_window",
            "Until 3 Dec",
            "Returnable without a reason until 3 Dec 2026 24:00 (signed for on 3 Nov "
            "2026)",
            preset="STORE",
            terms={"window_days": 30},
        )
        for days, words in ((7, "7 days"), (1, "1 day"), (30, "30 days")):
            end = (SIGNED + timedelta(days=days)).strftime("%-d %b")
            self.check(
                "window_closed",
                f"Ended {end}",
                f"The return window of {words} ended on {end} 2026 24:00 (signed for "
                "on 3 Nov 2026)",
                preset="STORE",
                terms={"window_days": days},
                asked_at=LATE,
            )
        self.check(
            "window_closed",
            "Ended 12 Nov",
            "The return window of 9 days ended on 12 Nov 2026 24:00 (signed for on 3 "
            "Nov 2026)",
            Rule(1, "Shoes", "window", days=9),
            asked_at=LATE,
        )

    def test_a_window_that_was_moved_says_why(self):
        self.check(
            "in_window",
            "Until 11 Nov",
            "Returnable without a reason until 11 Nov 2026 24:00 (signed for on 3 Nov "
            "2026); the last day moved to the next working day (Civil Code, art. 203)",
            workdays=HOLIDAY,
        )
        told = {"informs_buyer": False, "window_days": 14}
        self.check(
            "in_window",
            "Until 17 Nov",
            "Returnable without a reason until 17 Nov 2027 24:00 (signed for on 3 Nov "
            "2026); longer because the buyer was told late, or not at all, of the "
            "right to withdraw (Directive 2011/83/EU, art. 10); the shop pays the way "
            "back",
            preset="EU-14",
            terms=told,
        )

    def test_before_the_window_runs(self):
        self.check(
            "not_shipped",
            "Not shipped",
            "Not shipped yet: refundable without a return",
            shipped=False,
            received_at=None,
        )
        shipped = datetime(2026, 11, 1, 10, tzinfo=UTC)
        waiting = {"received_at": None, "shipped_at": shipped}
        self.check(
            "not_received",
            "Returnable",
            "Returnable without a reason: the window of 7 days begins the day after "
            "the buyer signs for the parcel",
            terms={"transit_days": 0},
            **waiting,
        )
        self.check(
            "not_received",
            "Until 18 Nov",
            "Returnable without a reason until 18 Nov 2026 24:00 (taken as signed for "
            "on 11 Nov 2026); the window has not begun",
            **waiting,
        )
        self.check(
            "no_date",
            "To be judged",
            JUDGED + "enter when the buyer signed for it",
            received_at=None,
        )

    def test_grounds_name_the_article_of_the_law_of_the_policy(self):
        fresh = "Not returnable without a reason: fresh or perishable goods (%s)"
        laws = {
            "CN-7": ("No: art. 6(2)", "7-day return rules, art. 6(2)"),
            "EU-14": ("No: art. 16(d)", "Directive 2011/83/EU, art. 16(d)"),
            "UK-14": (
                "No: reg. 28(1)(c)",
                "Consumer Contracts Regulations 2013, reg. 28(1)(c)",
            ),
            "STORE": ("Not returnable", "shop policy"),
        }
        for preset, (chip, law) in laws.items():
            self.check("excluded", chip, fresh % law, preset=preset, exclusion="A6_2")

    def test_grounds_say_that_they_were_confirmed_or_opened(self):
        self.check(
            "excluded",
            "No: art. 7(2)",
            "Not returnable without a reason: goods that lose value once activated or "
            "tried, as the buyer confirmed at the purchase (7-day return rules, art. "
            "7(2))",
            exclusion="A7_2",
            confirmed_at=INSIDE,
        )
        self.check(
            "in_window",
            "Until 10 Nov",
            OPEN_TO_10 + "2026); no purchase confirmation is recorded, so the "
            "exclusion (7-day return rules, art. 7(2)) does not hold",
            exclusion="A7_2",
        )
        self.check(
            "excluded",
            "No: art. 16(e)",
            "Not returnable without a reason: goods whose safety or quality suffers "
            "from opening, and opened (Directive 2011/83/EU, art. 16(e))",
            preset="EU-14",
            exclusion="A7_1",
            seal="opened",
        )
        self.check(
            "ask_opened",
            "To be judged",
            JUDGED + "ask whether it was opened; sealed goods may come back, opened "
            "ones may not (7-day return rules, art. 6(3))",
            exclusion="A6_3",
        )

    def test_every_ground_has_its_words(self):
        lines = self.env["sale.order.line"]
        codes = self.env["product.template"]._fields["return_exclusion"]
        for code, _label in [*codes.selection, ("B2B", "")]:
            self.assertTrue(lines._return_ground(code), code)

    def test_rules_that_refuse_are_named(self):
        self.check(
            "rule_refused",
            "No: art. 6(1)",
            "Not returnable without a reason: rule “Engraved” (7-day return rules, art."
            " 6(1))",
            Rule(1, "Engraved", "refuse", legal_code="A6_1"),
        )
        self.check(
            "rule_refused",
            "Not returnable",
            "Not returnable without a reason: rule “Outlet” (shop policy)",
            Rule(1, "Outlet", "approval", value="refuse"),
            preset="STORE",
        )
        self.check(
            "below_floor",
            "To be judged",
            JUDGED + "rule “Outlet” refuses what the law gives (7-day return rules, "
            "art. 6, 7)",
            Rule(1, "Outlet", "approval", value="refuse"),
        )
        self.check(
            "rule_review",
            "To be judged",
            JUDGED + "rule “Used up” objects, but a fault is never refused by itself",
            Rule(1, "Used up", "refuse", reasons=frozenset(("quality",))),
            reason=QUALITY,
        )
        self.check(
            "rule_broken",
            "To be judged",
            JUDGED + "rule “Season” can no longer be evaluated; repair it and publish "
            "the policy again",
            broken_rule="Season",
        )

    def test_a_remedy_that_is_not_offered_names_those_that_are(self):
        only = Rule(
            1, "Only", "remedies", remedies=frozenset(("return_refund", "exchange"))
        )
        offered = "offered: “Return and refund” and “Exchange”"
        self.check(
            "remedy",
            "Not offered",
            f"“Repair” is not offered; {offered}",
            only,
            remedy="repair",
        )
        self.check(
            "remedy",
            "To be judged",
            f"{JUDGED}“Repair” is not offered; {offered}",
            only,
            remedy="repair",
            reason=QUALITY,
        )
        self.check(
            "shipped",
            "Shipped",
            "Too late to cancel: the goods are shipped; they may be returned once they "
            "arrived",
            remedy="cancel",
        )

    def test_what_a_person_judges(self):
        self.check(
            "refund_only",
            "To be judged",
            JUDGED + "a refund without the goods coming back",
            remedy="refund_only",
        )
        self.check(
            "by_person",
            "To be judged",
            JUDGED + "“Repair” is agreed with the buyer case by case",
            remedy="repair",
        )
        self.check(
            "other_regime",
            "To be judged",
            JUDGED + "the return window does not bind this reason",
            reason=CARRIER,
        )

    def test_faults_name_the_law_of_faults(self):
        laws = {
            "CN-7": "Consumer Law, art. 24",
            "EU-14": "Directive (EU) 2019/771, art. 10",
            "UK-14": "Consumer Rights Act 2015, s. 22",
        }
        ends = {"CN-7": "10 Nov 2026", "EU-14": "3 Nov 2028", "UK-14": "3 Dec 2026"}
        for preset, law in laws.items():
            self.check(
                "quality",
                f"Until {ends[preset][:-5]}",
                f"Returnable as faulty until {ends[preset]} 24:00 (signed for on 3 Nov "
                f"2026); a person approves it ({law}); the shop pays the way back",
                preset=preset,
                reason=QUALITY,
            )
        self.check(
            "quality_late",
            "To be judged",
            JUDGED + "the quality window ended on 10 Nov 2026 24:00 (signed for on 3 "
            "Nov 2026); repair, replacement or return (Consumer Law, art. 24)",
            reason=QUALITY,
            asked_at=LATE,
        )

    def test_what_it_costs_and_what_has_to_be_shown_follows_the_verdict(self):
        self.check(
            "in_window",
            "Until 10 Nov",
            OPEN_TO_10 + "2026); fee 10 % and $\xa01.50 per piece; 2 photos needed; a "
            "video needed; the freight insurance pays the way back",
            Rule(1, "Fee", "fee", percent=1000, amount=150),
            Rule(2, "Proof", "evidence", photos=2, video=True),
            Rule(3, "Way", "freight", value="insurance"),
            preset="STORE",
        )
        self.check(
            "in_window",
            "Until 10 Nov",
            OPEN_TO_10 + "2026); the buyer may keep the goods; 1 photo needed",
            Rule(1, "Cheap", "keep_item", amount=10000),
            Rule(2, "Proof", "evidence", photos=1),
        )
        self.check(
            "in_window",
            "Until 10 Nov",
            OPEN_TO_10 + "2026); bonus 12.5 %",
            Rule(1, "Credit", "bonus", percent=1250),
            remedy="store_credit",
        )

    def test_where_nothing_is_judged_no_more_is_said(self):
        lines = self.env["sale.order.line"]
        self.assertEqual(lines._return_verdict_sentence(NOT_SOLD), "")
        self.assertEqual(lines._return_verdict_chip(NOT_SOLD), "")
        self.assertEqual(
            lines._return_verdict_sentence(NO_POLICY),
            JUDGED + "no return policy was published when the order was confirmed",
        )

    def test_no_case_is_without_a_sentence(self):
        seen = set()
        for shipped, asked_at, reason, remedy, left in product(
            (True, False),
            (INSIDE, LATE),
            (Reason(), QUALITY, CARRIER),
            REMEDIES,
            (1, 0),
        ):
            code, chip, sentence = self.sentence(
                shipped=shipped,
                asked_at=asked_at,
                reason=reason,
                remedy=remedy,
                quantity_left=left,
            )
            self.assertTrue(chip and sentence, code)
            seen.add(code)
        self.assertLess({"nothing_left", "quality_late", "by_person"}, seen)
