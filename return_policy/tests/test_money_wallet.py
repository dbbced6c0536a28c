"""What an eWallet paid is shared out to all goods, whatever their taxes."""

from odoo.tests import tagged

from .deduction_common import DeductionCase
from .test_money_cards import CardCase


@tagged("post_install", "-at_install")
class TestWallet(CardCase, DeductionCase):
    TERMS = {"outbound_freight": "merchant"}

    def _paid_by_wallet(self, points, *lines, freight=None, promoted=False):
        """Return a delivered and billed order of which an eWallet paid what it can."""
        self.card = self._card(self._wallet_program(), points)
        order = self.env["sale.order"].create(
            {
                "partner_id": self.partner.id,
                "order_line": [
                    (0, 0, {"product_id": product.id, "product_uom_qty": quantity})
                    for product, quantity in lines
                ],
            }
        )
        if freight:
            order.set_delivery_line(self._carrier(), freight)
        if promoted:
            order._update_programs_and_rewards()
            for coupon, rewards in order._get_claimable_rewards().items():
                order._apply_program_reward(rewards[:1], coupon)
        order._apply_program_reward(self.card.program_id.reward_ids, self.card)
        order.action_confirm()
        self._deliver(order)
        self._invoice(order, pay=bool(order.amount_total))
        return order

    def _given(self, request):
        """Return {tender: amount} of a request."""
        return {refund.tender: refund.amount for refund in request.sudo().refund_ids}

    def test_goods_without_tax_bring_no_more_of_the_wallet_than_their_share(self):
        cheap = self._product("Postcard", 10)
        dear = self._product("Painting", 90 / 1.1, self.tax)
        order = self._paid_by_wallet(40, (cheap, 1), (dear, 1))
        self.assertEqual(order.amount_total, 60)
        request = self._back(order, cheap)
        self.assertEqual(self._given(request), {"manual": 6, "in_kind": 4})
        request = self._back(order, dear)
        self.assertEqual(self._given(request), {"manual": 54, "in_kind": 36})
        self.assertEqual(self.card.points, 40)

    def test_a_wallet_that_paid_the_delivery_keeps_goods_above_zero(self):
        order = self._paid_by_wallet(500, (self.product, 2), freight=12)
        self.assertEqual(order.amount_total, 0)
        left = self.card.points
        request = self._back(order, self.product)
        self.assertEqual(request.state, "done")
        self.assertEqual(self._given(request), {"in_kind": 100})
        request = self._back(order, self.product)
        self.assertEqual(self._given(request), {"in_kind": 100})
        self.assertEqual(self.card.points, left + 200)

    def test_delivery_that_a_wallet_paid_goes_back_to_it(self):
        order = self._paid_by_wallet(500, (self.product, 2), freight=12)
        left = self.card.points
        faulty = {"reason": self.reason_quality}
        self._back(order, self.product, **faulty)
        self.assertEqual(self.card.points, left + 100)
        request = self._back(order, self.product, **faulty)
        self.assertEqual(self._given(request), {"in_kind": 112})
        self.assertEqual(self.card.points, 500)

    def test_no_cent_is_missing_where_promotion_and_wallet_paid_for_all(self):
        promotion = self._less(0.3, 0)
        button = self._product("Button", 0.25)
        self._publish(reprice=False)
        order = self._paid_by_wallet(1.7, (button, 8), promoted=True)
        self.assertTrue(order.order_line.reward_id & promotion.reward_ids)
        self.assertEqual(order.amount_total, 0)
        for _piece in range(4):
            request = self._back(order, button, quantity=2).sudo()
            self.assertEqual((request.state, request.settle_error), ("done", False))
            self.assertEqual(request.line_ids.amount, 0)
        self.assertAlmostEqual(self.card.points, 1.7)
