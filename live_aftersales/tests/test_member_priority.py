from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_member import MemberCase


@tagged("post_install", "-at_install")
class TestMemberPriority(MemberCase):
    def _request(self, order, user=None, **vals):
        return (
            self.env["return.request"]
            .with_user(user or self.agent)
            .create({"sale_order_id": order.id, **vals})
        )

    def test_tickets_of_members_start_with_the_priority_of_their_tier(self):
        self.assertEqual(self._ticket().priority, "1")
        self._give(self.gold)
        self.assertEqual(self._ticket().priority, "2")
        self.assertEqual(self._ticket(priority="0").priority, "2")
        self.assertEqual(self._ticket(priority="3").priority, "3")
        self._give(self.silver)
        self.assertEqual(self._ticket().priority, "1")

    def test_the_agent_changes_it_afterwards(self):
        self._give(self.gold)
        ticket = self._ticket().with_user(self.agent)
        ticket.priority = "0"
        self.assertEqual(ticket.priority, "0")
        request = self._request(self.order)
        self.assertEqual(request.priority, "2")
        request.priority = "0"
        self.assertEqual(request.priority, "0")

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_the_buyer_changes_neither(self):
        self._give(self.gold)
        ticket, request = self._ticket(), self._request(self.order)
        for case in (ticket, request):
            with self.assertRaises(AccessError):
                case.with_user(self.buyer).write({"priority": "3"})
            self.assertEqual(case.sudo().priority, "2")

    def test_who_is_no_member_has_to_wait_as_everybody(self):
        self._give(self.gold)
        self.assertEqual(self._ticket(partner_id=False).priority, "1")
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        self.assertEqual(self._ticket(partner_id=stranger.id).priority, "1")
        self.assertEqual(self._request(self._order(stranger)).priority, "1")

    def test_the_program_of_another_company_gives_nothing(self):
        self._give(self.gold)
        self.program.company_id = self.env["res.company"].create({"name": "Other"})
        self.assertEqual(self._ticket().priority, "1")
        self.program.company_id = False
        self.assertEqual(self._ticket().priority, "2")

    def test_the_highest_of_several_programs_counts(self):
        self._give(self.gold)
        club = self._program("Club", "Friend")
        club.points_tier_ids.service_priority = "3"
        self._join(self.partner, club)
        self.assertEqual(self._ticket().priority, "3")

    def test_the_number_of_queries_does_not_grow_with_tickets(self):
        self._give(self.gold)
        for number in (2, 10):
            tickets = self.env["helpdesk.ticket"].browse()
            for _each in range(number):
                tickets |= self._ticket()
            self.env.flush_all()
            self.env.invalidate_all()
            tickets.sudo().mapped("partner_id.name")
            with self.assertQueryCount(3):
                tickets._raise_priority()


@tagged("post_install", "-at_install")
class TestTierBenefits(MemberCase):
    def test_the_tier_says_what_it_gives(self):
        self.assertEqual(
            self.gold.benefits,
            "Sending goods back is free.\n"
            "7 more days to send goods back.\n"
            "Priority of the service: High.",
        )
        self.assertEqual(self.silver.benefits, "3 more days to send goods back.")
        self.assertFalse(self.basic.benefits)
        self.silver.extra_window_days = 4
        self.assertEqual(self.silver.benefits, "4 more days to send goods back.")

    @mute_logger("odoo.sql_db")
    def test_days_are_within_a_year(self):
        for days in (-1, 366):
            with (
                self.assertRaisesRegex(IntegrityError, "extra_window_days_range"),
                self.cr.savepoint(),
            ):
                self.gold.extra_window_days = days
                self.env.flush_all()
        self.assertEqual(self.gold.extra_window_days, 7)
