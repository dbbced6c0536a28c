from datetime import date

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .committed import CommittedCase
from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestExpiry(PointsCommon):
    """Points that were not spent in time are gone, and only those."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.company_id.partner_id.tz = "Asia/Shanghai"
        cls.program.write({"points_expiry": "days", "points_expiry_count": 30})

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("loyalty_points.ir_cron_expire").method_direct_trigger()

    def _cards(self, count):
        buyers = self.env["res.partner"].create(
            [{"name": f"Buyer {number}"} for number in range(count)]
        )
        return self.env["loyalty.card"].create(
            [
                {"program_id": self.program.id, "partner_id": buyer.id, "points": 0}
                for buyer in buyers
            ]
        )

    def _give(self, cards, *points, start=0):
        self.env["loyalty.card"]._points_grant(
            [
                (
                    card,
                    each,
                    {
                        "key": f"gift {number}",
                        "source": "referral",
                        "description": f"Gift {number}",
                    },
                )
                for card in cards
                for number, each in enumerate(points, start)
            ]
        )

    def _member(self, *points):
        """Return the buyer's card with gifts of the first of November."""
        card = self._cards(1)
        card.partner_id = self.buyer
        with freeze_time("2026-11-01 12:00:00"):
            self._give(card, *points)
        return card

    def test_the_last_day_ends_at_midnight_of_the_company(self):
        card = self._member(100)
        with freeze_time("2026-12-01 15:59:59"):
            self._run_cron()
        self.assertEqual(card.points, 100)
        with freeze_time("2026-12-01 16:00:00"):
            self._run_cron()
        self.assertEqual(self._balance(), (0, 0))

    def test_points_of_a_day_that_is_over_are_not_spent_before_the_job_runs(self):
        card = self._member(100)
        order = self._draft((50, 1))
        order._update_programs_and_rewards()
        order._apply_program_reward(self.program.reward_ids, card)
        with freeze_time("2026-12-01 16:00:00"):
            with (
                self.assertRaisesRegex(UserError, "has 0 points available"),
                self.env.cr.savepoint(),
            ):
                order.action_confirm()
            self.assertEqual((order.state, self._balance()), ("draft", (100, 0)))
            self._give(card, 120, start=1)
            order.action_confirm()
            self._run_cron()
        self.assertEqual(self._balance(), (20, 0))
        mine = self.entries.search([("card_id", "=", card.id)], order="id")
        self.assertEqual(
            [(entry.kind, entry.points) for entry in mine],
            [("earn", 100), ("earn", 120), ("expire", -100), ("spend", -100)],
        )

    def test_nor_by_a_reward_added_to_a_confirmed_order(self):
        card = self._member(100)
        order = self._order((50, 1))
        with freeze_time("2026-12-01 16:00:00"):
            order._update_programs_and_rewards()
            with self.assertRaisesRegex(UserError, "has 0 "), self.env.cr.savepoint():
                order._apply_program_reward(self.program.reward_ids, card)
            self.assertEqual(self._balance(), (100, 0))
            self._give(card, 120, start=1)
            order._apply_program_reward(self.program.reward_ids, card)
        self.assertEqual(self._balance(), (20, 0))

    def test_a_second_run_changes_nothing(self):
        card = self._member(100)
        with freeze_time("2027-01-01 12:00:00"):
            self._run_cron()
            before = card.points_entry_count
            self._run_cron()
        self.assertEqual((before, card.points_entry_count), (2, 2))

    def test_the_entry_names_its_lot_and_the_history_tells_it(self):
        self._member(100)
        with freeze_time("2027-01-01 12:00:00"):
            self._run_cron()
        lot, gone = self.entries.search([("card_id", "=", self._card().id)], order="id")
        self.assertEqual(
            (gone.kind, gone.bucket, gone.points, gone.remaining, gone.lot_id),
            ("expire", "available", -100, 0, lot),
        )
        self.assertEqual(
            (gone.source, gone.expires_on, lot.remaining),
            ("referral", date(2026, 12, 1), 0),
        )
        told = self._card().history_ids[0]
        self.assertEqual((told.used, told.description), (100, "Expired: Gift 0"))

    def test_only_what_is_left_of_a_lot_expires(self):
        card = self._member(100)
        [[card, book]] = card._points_open_books().items()
        book.spend(70, key="spend", description="Reward")
        card._points_close_books({card: book})
        with freeze_time("2027-01-01 12:00:00"):
            self._run_cron()
        self.assertEqual(self._balance(), (0, 0))
        self.assertEqual(
            self.entries.search([("kind", "=", "expire")]).mapped("points"), [-30]
        )

    def test_a_job_that_was_down_for_months_catches_up(self):
        card = self._member(100)
        with freeze_time("2027-05-20 12:00:00"):
            self._give(card, 7, start=1)
        with freeze_time("2027-06-18 12:00:00"):
            self._run_cron()
        self.assertEqual(card.points, 7)

    def test_pending_points_do_not_expire(self):
        self.program.points_expiry_from = "earned"
        with freeze_time("2026-11-01 12:00:00"):
            self._delivered((100, 1))
        with freeze_time("2027-11-01 12:00:00"):
            self._run_cron()
        self.assertEqual(self._balance(), (0, 100))

    def test_a_debt_does_not_expire(self):
        card = self._member(10)
        [[card, book]] = card._points_open_books().items()
        book.change("adjust", -30, key="by hand", description="By hand")
        card._points_close_books({card: book})
        with freeze_time("2027-11-01 12:00:00"):
            self._run_cron()
        self.assertEqual(self._balance(), (-20, 0))

    def test_points_without_a_date_stay(self):
        self.program.points_expiry = "never"
        self._member(10)
        self.program.write({"points_expiry": "days", "points_expiry_count": 1})
        with freeze_time("2036-11-01 12:00:00"):
            self._run_cron()
        self.assertEqual(self._balance(), (10, 0))

    def test_each_company_has_its_own_midnight(self):
        other = self.setup_other_company()["company"]
        other.partner_id.tz = "America/Los_Angeles"
        program = self._program(
            company_id=other.id, points_expiry="days", points_expiry_count=30
        )
        far = self.env["loyalty.card"].create(
            {"program_id": program.id, "partner_id": self.buyer.id, "points": 0}
        )
        near = self._cards(1)
        with freeze_time("2026-11-01 12:00:00"):
            self._give(near + far, 5)
        with freeze_time("2026-12-02 07:59:59"):
            self.assertEqual(self.entries._expire_due(10), 1)
        self.assertEqual((near.points, far.points), (0, 5))
        with freeze_time("2026-12-02 08:00:00"):
            self.assertEqual(self.entries._expire_due(10), 1)

    def test_expiry_works_in_batches_whose_queries_do_not_grow(self):
        with freeze_time("2026-11-01 12:00:00"):
            self._give(self._cards(14), 1, 2, 3)
        with freeze_time("2027-01-01 12:00:00"):
            self.assertEqual(self.entries._expire_due(1), 3)  # warms caches
            counts = []
            for cards in (1, 10, 10):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                done = self.entries._expire_due(cards)
                counts.append((done, self.env.cr.sql_log_count - before))
        self.assertEqual([done for done, _queries in counts], [3, 30, 6])
        self.assertEqual(len({queries for _done, queries in counts}), 1)
        with self.assertQueryCount(counts[0][1]):
            self.entries._expire_due(10)


