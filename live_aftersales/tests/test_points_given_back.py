"""Points which paid for an order go back to the lots they came from."""

from odoo.fields import Command, Datetime
from odoo.tests import tagged

from .common import LiveCase


@tagged("post_install", "-at_install")
class TestPointsGivenBack(LiveCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False
        cls.program = cls.env["loyalty.program"].create(
            {
                "name": "Members",
                "program_type": "loyalty",
                "points_ledger": True,
                "applies_on": "both",
                "trigger": "auto",
                "company_id": cls.env.company.id,
                "rule_ids": [Command.clear()],
                "reward_ids": [
                    Command.clear(),
                    Command.create(
                        {
                            "reward_type": "discount",
                            "discount_mode": "per_point",
                            "discount": 0.1,
                            "discount_applicability": "order",
                        }
                    ),
                ],
            }
        )
        cls.card = cls.env["loyalty.card"].create(
            {
                "program_id": cls.program.id,
                "partner_id": cls.buyer.partner_id.id,
                "points": 500,
            }
        )

    def _bought_with_points(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.buyer.partner_id.id,
                "platform_id": self.platform.id,
                "shop_id": self.shop.id,
                "order_line": [
                    Command.create({"product_id": self.dress.id, "product_uom_qty": 2})
                ],
            }
        )
        order._update_programs_and_rewards()
        order._apply_program_reward(self.program.reward_ids, self.card)
        order.action_confirm()
        for move in order.picking_ids.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        order.picking_ids.button_validate()
        order.order_line.return_received_at = Datetime.now()
        order._create_invoices().action_post()
        return order

    def test_a_return_names_its_credit_note_and_fills_the_lot_points_came_from(
        self,
    ):
        order = self._bought_with_points()
        spent = self.card.points_entry_ids.filtered(lambda e: e.kind == "spend")
        self.assertEqual((order.amount_total, self.card.points), (408, 0))
        request = self._open_request(
            order.action_return(),
            reason_id=self.env.ref("return_policy.reason_no_reason").id,
        )
        request.line_ids.write({"qty_requested": 1, "remedy": "refund_only"})
        request.action_submit()
        if request.state == "submitted":
            request.with_user(self.lead)._override("kept as new")
        refunds = request.sudo().refund_ids
        self.assertEqual(
            {refund.tender: refund.amount for refund in refunds},
            {"platform": 204, "in_kind": 25},
        )
        self.assertEqual(self.card.points, 250)
        given = self.card.points_entry_ids.filtered(lambda e: e.kind == "give_back")
        self.assertEqual(given.points, 250)
        self.assertEqual(given.order_id, order)
        self.assertEqual(given.lot_id, spent.lot_id)
        self.assertEqual(given.move_id, request.sudo().credit_note_ids)
