from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestCards(PointsCommon):
    def test_the_customer_shows_points_and_what_waits(self):
        self.env.user.group_ids += self.env.ref("loyalty_points.group_points_user")
        self._released((100, 1))
        self._delivered((40, 1))
        self.assertEqual(
            (self.buyer.points_available, self.buyer.points_pending), (100, 40)
        )
        action = self.buyer.action_points_cards()
        cards = self.env["loyalty.card"].search(action["domain"])
        self.assertEqual(cards, self._card())

    def test_the_member_reads_changes_in_their_own_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.buyer.lang = "zh_CN"
        order = self._released((100, 1))
        told = self._card().history_ids.description
        self.assertIn(order.name, told)
        self.assertIn("已生效", told)

    def test_cards_reach_their_mail_at_the_points_set_by_core(self):
        template = self.env.ref("loyalty.mail_template_loyalty_card")
        self.program.communication_plan_ids = [
            (
                0,
                0,
                {
                    "trigger": "points_reach",
                    "points": 50,
                    "mail_template_id": template.id,
                },
            )
        ]
        self.buyer.email = "buyer@example.com"
        self._released((100, 1))
        mails = self.env["mail.mail"].sudo().search([("model", "=", "loyalty.card")])
        self.assertEqual(mails.mapped("res_id"), self._card().ids)

    def test_cards_of_two_programs_are_changed_together_and_stay_where_they_are(self):
        programs = self.program + self._program(name="Club")
        cards = self.env["loyalty.card"].sudo()
        cards = cards.create([{"program_id": each.id} for each in programs])
        for program in programs:
            with self.assertRaisesRegex(UserError, "stays in its program"):
                cards.write({"program_id": program.id})
        cards.write({"active": False})
        self.assertEqual(cards.mapped("active"), [False, False])
        self.assertEqual(cards.program_id, programs)