@tagged("post_install", "-at_install")
class TestNightlyConcurrency(CommittedCase):
    """The jobs leave alone what somebody else is working on."""

    def setUp(self):
        super().setUp()
        with self._transaction() as env:
            program = env["loyalty.program"].create(
                {
                    "name": "Members",
                    "program_type": "loyalty",
                    "points_ledger": True,
                    "points_expiry": "days",
                    "points_expiry_count": 1,
                }
            )
            buyers = env["res.partner"].create([{"name": "One"}, {"name": "Two"}])
            cards = env["loyalty.card"].create(
                [
                    {"program_id": program.id, "partner_id": buyer.id, "points": 0}
                    for buyer in buyers
                ]
            )
            cards._points_grant(
                [
                    (card, 50, {"key": "gift", "source": "manual", "description": "."})
                    for card in cards
                ]
            )
            env.cr.execute(
                "UPDATE loyalty_points_entry SET expires_on = '2020-01-01' "
                "WHERE card_id IN %s",
                [tuple(cards.ids)],
            )
            self.card_ids = cards.ids

    def _points(self):
        with self._transaction() as env:
            return env["loyalty.card"].browse(self.card_ids).mapped("points")

    def _expire(self, env):
        return env["loyalty.points.entry"]._expire_due(10)

    def test_a_card_in_use_is_left_for_the_next_run(self):
        with self._transaction() as env:
            card = env["loyalty.card"].browse(self.card_ids[0])
            [[card, book]] = card._points_open_books().items()
            with self._transaction() as other:
                self.assertEqual(self._expire(other), 1)
            book.spend(20, key="spend", description="Reward")
            card._points_close_books({card: book})
        self.assertEqual(self._points(), [30, 0])
        self.assertEqual(self._retried(self._expire), 1)
        self.assertEqual(self._points(), [0, 0])

    def test_two_jobs_at_once_expire_everything_once(self):
        results = self._all_at_once(*[self._expire] * 4)
        self.assertEqual(sum(results), 2, results)
        self.assertEqual(self._points(), [0, 0])
        with self._transaction() as env:
            entries = env["loyalty.points.entry"].search(
                [("card_id", "in", self.card_ids), ("kind", "=", "expire")]
            )
            self.assertEqual(entries.mapped("points"), [-50, -50])

    def test_points_spent_at_the_same_time_do_not_expire(self):
        def spend(env):
            card = env["loyalty.card"].browse(self.card_ids[0])
            [[card, book]] = card._points_open_books().items()
            if book.balance() >= 50:
                book.spend(50, key="spend", description="Reward")
                card._points_close_books({card: book})
                return -1
            return 0

        self._all_at_once(spend, self._expire, self._expire)
        with self._transaction() as env:
            entries = env["loyalty.points.entry"].search(
                [("card_id", "=", self.card_ids[0]), ("points", "<", 0)]
            )
            self.assertEqual(entries.mapped("points"), [-50])
