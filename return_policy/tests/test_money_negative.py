"""Lines below zero: discounts by the piece, and goods given in part payment."""

from odoo.tests import tagged

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestMoneyNegative(ReturnCase):
    def _order_less(self, product, invoice=True):
        """Return an order of two lamps less one piece of a product."""
        order = self._order((self.product, 2), (product, -1), invoice=False)
        if invoice:
            bill = order._create_invoices(final=True)
            bill.action_post()
            self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=bill.ids
            ).create({})._create_payments()
        return order

    def _lamps_back(self, order, quantity):
        sold = {"sale_line_id": order.order_line[0].id, "qty_requested": quantity}
        request = self.env["return.request"].with_user(self.agent)
        request = request.create(
            {
                "sale_order_id": order.id,
                "reason_id": self.reason.id,
                "line_ids": [(0, 0, sold)],
            }
        )
        request.action_submit()
        request.with_user(self.lead)._override("test: whatever the rule")
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        self.assertFalse(request.settle_error)
        return request

    def test_a_discount_by_the_piece_lowers_what_comes_back(self):
        discount = self._product("Less", 30, type="service", is_storable=False)
        order = self._order_less(discount)
        self.assertEqual(order.invoice_ids.amount_total, 170)
        first, second = self._lamps_back(order, 1), self._lamps_back(order, 1)
        requests = first | second
        self.assertEqual(requests.mapped("amount_total"), [85, 85])
        notes = requests.sudo().credit_note_ids
        self.assertEqual(notes.mapped("amount_total"), [85, 85])
        self.assertEqual(requests.sudo().refund_ids.mapped("amount"), [85, 85])

    def test_a_discount_by_the_piece_counts_before_it_is_billed(self):
        discount = self._product("Less", 30, type="service", is_storable=False)
        request = self._lamps_back(self._order_less(discount, invoice=False), 1)
        self.assertEqual(request.amount_total, 85)

    def test_an_old_piece_in_part_payment_is_no_discount(self):
        order = self._order_less(self._product("Old lamp", 30))
        self.assertEqual(order.invoice_ids.amount_total, 170)
        request = self._lamps_back(order, 2)
        self.assertEqual(request.amount_total, 200)
        # no more money than came in; the worth of the old piece stays to the buyer
        self.assertEqual(request.sudo().refund_ids.amount, 170)
        self.assertEqual(request.sudo().credit_note_ids.amount_total, 200)
