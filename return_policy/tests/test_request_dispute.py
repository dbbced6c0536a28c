"""A dispute: noted by agents, settled by leads, seen in its own queue."""

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import ReturnCase

at = fields.Datetime.to_datetime


@tagged("post_install", "-at_install")
class TestRequestDispute(ReturnCase):
    def _seen(self, request):
        return request.queue, request.next_action, request.next_actor

    def test_a_refused_request_is_disputed_and_settled(self):
        request = self._request(self._order(), 1)
        request.action_refuse("worn")
        with freeze_time("2026-11-04 08:00:00"):
            request.action_dispute("the buyer asks the platform")
        self.assertEqual(self._seen(request), ("disputed", "dispute", "lead"))
        self.assertEqual(request.disputed_at, at("2026-11-04 08:00:00"))
        self.assertFalse(request.deadline)
        request.dispute_deadline = at("2026-11-06 08:00:00")
        request.dispute_note = "send the video of packing"
        self.assertEqual(request.deadline, at("2026-11-06 08:00:00"))
        request.with_user(self.lead).action_settle_dispute("the platform is with us")
        self.assertEqual(self._seen(request), ("closed", "none", "none"))
        self.assertEqual(request.state, "refused")
        self.assertEqual(
            request.log_ids.filtered(lambda row: row.reason)
            .sorted("id")
            .mapped(lambda row: (row.event, row.reason, row.user_id)),
            [
                ("refused", "worn", self.agent),
                ("disputed", "the buyer asks the platform", self.agent),
                ("dispute_settled", "the platform is with us", self.lead),
            ],
        )

    def test_approved_goods_go_on_during_a_dispute(self):
        request = self._approved(self._order(), 1)
        request.action_dispute("too slow")
        self.assertEqual(self._seen(request), ("disputed", "ship_back", "buyer"))
        self._receive(request)
        self.assertEqual(self._seen(request), ("disputed", "inspect", "warehouse"))
        request.with_user(self.keeper).action_inspect()
        self.assertEqual(self._seen(request), ("disputed", "send", "system"))

    def test_an_undecided_request_waits_for_the_end_of_the_dispute(self):
        request = self._request(self._order(), 1)
        deadline = request.deadline
        request.action_dispute("claims a defect")
        self.assertEqual(self._seen(request), ("disputed", "dispute", "lead"))
        request.with_user(self.lead).action_settle_dispute("withdrawn")
        self.assertEqual(self._seen(request), ("review", "review", "agent"))
        self.assertEqual(request.deadline, deadline)

    def test_a_dispute_needs_a_reason_and_counts_once(self):
        request = self._request(self._order(), 1)
        dialog = request.action_dispute()
        self.assertEqual(dialog["res_model"], "return.request.reason")
        self.assertFalse(request.is_disputed)
        for _click in range(2):
            request.action_dispute("late")
        self.assertEqual(request.log_ids.mapped("event").count("disputed"), 1)
        wizard = self.env["return.request.reason"].with_user(self.lead)
        wizard.create(
            {
                "purpose": "settle_dispute",
                "request_ids": request.ids,
                "reason": "agreed by telephone",
            }
        ).action_done()
        self.assertFalse(request.is_disputed)
        request.with_user(self.lead).action_settle_dispute("again")
        self.assertEqual(request.log_ids.mapped("event").count("dispute_settled"), 1)

    def test_drafts_are_not_disputed(self):
        request = self._request(self._order(), 1, submit=False)
        with self.assertRaisesRegex(UserError, "Submit it first"):
            request.action_dispute("late")
        self.assertFalse(request.is_disputed)

    def test_only_leads_settle_and_only_agents_note(self):
        request = self._request(self._order(), 1)
        with self.assertRaises(AccessError), self.cr.savepoint():
            request.with_user(self.keeper).action_dispute("late")
        request.action_dispute("late")
        with self.assertRaises(AccessError), self.cr.savepoint():
            request.action_settle_dispute("over")
        with self.assertRaises(AccessError), self.cr.savepoint():
            request.is_disputed = False
        self.assertTrue(request.is_disputed)
