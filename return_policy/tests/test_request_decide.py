"""Verdict, approval by policy or person, deadlines."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestRequestDecide(ReturnCase):
    def test_the_order_opens_a_request_with_what_can_come_back(self):
        order = self._order((self.product, 3))
        self._request(order, 1)
        action = order.with_user(self.agent).action_return()
        form = Form(
            self.env["return.request"]
            .with_user(self.agent)
            .with_context(**action["context"])
        )
        form.reason_id = self.reason
        request = form.save()
        self.assertEqual(request.line_ids.qty_requested, 2)
        self.assertEqual(request.line_ids.verdict, "allowed")
        self.assertTrue(request.line_ids.verdict_text)
        self.assertEqual(request.line_ids.amount, 200)
        request.action_submit()
        self.assertEqual(request.amount_total, 200)
        with self.assertRaisesRegex(UserError, "Nothing of order"):
            order.with_user(self.agent).action_return()

    def test_the_verdict_is_live_in_drafts_and_frozen_afterwards(self):
        order = self._order()
        order.order_line.return_received_at = fields.Datetime.now()
        draft = self._request(order, 1, submit=False)
        submitted = self._request(order, 1)
        order.order_line.return_received_at = fields.Datetime.now() - timedelta(60)
        draft.line_ids.reason_id = self.reason
        self.assertEqual(draft.line_ids.verdict, "refused")
        self.assertEqual(submitted.line_ids.verdict, "allowed")
        draft.action_submit()
        self.assertEqual(draft.state, "submitted")
        self.assertTrue(draft.has_refused_line)
        log = submitted.sudo().log_ids
        self.assertEqual((log.verdict, log.policy_version_id.number), ("allowed", 1))
        self.assertEqual(submitted.policy_version_id, order.return_policy_version_id)

    def test_the_policy_approves_by_itself_up_to_its_ceiling(self):
        self._policy(auto_approve=True, auto_approve_max=150)
        small, large = (
            self._request(self._order((self.product, quantity))) for quantity in (1, 2)
        )
        self.assertEqual((small.state, small.approval_mode), ("approved", "auto"))
        self.assertEqual((large.state, large.approval_mode), ("submitted", "review"))
        approval = small.sudo().log_ids.filtered(lambda log: log.event == "approved")
        self.assertTrue(approval.is_auto)
        self.assertTrue(small.sudo().picking_ids)

    def test_a_refusal_needs_a_reason_and_stays(self):
        request = self._request(self._order(), 1)
        dialog = request.action_refuse()
        self.assertEqual(request.state, "submitted")
        wizard = (
            self.env["return.request.reason"]
            .with_user(self.agent)
            .with_context(**dialog["context"])
            .create({"reason": "Seal broken"})
        )
        wizard.action_done()
        self.assertEqual(request.state, "refused")
        self.assertIn("Seal broken", request.sudo().log_ids.mapped("reason"))
        with self.assertRaisesRegex(UserError, "stay as a record"):
            request.unlink()

    def test_an_answer_of_the_buyer_is_judged_again(self):
        request = self._request(self._order(), 1)
        request.action_need_info("Which of the two?")
        self.assertEqual(request.next_actor, "buyer")
        with self.assertRaises(UserError):
            request.action_approve()
        request.line_ids.qty_requested = 2
        request.action_submit()
        self.assertEqual(request.state, "submitted")
        self.assertEqual(request.amount_total, 200)

    def test_every_step_has_an_actor_and_a_deadline(self):
        with freeze_time("2026-11-02 08:00:00"):
            order = self._order()
            request = self._request(order, 1)
            self.assertEqual(request.next_action, "review")
            self.assertEqual(
                request.deadline, fields.Datetime.to_datetime("2026-11-04 08:00:00")
            )
            request.action_approve()
        request.return_tracking_ref = "SF100"
        self.assertEqual(
            (request.goods_state, request.next_actor), ("in_transit", "warehouse")
        )
        with freeze_time("2026-11-10 09:00:00"):
            self._receive(request)
            request.with_user(self.keeper).action_inspect()
        self.assertEqual(request.next_action, "send")
        self.assertEqual(
            request.deadline, fields.Datetime.to_datetime("2026-11-17 15:59:59")
        )
        self.assertEqual(
            request.alarm_at, fields.Datetime.to_datetime("2026-11-25 15:59:59")
        )
        self.assertEqual(request.at_zero, "alarm")
        requests = self.env["return.request"].with_user(self.agent)
        with freeze_time("2026-11-17 15:59:59"):
            self.assertFalse(request.is_overdue)
            self.assertNotIn(request, requests.search([("is_overdue", "=", True)]))
        self.env.invalidate_all()
        with freeze_time("2026-11-17 16:00:00"):
            self.assertTrue(request.is_overdue)
            self.assertIn(request, requests.search([("is_overdue", "=", True)]))

    def test_bulk_approval_takes_all_or_none(self):
        good = self._request(self._order(), 1)
        gone = self._request(self._order(), 1)
        gone.action_refuse("worn")
        with self.assertRaises(UserError), self.cr.savepoint():
            (good | gone).action_approve()
        self.env.invalidate_all()
        self.assertEqual(good.state, "submitted")
        self.assertFalse(good.sudo().picking_ids)

    def test_a_copy_of_an_approved_request_is_a_fresh_draft(self):
        request = self._approved(self._order(), 1)
        copy = request.with_user(self.agent).copy()
        self.assertRecordValues(
            copy.line_ids, [{"qty_requested": 1, "qty_approved": 1, "state": "draft"}]
        )

    def test_a_line_that_was_submitted_is_not_removed_with_a_word_why(self):
        request = self._request(self._order((self.product, 3)), 1)
        request.action_need_info("Which colour?")
        line = request.line_ids
        with self.assertRaisesRegex(UserError, "submitted lines stay"):
            line.unlink()
        self.assertTrue(line.exists())
        draft = self._request(request.sale_order_id, 1, submit=False)
        draft.line_ids.unlink()
        self.assertFalse(draft.line_ids)

    def test_whoever_approves_what_nobody_works_on_takes_it_over(self):
        requests = self.env["return.request"].with_user(self.agent)
        for _each in range(3):
            requests |= self._request(self._order(), 1)
        requests.sudo().user_id = False
        requests[:2].action_approve()
        requests[2].action_approve()
        self.assertEqual(
            [request.user_id for request in requests],
            [self.env["res.users"], self.env["res.users"], self.agent],
        )
        taken = self._request(self._order(), 1)
        taken.sudo().user_id = self.lead
        taken.action_approve()
        self.assertEqual(taken.user_id, self.lead)
