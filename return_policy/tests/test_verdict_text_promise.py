"""What a buyer was promised beyond the policy is named, where it matters."""

from datetime import UTC, datetime

from odoo.tests import tagged

from ..policy.promise import Promise
from ..policy.terms import Rule
from .verdict_text_common import INSIDE, LATE, QUALITY, SIGNED, VerdictTextCase

GOLD = Promise("Gold", 7, free_freight=True)
UNTIL_17 = "Returnable without a reason until 17 Nov 2026 24:00 (signed for on 3 Nov "
BOTH = "Gold: 7 days longer and free return freight"


@tagged("post_install", "-at_install")
class TestVerdictTextPromise(VerdictTextCase):
    def test_days_and_freight_are_named_with_who_promised_them(self):
        for promise, words, until in (
            (GOLD, BOTH, UNTIL_17),
            (Promise("Gold", 7), "Gold: 7 days longer", UNTIL_17),
        ):
            self.check(
                "in_window", "Until 17 Nov", f"{until}2026); {words}", promise=promise
            )

    def test_freight_that_was_free_anyway_is_told_as_ever(self):
        rule = Rule(1, "Free", "freight", value="merchant")
        self.check(
            "in_window",
            "Until 17 Nov",
            UNTIL_17 + "2026); Gold: 7 days longer; the shop pays the way back",
            rule,
            promise=GOLD,
        )

    def test_a_closed_window_tells_the_days_and_no_freight(self):
        self.check(
            "window_closed",
            "Ended 17 Nov",
            "The return window of 14 days ended on 17 Nov 2026 24:00 (signed for on 3 "
            "Nov 2026); Gold: 7 days longer",
            promise=GOLD,
            asked_at=LATE,
        )

    def test_a_window_not_begun_names_all_its_days(self):
        self.check(
            "not_received",
            "Returnable",
            "Returnable without a reason: the window of 14 days begins the day after "
            f"the buyer signs for the parcel; {BOTH}",
            promise=GOLD,
            received_at=None,
            shipped_at=SIGNED,
            terms={"transit_days": 0},
        )

    def test_a_fault_is_returnable_longer_too(self):
        code, _chip, words = self.sentence(
            promise=GOLD, reason=QUALITY, asked_at=datetime(2026, 11, 15, tzinfo=UTC)
        )
        self.assertEqual(code, "quality")
        self.assertIn("until 17 Nov 2026 24:00", words)
        self.assertIn("; Gold: 7 days longer", words)

    def test_it_is_not_named_where_it_does_not_matter(self):
        for given in (
            {"exclusion": "A6_2"},
            {"shipped": False, "shipped_at": None, "received_at": None},
            {"quantity_left": 0.0},
            {"promise": Promise("Basic")},
        ):
            words = self.sentence(**{"promise": GOLD, "asked_at": INSIDE, **given})[2]
            self.assertNotIn("Gold", words)
            self.assertNotIn("Basic", words)
