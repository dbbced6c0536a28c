"""Returns and the ledger of points: nothing is given back or taken twice."""

from odoo.tests import tagged

from .points_common import PointsReturnCase


@tagged("post_install", "-at_install")
class TestPointsBorder(PointsReturnCase):
    def _bought(self, quantity=2, invoice=True):
        """Return a delivered order of lamps at 100, 50 of it paid with 500 points."""
        order = self.env["sale.order"].create(
            {
                "partner_id": self.partner.id,
                "order_line": [
                    (0, 0, {"product_id": self.product.id, "product_uom_qty": quantity})
                ],
            }
        )
        order._update_programs_and_rewards()
        order._apply_program_reward(self.program.reward_ids, self.card)
        order.action_confirm()
        self.assertEqual((self.card.points, order.amount_untaxed), (0, 150))
        self._deliver(order)
        if invoice:
            self._invoice(order)
        return order

    def _given(self, order):
        entries = self.entries.search(
            [("order_id", "=", order.id), ("kind", "=", "give_back")], order="id"
        )
        return entries.mapped("points")

    def _told(self, request):
        refunds = request.refund_ids.filtered(lambda each: each.tender == "in_kind")
        return refunds.mapped("points")

    def test_a_return_gives_the_share_of_the_points_back_once(self):
        order = self._bought()
        pending = self.card.points_pending
        first = self._inspected(order, 1).sudo()
        self.assertEqual(self._given(order), [250])
        self.assertEqual((self.card.points, self._told(first)), (250, [250]))
        self.assertEqual(self.card.points_pending, pending / 2)
        second = self._inspected(order, 1).sudo()
        self.assertEqual(self._given(order), [250, 250])
        self.assertEqual((self.card.points, self._told(second)), (500, [250]))
        self.assertEqual(self.card.points_pending, 0)
        spend = self.entries.search([("kind", "=", "spend")])
        back = self.entries.search([("kind", "=", "give_back")])
        self.assertEqual(back.lot_id, spend.lot_id)
        self.assertFalse(self.entries.search([("kind", "=", "adjust")]))

    def test_thirds_add_up_and_the_return_tells_what_the_ledger_did(self):
        self.product.list_price = 200 / 3
        order = self._bought(3)
        told = []
        for _piece in range(3):
            told += self._told(self._inspected(order, 1).sudo())
        self.assertEqual(told, self._given(order))
        self.assertEqual((sum(told), self.card.points), (500, 500))

    def test_goods_never_billed_give_points_back_and_take_earned_ones(self):
        order = self._bought(invoice=False)
        pending = self.card.points_pending
        self.assertGreater(pending, 0)
        request = self._inspected(order, 1).sudo()
        self.assertFalse(request.credit_note_ids)
        self.assertEqual((self.card.points, self._told(request)), (250, [250]))
        self.assertEqual(self.card.points_pending, pending / 2)
        self._inspected(order, 1)
        self.assertEqual((self.card.points, self.card.points_pending), (500, 0))
        self.assertEqual(self._given(order), [250, 250])

    def test_a_credit_note_by_hand_before_the_return_is_not_given_twice(self):
        self.product.list_price = 200 / 3
        order = self._bought(3)
        note = order.invoice_ids._reverse_moves()
        note.invoice_line_ids[0].quantity = 1
        note.invoice_line_ids[1].unlink()
        note.action_post()
        self.assertEqual(self.card.points, 166)
        request = self._inspected(order, 1).sudo()
        self.assertEqual((self.card.points, self._told(request)), (333, [167]))

    def test_a_wallet_is_filled_by_the_return_as_ever(self):
        program = self.env["loyalty.program"].create(
            {"name": "Wallet", "program_type": "ewallet", "applies_on": "future"}
        )
        wallet = self.env["loyalty.card"].create(
            {"program_id": program.id, "partner_id": self.partner.id, "points": 0}
        )
        wallet._return_give(12.5, self._bought(), "Return")
        self.assertEqual(wallet.points, 12.5)
        self.assertEqual(wallet.history_ids.issued, 12.5)

    def test_spent_points_lower_the_refund_by_their_worth_and_are_not_owed(self):
        order = self._order((self.product, 2))
        self.program.points_negative = "net"
        self.assertEqual(self.program.points_value, 0.1)
        self._spend_all(order)
        for _piece in range(2):
            request = self._inspected(order, 1).sudo()
            self.assertEqual(request.amount_total, 90)
            deducted = request.deduction_ids
            self.assertEqual(
                (deducted.kind, deducted.points, deducted.amount), ("points", 100, 10)
            )
            self.assertIn("100 points", deducted.sentence)
            note = request.credit_note_ids
            self.assertEqual(deducted.points_move_id, note)
            self.assertEqual(note.amount_total, 90)
            self.assertEqual((self.card.points, self.card.points_pending), (0, 0))
        claws = self.entries.search([("kind", "=", "clawback")])
        self.assertEqual(sum(claws.mapped("shortfall")), 200)
        self.assertEqual(sum(claws.mapped("points")), 0)
        note.button_draft()
        self.assertEqual(order.points_earned, 100)
        note.action_post()
        self.env.invalidate_all()
        self.assertEqual((order.points_earned, self.card.points), (0, 0))

    def test_only_missing_points_lower_the_refund(self):
        order = self._order((self.product, 2))
        self.program.points_negative = "net"
        self._spend_all(order)
        self.card.points = 130
        request = self._inspected(order, 2).sudo()
        self.assertEqual(request.deduction_ids.points, 70)
        self.assertEqual(request.credit_note_ids.amount_total, 193)
        self.assertEqual(self.card.points, 0)

    def test_without_netting_nothing_is_deducted(self):
        order = self._order((self.product, 2))
        self._spend_all(order)
        request = self._inspected(order, 1).sudo()
        self.assertFalse(request.deduction_ids)
        self.assertEqual((request.amount_total, self.card.points), (100, -100))
