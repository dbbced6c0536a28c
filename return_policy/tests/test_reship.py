"""Goods sent again because they got lost or arrived broken."""

from odoo.tests import tagged

from .exchange_common import ExchangeCase


@tagged("post_install", "-at_install")
class TestReship(ExchangeCase):
    def test_what_got_lost_leaves_at_once_and_costs_nothing(self):
        for policy in ("order", "delivery"):
            product = self._product(f"Lost by {policy}", 100, invoice_policy=policy)
            order = self._order((product, 2))
            self._stock(product, 5)
            request = self._exchange(order, 1, "reship")
            self.assertEqual(request.goods_state, "none")
            self.assertEqual(request.replacement_state, "to_ship")
            self.assertEqual(order.order_line.qty_returnable, 1, "one never came")
            self._ship(request)
            self.assertEqual(request.state, "done")
            self.assertRecordValues(
                order.order_line,
                [
                    {
                        "qty_delivered": 3,
                        "qty_return_sent": 1,
                        "qty_returnable": 2,
                        "qty_to_invoice": 0,
                        "invoice_status": "invoiced",
                    }
                ],
            )
            self.assertEqual(order.invoice_status, "invoiced")
            self.assertFalse(request.sudo().refund_ids)
