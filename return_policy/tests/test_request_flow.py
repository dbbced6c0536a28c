"""A normal return from the first click to settled books."""

from odoo.tests import tagged

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestRequestFlow(ReturnCase):
    def test_a_paid_return_goes_from_request_to_refund(self):
        order = self._order((self.product, 2))
        request = self._request(order, 1)
        self.assertEqual(request.state, "submitted")
        self.assertEqual(request.line_ids.verdict, "allowed")
        request.with_user(self.agent).action_approve()
        self.assertEqual(request.state, "approved")
        self.assertEqual(request.goods_state, "awaiting")
        self.assertEqual(request.next_action, "ship_back")
        picking = request.sudo().picking_ids
        self.assertEqual(picking.location_dest_id, self.warehouse.return_location_id)
        self.assertEqual(picking.state, "assigned")
        self._receive(request)
        self.assertEqual(request.goods_state, "received")
        self.assertEqual(order.order_line.qty_delivered, 1)
        self.assertEqual(order.order_line.qty_to_invoice, 0)
        request.with_user(self.keeper).action_inspect()
        self.assertEqual(request.goods_state, "inspected")
        credit = request.sudo().credit_note_ids
        self.assertEqual(credit.state, "posted")
        self.assertEqual(credit.amount_total, 100)
        self.assertEqual(credit.reversed_entry_id, order.invoice_ids - credit)
        self.assertEqual(order.order_line.qty_to_invoice, 0)
        self.assertEqual(order.invoice_status, "invoiced")
        refund = request.sudo().refund_ids
        self.assertRecordValues(
            refund,
            [{"amount": 100, "tender": "manual", "state": "queued"}],
        )
        self.assertEqual(request.money_state, "queued")
