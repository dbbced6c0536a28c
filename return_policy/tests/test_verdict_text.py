"""Every verdict in one sentence: days and dates, what it costs and what it asks."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

from odoo.tests import tagged

from ..policy.clock import Workdays
from ..policy.decision import NO_POLICY, NOT_SOLD
from ..policy.facts import Reason
from ..policy.terms import REMEDIES, Rule
from .verdict_text_common import (
    CARRIER,
    INSIDE,
    JUDGED,
    LATE,
    OPEN_TO_10,
    QUALITY,
    SIGNED,
    VerdictTextCase,
)

HOLIDAY = Workdays(days_off=frozenset((date(2026, 11, 10),)))


@tagged("post_install", "-at_install")
class TestVerdictText(VerdictTextCase):
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
