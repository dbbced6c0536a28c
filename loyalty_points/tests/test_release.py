from datetime import date

from odoo.fields import Command, Datetime
from odoo.tests import freeze_time, tagged

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestRelease(PointsCommon):
    """Pending points become available, by the job and only once."""

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("loyalty_points.ir_cron_release").method_direct_trigger()

    def _buyers(self, count):
        return self.env["res.partner"].create(
            [{"name": f"Buyer {number}"} for number in range(count)]
        )

    def test_points_are_released_when_their_time_has_come(self):
        with freeze_time("2026-03-01 10:00:00"):
            order = self._delivered((100, 1))
        with freeze_time("2026-03-08 09:59:59"):
            self._run_cron()
        self.assertEqual(self._balance(), (0, 100))
        with freeze_time("2026-03-08 10:00:00"):
            self._run_cron()
            self.assertEqual(self._balance(), (100, 0))
            self._run_cron()
        self.assertEqual(self._balance(), (100, 0))
        out, into = self._booked(order, "release")
        self.assertEqual((out.points, out.bucket), (-100, "pending"))
        self.assertEqual((into.points, into.bucket), (100, "available"))
        self.assertEqual(self._card().points_entry_count, 3)
        self.assertEqual(
            self._card().history_ids.mapped(lambda row: (row.issued, row.description)),
            [(100, f"Released: {order.name} · Tea")],
        )

    def test_a_member_is_told_in_their_language(self):
        self.buyer.lang = self.env.ref("base.lang_zh_CN").code
        self.env.ref("base.lang_zh_CN").active = True
        with freeze_time("2026-03-01 10:00:00"):
            order = self._delivered((100, 1))
        with freeze_time("2026-03-08 10:00:00"):
            self._run_cron()
        told = self.env["loyalty.card"]._points_tell(
            "release", f"{order.name} · Tea", "zh_CN"
        )
        self.assertEqual(self._card().history_ids.description, told)

    def test_a_later_date_is_asked_for_before_the_release(self):
        with freeze_time("2026-03-01 10:00:00"):
            order = self._delivered((100, 1))
        self.program.points_pending_days = 10
        with freeze_time("2026-03-09 10:00:00"):
            self._run_cron()
        self.assertEqual(self._balance(), (0, 100))
        self.assertEqual(
            self._booked(order, "earn").available_on,
            Datetime.to_datetime("2026-03-11 10:00:00"),
        )

    def test_each_part_of_a_line_waits_from_its_own_delivery(self):
        with freeze_time("2026-03-01 10:00:00"):
            order = self._order((10, 3))
            self._deliver(order, 1)
        with freeze_time("2026-03-05 10:00:00"):
            self._deliver(order, 2)
        for moment, balance in (
            ("2026-03-08 10:00:00", (10, 20)),
            ("2026-03-12 09:59:59", (10, 20)),
            ("2026-03-12 10:00:00", (30, 0)),
        ):
            with freeze_time(moment):
                self._run_cron()
            self.assertEqual(self._balance(), balance)

    def test_a_debt_takes_its_share_of_what_is_released(self):
        with freeze_time("2026-03-01 10:00:00"):
            self._delivered((100, 1))
            [[card, book]] = self._card()._points_open_books().items()
            book.change("adjust", -30, key="by hand", description="by hand")
            card._points_close_books({card: book})
        with freeze_time("2026-03-08 10:00:00"):
            self._run_cron()
        self.assertEqual(self._balance(), (70, 0))
        left = self.entries.search([("remaining", "!=", 0)])
        self.assertEqual(left.mapped("remaining"), [70])

    def test_the_release_works_in_batches_of_cards(self):
        with freeze_time("2026-03-01 10:00:00"):
            for buyer in self._buyers(3):
                self._delivered((10, 1), (20, 1), partner=buyer)
        with freeze_time("2026-04-01 10:00:00"):
            self.assertEqual(self.entries._release_due(2), 4)
            self.assertEqual(self.entries._release_due(2), 2)
            self.assertEqual(self.entries._release_due(2), 0)

    def test_queries_do_not_grow_with_cards_or_lots(self):
        with freeze_time("2026-03-01 10:00:00"):
            for buyer in self._buyers(12):
                self._delivered((10, 1), (20, 1), (30, 1), partner=buyer)
        with freeze_time("2026-04-01 10:00:00"):
            self.entries._release_due(1)  # warms caches
            self.env.flush_all()
            counts = []
            for cards in (1, 10):
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.assertEqual(self.entries._release_due(cards), 3 * cards)
                counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 20)

    def test_points_of_a_program_whose_ledger_was_switched_off_stay(self):
        with freeze_time("2026-03-01 10:00:00"):
            self._delivered((100, 1))
        self.program.points_ledger = False
        with freeze_time("2026-03-09 10:00:00"):
            self.assertEqual(self.entries._release_due(10), 0)

    def test_points_of_an_archived_program_and_buyer_are_released(self):
        with freeze_time("2026-03-01 10:00:00"):
            self._delivered((100, 1))
        self.program.active = False
        self.buyer.active = False
        with freeze_time("2026-03-09 10:00:00"):
            self.assertEqual(self.entries._release_due(10), 1)
        self.assertEqual(self._balance(), (100, 0))

    def test_who_reaches_a_goal_is_written_to_once(self):
        template = self.env["mail.template"].create(
            {
                "name": "Reached",
                "model_id": self.env.ref("loyalty.model_loyalty_card").id,
                "subject": "You have {{ object.points }} points",
                "partner_to": "{{ object.partner_id.id }}",
            }
        )
        self.program.communication_plan_ids = [
            Command.create(
                {
                    "trigger": "points_reach",
                    "points": 50,
                    "mail_template_id": template.id,
                }
            )
        ]
        buyers = self._buyers(2)
        with freeze_time("2026-03-01 10:00:00"):
            self._delivered((100, 1), partner=buyers[0])
            self._delivered((49, 1), partner=buyers[1])
        with freeze_time("2026-03-09 10:00:00"):
            self.entries._release_due(10)
        mails = self.env["mail.mail"].search([("recipient_ids", "in", buyers.ids)])
        self.assertEqual(mails.mapped("subject"), ["You have 100.0 points"])

    def test_a_released_lot_has_its_last_day(self):
        self.program.write({"points_expiry": "year_end", "points_expiry_count": 1})
        with freeze_time("2026-03-01 10:00:00"):
            order = self._delivered((100, 1))
        with freeze_time("2026-03-08 10:00:00"):
            self._run_cron()
        out, into = self._booked(order, "release")
        self.assertEqual((out.expires_on, into.expires_on), (False, date(2027, 12, 31)))
