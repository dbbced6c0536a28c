from datetime import date, timedelta

from odoo.fields import Date, Datetime
from odoo.tests import tagged

from .tier_common import TierCommon


@tagged("post_install", "-at_install")
class TestTiersDaily(TierCommon):
    """What the daily job does when days have passed."""

    def setUp(self):
        super().setUp()
        self.today = self.program._points_today()

    def _run(self, times=1):
        for _time in range(times):
            for program in self.program:
                mine = [("program_id", "=", program.id)]
                self.members.search(mine)._count_anew()
                self.members.search(self.members._moving(program))._move_on()
                self.members.search(self.members._dropping(program))._warn()

    def _end_term(self, days, partner=None, **values):
        """Let the tier of a member end so many days ago."""
        self._member(partner).write(
            {"tier_until": self.today - timedelta(days=days), **values}
        )

    def _age(self, days):
        """Let everything that was earned be earned so many days earlier."""
        self.env.cr.execute(
            "UPDATE loyalty_points_entry SET earned_at = earned_at - %s "
            "WHERE program_id = %s",
            [timedelta(days=days), self.program.id],
        )
        self.entries.invalidate_model()

    def test_old_points_no_longer_count(self):
        self._released((300, 1))
        self._age(400)
        self._run()
        member = self._member()
        self.assertEqual((member.tier_measure, member.tier_id), (0, self.gold))

    def test_a_tier_is_kept_by_what_was_reached_in_its_term(self):
        self._released((300, 1))
        self._end_term(1)
        self._run()
        member = self._member()
        self.assertEqual(self._events()[-1], ("keep", "Gold"))
        until = Date.add(self.today - timedelta(days=1), years=1)
        self.assertEqual(member.tier_until, until)

    def test_a_member_drops_one_tier_and_has_a_new_term(self):
        self._released((300, 1))
        self._age(500)
        self._end_term(1)
        self._run()
        member = self._member()
        self.assertEqual(self._events()[-1], ("drop", "Silver"))
        self.assertEqual(member.tier_since, self.today)
        self.assertEqual(
            member.tier_until, Date.add(self.today, years=1) - timedelta(days=1)
        )
        self.assertEqual(member.highest_tier_id, self.gold)

    def test_a_member_drops_to_what_the_balance_keeps(self):
        self.program.points_tier_downgrade = "balance"
        self._released((1000, 1))
        self._age(500)
        self._end_term(1)
        self._run()
        self.assertEqual(self._events()[-1], ("drop", "Basic"))

    def test_the_grace_days_give_time_to_reach_it_after_all(self):
        self.program.points_tier_grace = 10
        self._released((300, 1))
        self._age(500)
        self._end_term(10)
        self._run()
        self.assertEqual(self._tier(), "Gold")
        self._released((300, 1))
        self.assertEqual(self._events()[-1], ("keep", "Gold"))

    def test_who_comes_back_reaches_the_lower_threshold_without_a_gift(self):
        self._released((300, 1))
        self._age(500)
        self._end_term(1)
        self._run()
        gifts = self._gifts()
        self._released((200, 1))
        self.assertEqual(self._events()[-1], ("reenter", "Gold"))
        self.assertEqual(self._gifts(), gifts)

    def test_a_fixed_member_stays_and_is_not_warned(self):
        self._released((300, 1))
        self._age(500)
        self._end_term(1, tier_fixed_until=self.today + timedelta(days=5))
        self._run()
        self.assertEqual(self._tier(), "Gold")

    def test_a_ladder_drawn_up_later_takes_members_in(self):
        program = self._program(name="Other", sequence=-1)
        card = (
            self.env["loyalty.card"]
            .sudo()
            .create({"program_id": program.id, "partner_id": self.buyer.id})
        )
        self.env["loyalty.tier"].create({"name": "All", "program_id": program.id})
        self.members._count_anew()
        self.members.search(self.members._moving(program))._move_on()
        self.assertEqual(card.sudo().points_membership_ids.tier_id.name, "All")

    def test_a_program_that_counts_ever_since_takes_the_end_away(self):
        self._released((300, 1))
        self.program.points_tier_period = "lifetime"
        self._run()
        self.assertFalse(self._member().tier_until)
        self.program.points_tier_period = "calendar"
        self._run()
        self.assertEqual(
            self._member().tier_until, self.today.replace(self.today.year + 1, 12, 31)
        )

    def test_running_again_changes_nothing(self):
        self._released((300, 1))
        self._run()
        events, balance = self._events(), self._balance()
        self._run(2)
        self.assertEqual((self._events(), self._balance()), (events, balance))

    # -- you will drop unless -------------------------------------------------------

    def _mails(self, template="mail_template_tier_drop"):
        subject = "%Keep%" if template == "mail_template_tier_drop" else "%birthday%"
        return (
            self.env["mail.mail"]
            .sudo()
            .search(
                [("model", "=", "loyalty.membership"), ("subject", "=ilike", subject)]
            )
        )

    def _falling(self, days=20):
        self.buyer.email = "buyer@example.com"
        self._released((300, 1))
        self._age(500)
        self._end_term(-days)
        self._run()

    def test_the_warning_says_what_is_missing_once_in_a_term(self):
        self._falling()
        self._run(2)
        mails = self._mails()
        self.assertEqual(len(mails), 1)
        self.assertIn("Gold", mails.subject)
        self.assertIn("300", mails.body_html)
        self.assertEqual(mails.recipient_ids, self.buyer)

    def test_each_term_has_its_warning(self):
        self._falling()
        self._end_term(1, tier_warned_until=self.today - timedelta(days=1))
        self._run()
        self._end_term(-5)
        self._run()
        self.assertEqual(len(self._mails()), 2)

    def test_nobody_is_warned_too_early_or_without_reason(self):
        self._falling(days=31)
        self.assertFalse(self._mails())
        self._end_term(-20)
        self._released((300, 1))
        self._run()
        self.assertFalse(self._mails())

    def test_the_company_can_forbid_mails(self):
        self.env.company.points_notify = False
        self._falling()
        self.assertFalse(self._mails())

    def test_a_member_without_an_address_is_not_written_to(self):
        self._released((300, 1))
        self._age(500)
        self._end_term(-20)
        self._run()
        self.assertFalse(self._mails())

    def test_an_archived_customer_is_not_written_to(self):
        self.buyer.active = False
        self._falling()
        self.assertFalse(self._mails())

    def test_when_the_time_is_over_the_other_programs_wait_for_the_next_run(self):
        other = self._program(name="Other")
        self.env["loyalty.tier"].create({"name": "All", "program_id": other.id})
        cards = self.env["loyalty.card"].sudo()
        for program in (self.program, other):
            cards += cards.create(
                {"program_id": program.id, "partner_id": self.buyer.id}
            )
        members = cards.points_membership_ids
        self.env.flush_all()
        self.env.cr.execute("""
            UPDATE loyalty_membership SET tier_measure = 7, tier_until = '2020-01-01'
        """)
        cron = self.env.ref("loyalty_points.ir_cron_tiers")
        progress = self.env["ir.cron.progress"].sudo().create({"cron_id": cron.id})
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            self.members.with_env(self.members.env(cr=cr)).with_context(
                cron_id=cron.id, ir_cron_progress_id=progress.id, cron_end_time=0
            )._cron_tiers()
        self.env.invalidate_all()
        self.assertEqual(members.mapped("tier_measure"), [0, 0])
        left = members.filtered(lambda member: member.tier_until == date(2020, 1, 1))
        self.assertEqual(left.program_id, other)
        self.assertEqual((progress.done, progress.remaining), (3, 1))

    # -- speed ------------------------------------------------------------------------

    def test_queries_do_not_grow_with_members(self):
        partners = self.env["res.partner"].create(
            [{"name": f"P{number}"} for number in range(40)]
        )
        cards = (
            self.env["loyalty.card"]
            .sudo()
            .create(
                [
                    {"program_id": self.program.id, "partner_id": partner.id}
                    for partner in partners
                ]
            )
        )
        members = cards.points_membership_ids
        with self.assertQueryCount(8):
            self.env.flush_all()
            self.env.invalidate_all()
            members._count_anew()
        counts = []
        for some in (members[:5], members[5:]):
            self._grant(some, 350)
            counts.append(self._queries(lambda some=some: self._moved(some)))
        self.assertEqual(set(members.tier_id), {self.gold})
        self.assertLessEqual(counts[1], counts[0] + 2)

    def _grant(self, members, points):
        """Give points as a statement of another job would, not followed by tiers."""
        books = members.card_id._points_open_books()
        for book in books.values():
            book.grant(points, key="test", source="survey", description="test")
        self.patch(
            self.registry["loyalty.card"], "_points_follow_tiers", lambda *args: None
        )
        self.env["loyalty.card"]._points_close_books(books)

    def _moved(self, members):
        members._count_anew()
        members._move_on()
        self.env.flush_all()

    def _queries(self, work):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        work()
        return self.env.cr.sql_log_count - before

    def test_the_statement_counts_what_the_entries_say(self):
        self.program.points_tier_basis = "points"
        for price, days in ((120, 10), (80, 300), (70, 400)):
            order = self._released((price, 1))
            self.env.cr.execute(
                "UPDATE loyalty_points_entry SET earned_at = %s WHERE order_id = %s",
                [Datetime.now() - timedelta(days=days), order.id],
            )
        self._run()
        self.assertEqual(self._member().tier_measure, 200)
