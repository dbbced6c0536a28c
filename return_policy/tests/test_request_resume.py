"""A step that breaks leaves nothing half done, and can be taken again."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ReturnCase

REQUEST, LINE = "return.request", "return.request.line"
# Each step of a submission and of an approval, in the order in which they are taken.
SUBMIT = (
    (REQUEST, "_lock_orders"),
    (REQUEST, "_freeze_verdicts"),
    (REQUEST, "_move_to"),
    (LINE, "_check_quantities"),
    (REQUEST, "_check_money"),
    (REQUEST, "_log"),
    (REQUEST, "_approve_by_policy"),
)
APPROVE = (
    (REQUEST, "_lock_orders"),
    (LINE, "_carry_out_answers"),
    (REQUEST, "_find_origins"),
    (REQUEST, "_move_to"),
    (REQUEST, "_log"),
    (REQUEST, "_create_return_pickings"),
    (REQUEST, "_cancel_unshipped"),
    (REQUEST, "_start_replacements"),
    (LINE, "_settle_lines"),
    (REQUEST, "_create_credit_notes"),
    ("account.move", "_post_return_credits"),
    (REQUEST, "_queue_refunds"),
    (REQUEST, "_finish"),
)


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

    def _facts(self, request):
        """Return everything a step may leave behind, as counts."""
        request = request.sudo()
        return {
            "state": request.state,
            "log": len(request.log_ids),
            "back": len(request.picking_ids),
            "out": len(request.replacement_picking_ids),
            "leaving": sum(
                request.sale_order_id.picking_ids.move_ids.filtered(
                    lambda move: move.state not in ("cancel", "done")
                ).mapped("product_uom_qty")
            ),
            "notes": len(request.credit_note_ids),
            "refunds": request.refund_ids.mapped("amount"),
            "credited": sum(
                request.sale_order_id.order_line.mapped("qty_return_credited")
            ),
        }

    def _without_commits(self):
        """Let jobs run as the scheduler does, without really committing."""
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)

    def _cut_everywhere(self, request, step, cuts):
        before = self._facts(request)
        for model, method in cuts:
            self._break_after(model, method, step)
            self.assertEqual(self._facts(request), before, method)
        step()
        return self._facts(request)

    def _mixed(self):
        """Return a draft of one line of money, one of goods and one of both."""
        goods = [self._product(name, 100.0) for name in ("Cup", "Vase", "Clock")]
        order = self._order(*((product, 1) for product in goods))
        request = self._request(order, 1, submit=False)
        for line, remedy in zip(
            request.line_ids, ("refund_only", "exchange", "return_refund"), strict=True
        ):
            line.remedy = remedy
        return request

    def test_submission_cut_off_anywhere_is_one_submission(self):
        request = self._mixed()
        after = self._cut_everywhere(request, request.action_submit, SUBMIT)
        self.assertEqual((after["state"], after["log"]), ("submitted", 3))

    def test_approval_of_a_mix_cut_off_anywhere_is_one_approval(self):
        request = self._mixed()
        request.action_submit()
        after = self._cut_everywhere(
            request, lambda: request.with_user(self.lead)._override("Mixed"), APPROVE
        )
        self.assertEqual(after["state"], "approved")
        self.assertEqual((after["back"], after["out"]), (1, 1))
        self.assertEqual((after["notes"], after["refunds"]), (1, [100]))
        self.assertEqual(after["credited"], 1)

    def test_cancelling_cut_off_anywhere_takes_the_goods_out_once(self):
        order = self._order((self.product, 3), deliver=False)
        request = self._request(order, 2, submit=False)
        request.line_ids.remedy = "cancel"
        request.action_submit()
        self.assertEqual(self._facts(request)["leaving"], 3)
        after = self._cut_everywhere(
            request, lambda: request.with_user(self.lead)._override("Gone"), APPROVE
        )
        self.assertEqual(after["leaving"], 1)
        self.assertEqual((after["notes"], after["refunds"]), (1, [200]))

    def test_handing_over_cut_off_is_one_hand_over(self):
        request = self._inspected(self._order(), 1)
        refund = request.sudo().refund_ids
        self._without_commits()
        send = self.env["return.refund"]._cron_send
        self._break_after("return.refund", "_hand_over", send)
        self.assertEqual((refund.state, refund.attempts), ("queued", 0))
        send()
        send()
        self.assertEqual((refund.state, refund.attempts), ("sent", 1))

    def test_money_that_could_not_be_booked_is_tried_again_whatever_is_next(self):
        self._without_commits()
        self._policy(refund_on="received")
        broken, request = (self._approved(self._order(), 1) for _one in range(2))
        self.company.sale_lock_date = fields.Date.today() + timedelta(days=3)
        for waiting in broken, request:
            self._receive(waiting)
            self.assertEqual(waiting.next_action, "inspect")
            self.assertIn("closed period", waiting.settle_error)
        self.company.sale_lock_date = False
        cls = type(self.env["return.request"])
        settle = cls._settle

        def fail_one(requests):
            if broken in requests:
                raise ValueError("no such number")
            return settle(requests)

        self.patch(cls, "_settle", fail_one)
        with mute_logger("odoo.addons.return_policy.models.return_request_money"):
            self.env["return.request"]._cron_settle()
        self.assertEqual(request.sudo().refund_ids.amount, 100)
        self.assertFalse(request.settle_error)
        self.assertFalse(broken.sudo().refund_ids)
        self.assertIn("no such number", broken.settle_error)

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
        self._without_commits()
        self.env["return.request"]._cron_settle()
        self.env.invalidate_all()
        self.assertEqual(request.sudo().read(), seen)
