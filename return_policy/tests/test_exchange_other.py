"""An exchange for another product: a new order, paid by what the old goods bring."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .exchange_common import ExchangeCase


@tagged("post_install", "-at_install")
class TestExchangeOther(ExchangeCase):
    def setUp(self):
        super().setUp()
        self.dearer = self._product("Chandelier", 120)
        self.cheaper = self._product("Candle", 80)
        self.equal = self._product("Torch", 100)
        for product in self.dearer | self.cheaper | self.equal:
            self._stock(product, 10)

    def _finish(self, request):
        """Receive, inspect and ship; invoice the new order."""
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        self._ship(request)

    def test_equal_goods_move_no_money_and_the_books_are_settled(self):
        order = self._order((self.product, 1))
        request = self._exchange(order, exchange_product_id=self.equal.id)
        new = request.sudo().exchange_order_id
        self.assertEqual(new.state, "sale")
        self.assertEqual(new.amount_total, 100)
        self.assertEqual(request.replacement_state, "waiting")
        self.assertEqual(new.picking_ids.state, "assigned")
        with self.assertRaisesRegex(UserError, "waits until the returned goods are"):
            self._ship(request)
        self._finish(request)
        self.assertEqual(request.replacement_state, "shipped")
        self.assertEqual(request.state, "done")
        self.assertFalse(request.sudo().refund_ids)
        credit = request.sudo().credit_note_ids
        self.assertEqual(credit.amount_total, 100)
        invoice = self._invoice(new, pay=False)
        self.assertEqual((invoice | credit).mapped("amount_residual"), [0, 0])
        self.assertEqual(order.invoice_status, "invoiced")
        self.assertEqual(new.invoice_status, "invoiced")
        self.assertEqual(order.order_line.qty_to_invoice, 0)

    def test_an_invoice_before_the_credit_note_is_settled_all_the_same(self):
        order = self._order((self.product, 1))
        request = self._exchange(order, exchange_product_id=self.equal.id)
        invoice = self._invoice(request.sudo().exchange_order_id, pay=False)
        self.assertEqual(invoice.amount_residual, 100)
        self._finish(request)
        self.assertEqual(invoice.amount_residual, 0)
        self.assertEqual(request.sudo().credit_note_ids.amount_residual, 0)

    def test_cheaper_goods_give_the_surplus_back_and_no_more(self):
        order = self._order((self.product, 1))
        request = self._exchange(order, exchange_product_id=self.cheaper.id)
        self.assertEqual(request.amount_difference, -20)
        self._finish(request)
        refund = request.sudo().refund_ids
        self.assertEqual(refund.amount, 20)
        self.assertIn("80.00 pays for order", request.money_note)
        credit = request.sudo().credit_note_ids
        invoice = self._invoice(request.sudo().exchange_order_id, pay=False)
        self.assertEqual(invoice.amount_residual, 0)
        self.assertEqual(credit.amount_residual, 20)
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)
        self.env["return.refund"]._cron_send()
        refund.with_user(self.lead).action_confirm("bank 7")
        self.assertEqual(request.state, "done")

    def test_dearer_goods_wait_until_the_difference_is_paid_online(self):
        order = self._order((self.product, 1))
        request = self._exchange(order, exchange_product_id=self.dearer.id)
        new = request.sudo().exchange_order_id
        self.assertEqual(new.state, "sent")
        self.assertEqual(request.replacement_state, "to_collect")
        self.assertEqual(request.amount_difference, 20)
        self.assertEqual(new._get_prepayment_required_amount(), 20)
        self.assertTrue(new._has_to_be_paid())
        with self.assertRaisesRegex(UserError, "20.00 is still to be paid"):
            new.action_confirm()
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        self.assertFalse(request.sudo().credit_note_ids, "nothing is certain yet")
        self._pay_online(new, 20)._check_amount_and_confirm_order()
        self.assertEqual(new.state, "sale")
        self.assertEqual(request.replacement_state, "to_ship")
        self.assertIn("difference_paid", request.sudo().log_ids.mapped("event"))
        self._ship(request)
        self.assertEqual(request.state, "done")
        self.assertFalse(request.sudo().refund_ids)
        self.assertEqual(request.sudo().credit_note_ids.amount_total, 100)

    def test_a_difference_paid_elsewhere_is_vouched_for(self):
        order = self._order((self.product, 1))
        request = self._exchange(order, exchange_product_id=self.dearer.id)
        request.with_user(self.agent).action_difference_paid("cash in the shop")
        self.assertEqual(request.sudo().exchange_order_id.state, "sale")
        self._finish(request)
        invoice = self._invoice(request.sudo().exchange_order_id, pay=False)
        self.assertEqual(invoice.amount_residual, 20)
        self.assertEqual(request.sudo().credit_note_ids.amount_residual, 0)

    def test_another_size_at_the_same_price_costs_what_was_paid(self):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Size",
                "value_ids": [(0, 0, {"name": name}) for name in ("M", "L", "XL")],
            }
        )
        template = self.env["product.template"].create(
            {
                "name": "Shirt",
                "type": "consu",
                "is_storable": True,
                "list_price": 113,
                "invoice_policy": "order",
                "taxes_id": [(6, 0, self.tax_included.ids)],
                "attribute_line_ids": [
                    (
                        0,
                        0,
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [(6, 0, attribute.value_ids.ids)],
                        },
                    )
                ],
            }
        )
        medium, large, _extra = template.product_variant_ids
        order = self._order((medium, 3, 99.99))
        template.list_price = 130
        request = self._exchange(order, 2, exchange_product_id=large.id)
        new = request.sudo().exchange_order_id
        self.assertEqual(new.amount_total, 199.98)
        self.assertEqual(new.amount_untaxed, 176.97)
        self.assertEqual(request.amount_difference, 0)
        self.assertEqual(new.state, "sale")

    def test_cancelling_takes_the_new_order_back(self):
        order = self._order((self.product, 1))
        request = self._exchange(order, exchange_product_id=self.equal.id)
        new = request.sudo().exchange_order_id
        with self.assertRaisesRegex(UserError, "second half of an exchange"):
            new.action_cancel()
        request.with_user(self.agent).action_cancel()
        self.assertEqual(new.state, "cancel")
        self.assertEqual(new.picking_ids.state, "cancel")
        self.assertEqual(order.order_line.qty_returnable, 1)
