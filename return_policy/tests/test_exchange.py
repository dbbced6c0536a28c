"""An exchange for the same product: goods both ways, no money."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .exchange_common import ExchangeCase


@tagged("post_install", "-at_install")
class TestExchange(ExchangeCase):
    def test_the_replacement_is_reserved_at_approval_and_leaves_after_receipt(self):
        order = self._order((self.product, 2))
        self._stock(self.product, 5)
        request = self._exchange(order, 1)
        delivery = request.sudo().replacement_picking_ids
        self.assertEqual(delivery.state, "assigned")
        self.assertEqual(delivery.move_ids.sale_line_id, order.order_line)
        self.assertEqual(delivery.sale_id, order)
        self.assertEqual(request.replacement_state, "waiting")
        with self.assertRaisesRegex(UserError, "waits until the returned goods are"):
            self._ship(request)
        self.assertEqual(delivery.state, "assigned")
        self._receive(request)
        self.assertEqual(request.replacement_state, "to_ship")
        self.assertEqual(order.order_line.qty_returnable, 1)
        self._ship(request)
        self.assertEqual(request.replacement_state, "shipped")
        self.assertEqual(order.order_line.qty_return_sent, 1)
        self.assertEqual(order.order_line.qty_delivered, 2)
        self.assertEqual(order.order_line.qty_returnable, 2)
        self.assertEqual(request.state, "approved", "inspection is still to come")
        request.with_user(self.keeper).action_inspect()
        self.assertEqual(request.state, "done")
        self.assertFalse(request.sudo().credit_note_ids)
        self.assertFalse(request.sudo().refund_ids)
        self.assertEqual(len(order.order_line), 1)

    def test_nothing_is_billed_again_whatever_the_invoice_policy(self):
        for policy in ("order", "delivery"):
            product = self._product(f"Billed by {policy}", 100, invoice_policy=policy)
            order = self._order((product, 2))
            self._stock(product, 5)
            request = self._exchange(order, 1)
            seen = []
            for step in (
                lambda request=request: None,
                lambda request=request: self._receive(request),
                lambda request=request: self._ship(request),
                lambda request=request: request.with_user(self.keeper).action_inspect(),
            ):
                step()
                line = order.order_line
                seen.append((line.qty_to_invoice, line.invoice_status))
            self.assertEqual(seen, [(0, "invoiced")] * 4, policy)
