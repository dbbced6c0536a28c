from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestExpiryDates(PointsCommon):
    """Until when points count, once they may be spent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.company_id.partner_id.tz = "Asia/Shanghai"

    def _expire(self, kind, count, **values):
        self.program.write(
            {"points_expiry": kind, "points_expiry_count": count, **values}
        )

    def _gift(self, points, name="gift", source="referral"):
        card = self._card() or self.env["loyalty.card"].create(
            {"program_id": self.program.id, "partner_id": self.buyer.id, "points": 0}
        )
        return self.env["loyalty.card"]._points_grant(
            [(card, points, {"key": name, "source": source, "description": name})]
        )

    def _dates(self):
        """Return [(what is left, its date)] of the available points."""
        lots = self.entries.search(
            [
                ("card_id", "=", self._card().id),
                ("bucket", "=", "available"),
                ("remaining", "!=", 0),
            ],
            order="id",
        )
        return [(lot.remaining, lot.expires_on) for lot in lots]

    def test_points_never_expire_unless_the_program_says_so(self):
        self._released((100, 1))
        self.assertEqual(self._dates(), [(100, False)])

    def test_the_term_starts_on_the_day_of_the_company(self):
        self._expire("days", 365)
        with freeze_time("2026-11-22 15:59:59"):
            self._gift(10, "evening")
        with freeze_time("2026-11-22 16:00:00"):  # past midnight in Shanghai
            self._gift(20, "night")
        self.assertEqual(
            self._dates(), [(10, date(2027, 11, 22)), (20, date(2027, 11, 23))]
        )

    def test_without_a_zone_of_the_company_its_working_hours_tell(self):
        self.program.company_id.partner_id.tz = False
        self.program.company_id.resource_calendar_id.tz = "America/Los_Angeles"
        self._expire("month_end", 0)
        with freeze_time("2026-12-01 07:00:00"):
            self._gift(10)
        self.assertEqual(self._dates(), [(10, date(2026, 11, 30))])

    def test_released_points_count_from_the_release_or_from_the_earning(self):
        self._expire("days", 100)
        with freeze_time("2026-11-01 12:00:00"):
            order = self._delivered((100, 1), (50, 1))
        with freeze_time("2026-11-09 12:00:00"):
            lots = self._booked(order, "earn")
            lots[0]._release()
            self.program.points_expiry_from = "earned"
            lots[1]._release()
        self.assertEqual(
            self._dates(), [(100, date(2027, 2, 17)), (50, date(2027, 2, 9))]
        )

    def test_pending_points_have_no_date(self):
        self._expire("days", 100)
        order = self._delivered((100, 1))
        self.assertFalse(self._booked(order, "earn").expires_on)

    def test_points_given_back_keep_their_date(self):
        self._expire("days", 30)
        with freeze_time("2026-11-01 12:00:00"):
            self._gift(150)
            order = self._order()
        with freeze_time("2026-11-20 12:00:00"):
            self._spend(order)
            order._action_cancel()
        self.assertEqual(
            self._dates(), [(50, date(2026, 12, 1)), (100, date(2026, 12, 1))]
        )

    def test_points_given_back_after_their_date_get_a_full_term(self):
        self._expire("days", 30)
        with freeze_time("2026-11-01 12:00:00"):
            self._gift(100)
            order = self._order()
            self._spend(order)
        with freeze_time("2026-12-02 12:00:00"):
            order._action_cancel()
        self.assertEqual(self._dates(), [(100, date(2027, 1, 1))])

    def _spend(self, order):
        self._card()._points_lock()
        books = self._card()._points_open_books()
        for card, book in books.items():
            book.spend(100, key="spend", order_id=order.id, description=order.name)
            card._points_close_books(books)

    def test_a_clawback_taken_back_restores_the_date(self):
        self._expire("days", 30)
        with freeze_time("2026-11-01 12:00:00"):
            order = self._delivered((100, 1))
            invoice = self._invoice(order)
        with freeze_time("2026-11-09 12:00:00"):
            self._booked(order, "earn")._release()
        with freeze_time("2026-11-20 12:00:00"):
            note = self._credit(order, invoice=invoice)
            note.button_draft()
        self.assertEqual(self._dates(), [(100, date(2026, 12, 9))])

    def test_earning_and_spending_restart_the_term_of_all_open_points(self):
        self._expire("inactivity", 30)
        with freeze_time("2026-11-01 12:00:00"):
            self._gift(150)
        with freeze_time("2026-11-11 12:00:00"):
            self._delivered((70, 1))
        self.assertEqual(self._dates(), [(150, date(2026, 12, 11))])
        with freeze_time("2026-11-21 12:00:00"):
            self._spend(self._order())
        self.assertEqual(self._dates(), [(50, date(2026, 12, 21))])

    def test_a_gift_of_the_shop_is_no_activity(self):
        self._expire("inactivity", 30)
        with freeze_time("2026-11-01 12:00:00"):
            self._gift(10)
        with freeze_time("2026-11-11 12:00:00"):
            self._gift(5, "birthday", "birthday")
        self.assertEqual(
            self._dates(), [(10, date(2026, 12, 1)), (5, date(2026, 12, 11))]
        )

    def test_activity_changes_nothing_where_the_program_does_not_say_so(self):
        self._expire("days", 30)
        with freeze_time("2026-11-01 12:00:00"):
            self._gift(10)
        with freeze_time("2026-11-11 12:00:00"):
            self._delivered((70, 1))
        self.assertEqual(self._dates(), [(10, date(2026, 12, 1))])

    def test_merged_points_keep_their_dates(self):
        self._expire("days", 30)
        other = self.env["res.partner"].create({"name": "Buyer's other name"})
        with freeze_time("2026-11-01 12:00:00"):
            self._gift(10)
        card = self._card()
        card.sudo().partner_id = other  # by a points manager
        with freeze_time("2026-11-11 12:00:00"):
            self._gift(7)
            self.env["base.partner.merge.automatic.wizard"]._merge(
                (self.buyer | other).ids, self.buyer
            )
        self.assertEqual(
            sorted(self._dates()), [(7, date(2026, 12, 11)), (10, date(2026, 12, 1))]
        )

    def test_a_changed_term_counts_for_new_points_only(self):
        self._expire("days", 30)
        with freeze_time("2026-11-01 12:00:00"):
            self._gift(10)
            self._expire("never", 0)
            self._gift(5, "later")
        self.assertEqual(self._dates(), [(10, date(2026, 12, 1)), (5, False)])

    def test_a_term_needs_a_sensible_length(self):
        for kind, count in (
            ("days", 0),
            ("days", 36_501),
            ("inactivity", 0),
            ("month_end", -1),
            ("year_end", 101),
        ):
            with self.subTest(kind=kind), self.assertRaises(ValidationError):
                self._expire(kind, count)
            self.program.invalidate_recordset()
        self._expire("year_end", 0)

    def test_the_program_says_in_words_when_points_expire(self):
        self.assertEqual(self.program.points_expiry_sentence, "Points never expire.")
        self._expire("month_end", 12, points_expiry_from="earned")
        self.assertEqual(
            self.program.points_expiry_sentence,
            "Points count until the end of the month, 12 months after the day they "
            "were earned. The last day ends at 24:00, Asia/Shanghai.",
        )
        for kind, count, words in (
            ("month_end", 0, "the month of"),
            ("month_end", 1, "the month after that of"),
            ("year_end", 0, "the year of"),
            ("year_end", 1, "the year after that of"),
        ):
            self._expire(kind, count, points_expiry_from="available")
            self.assertEqual(
                self.program.points_expiry_sentence,
                f"Points count until the end of {words} the day they may be spent. "
                "The last day ends at 24:00, Asia/Shanghai.",
            )
        self._expire("inactivity", 90)
        self.assertEqual(
            self.program.points_expiry_sentence,
            "Points expire when the member neither earns nor spends for 90 days. "
            "The last day ends at 24:00, Asia/Shanghai.",
        )
