"""Where the desk finds a request, step by step, and who sees it there."""

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import ReturnCase

at = fields.Datetime.to_datetime


@tagged("post_install", "-at_install")
class TestRequestQueue(ReturnCase):
    def test_a_request_walks_through_the_queues(self):
        request = self._request(self._order(), 1, submit=False)
        seen = [request.queue]
        request.action_submit()
        seen.append(request.queue)
        request.action_need_info("which lamp?")
        seen.append(request.queue)
        request._answer_info("the blue one")
        request.with_user(self.lead).action_approve()
        seen.append(request.queue)
        request.return_tracking_ref = "SF1"
        seen.append(request.queue)
        self._receive(request)
        seen.append(request.queue)
        request.with_user(self.keeper).action_inspect()
        seen.append(request.queue)
        request.refund_ids._hand_over()
        seen.append(request.queue)
        request.refund_ids.with_user(self.lead).action_confirm("paid by hand")
        seen.append(request.queue)
        self.assertEqual(
            seen,
            [
                "draft",
                "review",
                "buyer",
                "buyer",
                "transit",
                "inspect",
                "pay",
                "pay",
                "closed",
            ],
        )

    def test_what_a_buyer_has_not_sent_yet_is_in_no_queue(self):
        order = self._order()
        wanted = {order.order_line: (1, self.env["return.reason"])}
        ask = self.env["return.request"]._buyer_begin(order, self.reason, wanted)
        self.assertEqual((ask.state, ask.queue), ("draft", False))
        ask.action_submit()
        self.assertTrue(ask.queue)

    def test_refused_and_cancelled_requests_are_closed_expired_ones_apart(self):
        refused = self._request(self._order(), 1)
        refused.action_refuse("worn")
        cancelled = self._request(self._order(), 1)
        cancelled.action_cancel()
        expired = self._request(self._order(), 1)
        expired.sudo()._move_to("expired", closed_at=fields.Datetime.now())
        self.assertEqual(
            [refused.queue, cancelled.queue, expired.queue],
            ["closed", "closed", "expired"],
        )

    def test_the_kanban_shows_empty_queues_with_work_and_not_the_quiet_ones(self):
        request = self._request(self._order(), 1)
        kanban = request.with_user(self.agent).with_context(read_group_expand=True)
        groups = kanban.web_read_group(
            [("id", "=", request.id)], ["queue"], ["__count"]
        )["groups"]
        self.assertEqual(
            [(group["queue"], group["__count"]) for group in groups],
            [
                ("review", 1),
                ("buyer", 0),
                ("transit", 0),
                ("inspect", 0),
                ("ship", 0),
                ("pay", 0),
                ("disputed", 0),
            ],
        )

    def test_the_list_reads_the_nearest_deadline_first(self):
        found = self.env["return.request"]
        for asked in ("2026-11-03 08:00:00", "2026-11-02 08:00:00"):
            with freeze_time(asked):
                found += self._request(self._order(), 1)
        draft = self._request(self._order(), 1, submit=False)
        rows = self.env["return.request"].search(
            [("id", "in", (found + draft).ids)], order="deadline, id"
        )
        self.assertEqual(rows, found[1] + found[0] + draft)
