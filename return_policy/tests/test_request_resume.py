"""A step that breaks leaves nothing half done, and can be taken again."""

from odoo.tests import tagged

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestResume(ReturnCase):
    def test_approval_cut_off_anywhere_can_be_taken_again(self):
        request = self._request(self._order(), 1)
        for model, method in (
            ("return.request", "_log"),
            ("return.request", "_move_to"),
            ("stock.picking", "_create_returns"),
            ("return.request", "_settle"),
        ):
            self._break_after(model, method, request.action_approve)
            self.assertEqual(request.state, "submitted", method)
            self.assertFalse(request.sudo().picking_ids, method)
        request.action_approve()
        self.assertEqual(len(request.sudo().picking_ids), 1)

    def test_receipt_cut_off_can_be_taken_again(self):
        request = self._approved(self._order(), 1)
        self._break_after(
            "return.request", "_goods_received", lambda: self._receive(request)
        )
        self.assertEqual(request.goods_state, "awaiting")
        self._receive(request)
        self.assertEqual(request.goods_state, "received")

    def test_inspection_cut_off_can_be_taken_again(self):
        request = self._approved(self._order(), 1)
        self._receive(request)
        inspect = request.with_user(self.keeper).action_inspect
        for model, method in (
            ("stock.move", "_move_at_once"),
            ("return.request.line", "_settle_lines"),
            ("return.request", "_create_credit_notes"),
            ("account.move", "_post_return_credits"),
            ("return.request", "_queue_refunds"),
        ):
            self._break_after(model, method, inspect)
            self.assertEqual(request.goods_state, "received", method)
            self.assertFalse(request.sudo().credit_note_ids, method)
            self.assertFalse(request.sudo().refund_ids, method)
            self.assertEqual(self.product.qty_available, 0)
        inspect()
        self.assertEqual(self.product.qty_available, 1)
        self.assertEqual(request.sudo().refund_ids.amount, 100)

    def test_done_steps_taken_again_do_nothing(self):
        request = self._inspected(self._order(), 1)
        self.env.invalidate_all()
        seen = request.sudo().read()
        request.with_user(self.agent).action_settle()
        request.sudo()._goods_received()
        request.sudo()._finish()
        self.env["return.request"]._cron_settle()
        self.env.invalidate_all()
        self.assertEqual(request.sudo().read(), seen)
