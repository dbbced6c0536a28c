"""The desk: what is green, bulk approval, what is read for a page, opening again."""

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import ReturnCase

at = fields.Datetime.to_datetime


@tagged("post_install", "-at_install")
class TestRequestDesk(ReturnCase):
    def _message(self, requests, user=None):
        action = requests.with_user(user or self.agent).action_approve_green()
        self.assertEqual(action["tag"], "display_notification")
        return action["params"]["message"]

    def _refused(self):
        order = self._order()
        order.order_line.return_received_at = fields.Datetime.now()
        order.order_line.return_received_at = "2020-01-01 08:00:00"
        return self._request(order, 1)

    def test_green_requests_are_approved_together_and_the_rest_is_named(self):
        green = self.env["return.request"]
        for _number in range(3):
            green += self._request(self._order(), 1)
        refused = self._refused()
        draft = self._request(self._order(), 1, submit=False)
        disputed = self._request(self._order(), 1)
        disputed.action_dispute("late")
        answered = self._request(self._order(), 2)
        answered.line_ids.qty_approved = 1
        self.assertEqual(set(green.mapped("verdict")), {"allowed"})
        self.assertEqual(refused.verdict, "refused")
        message = self._message(green + refused + draft + disputed + answered)
        self.assertEqual(
            message.split("\n"),
            [
                "3 approved.",
                f"1 left: the policy refuses a line ({refused.name})",
                f"1 left: not waiting for a decision ({draft.name})",
                f"1 left: disputed ({disputed.name})",
                f"1 left: a line was answered otherwise ({answered.name})",
            ],
        )
        self.assertEqual(set(green.mapped("state")), {"approved"})
        self.assertEqual(
            (refused + draft + disputed + answered).mapped("state"),
            ["submitted", "draft", "submitted", "submitted"],
        )
        self.assertEqual(
            set(green.log_ids.filtered(lambda row: row.event == "approved").user_id),
            set(self.agent),
        )

    def test_missing_evidence_is_not_green(self):
        request = self._request(self._order(), 1, reason_id=self.reason_quality.id)
        self.assertTrue(request.is_evidence_missing)
        self.assertIn("photos or video missing", self._message(request))
        self.assertEqual(request.state, "submitted")

    def test_what_is_given_away_above_the_ceiling_is_left_to_the_lead(self):
        self.company.return_agent_max = 50
        self._policy(keep_item_max=500)
        request = self._request(self._order(), 1)
        self.assertEqual((request.verdict, request.amount_given_away), ("allowed", 100))
        self.assertIn("more is given away than you may", self._message(request))
        self.assertFalse(request.approval_level)
        self.assertEqual(self._message(request, self.lead), "1 approved.")

    def test_one_that_cannot_be_approved_leaves_the_others_alone(self):
        requests = self.env["return.request"]
        for _number in range(3):
            requests += self._request(self._order(), 1)
        requests[1].sudo().sale_order_id.state = "cancel"
        first, second = self._message(requests).split("\n", 1)
        self.assertEqual(first, "2 approved.")
        self.assertIn("is not a confirmed order", second)
        self.assertEqual(
            requests.mapped("state"), ["approved", "submitted", "approved"]
        )

    def test_only_agents_approve_in_bulk(self):
        request = self._request(self._order(), 1)
        with self.assertRaises(AccessError), self.cr.savepoint():
            request.with_user(self.keeper).action_approve_green()
        self.assertEqual(request.state, "submitted")

    def test_time_left_is_said_in_the_largest_unit(self):
        with freeze_time("2026-11-02 08:00:00"):
            request = self._approved(self._order(), 1)
        self.assertEqual(request.deadline, at("2026-11-09 08:00:00"))
        seen = []
        for moment in (
            "2026-11-02 08:00:00",
            "2026-11-07 08:00:01",
            "2026-11-09 07:00:00",
            "2026-11-09 07:30:00",
            "2026-11-09 08:00:00",
            "2026-11-09 08:00:01",
            "2026-11-09 20:00:00",
            "2026-11-12 09:00:00",
        ):
            with freeze_time(moment):
                request.invalidate_recordset(["time_left"])
                seen.append(request.time_left)
        self.assertEqual(
            seen,
            [
                "7 days",
                "47 h",
                "1 h",
                "30 min",
                "0 min",
                "0 min late",
                "12 h late",
                "3 days late",
            ],
        )

    def test_due_today_and_overdue_are_found(self):
        with freeze_time("2026-11-02 08:00:00"):
            request = self._request(self._order(), 1)
        search = self.env["return.request"].search_count
        mine = [("id", "=", request.id)]
        today = [("deadline", "<", "today +1d"), ("deadline", ">=", "today")]
        for moment, is_today, is_overdue in (
            ("2026-11-03 23:59:59", 0, 0),
            ("2026-11-04 00:00:00", 1, 0),
            ("2026-11-04 09:00:00", 1, 1),
            ("2026-11-05 00:00:00", 0, 1),
        ):
            with self.subTest(moment=moment), freeze_time(moment):
                self.assertEqual(search(mine + today), is_today)
                overdue = [("is_overdue", "=", True)]
                self.assertEqual(search(mine + overdue), is_overdue)

    def test_a_closed_request_is_asked_for_again_as_a_new_one(self):
        order = self._order((self.product, 3))
        request = self._request(order, 2, note="too dark")
        request.action_refuse("worn")
        self._request(order, 2)
        action = request.action_open_again()
        self.assertEqual(action["res_model"], "return.request")
        form = Form(
            self.env["return.request"]
            .with_user(self.agent)
            .with_context(**action["context"])
        )
        again = form.save()
        self.assertEqual(again.sale_order_id, order)
        self.assertEqual(again.note, "too dark")
        self.assertEqual(again.line_ids.sale_line_id, order.order_line)
        # two of three are in the other request
        self.assertEqual(again.line_ids.qty_requested, 1)
        self.assertEqual(again.line_ids.remedy, request.line_ids.remedy)
        self.assertEqual((again.state, request.state), ("draft", "refused"))

    def test_nothing_is_opened_again_that_is_open_or_taken(self):
        order = self._order()
        request = self._request(order)
        with self.assertRaises(UserError), self.cr.savepoint():
            request.action_open_again()
        request.action_refuse("worn")
        self._request(order)
        with self.assertRaisesRegex(UserError, "in another return request"):
            request.action_open_again()
        with self.assertRaises(AccessError), self.cr.savepoint():
            request.with_user(self.keeper).action_open_again()

    def _queries_of_page(self, view, count):
        """Return how many queries a page of so many requests takes, and its rows."""
        requests = self.env["return.request"]
        for _number in range(count):
            requests += self._request(self._order(), 1)
        desk = requests.with_user(self.agent).browse()
        arch = desk.get_view(self.env.ref(f"return_policy.{view}").id)["arch"]
        asked = {}
        for node in etree.fromstring(arch).iter("field"):
            field = desk._fields[node.get("name")]
            asked[field.name] = (
                {"fields": {"display_name": {}}} if (field.relational) else {}
            )
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        page = desk.web_search_read(
            [("id", "in", requests.ids)], asked, order="deadline, id"
        )
        return self.cr.sql_log_count - before, page["length"]

    def test_a_page_takes_as_many_queries_for_one_request_as_for_ten(self):
        for view in ("return_request_view_list", "return_request_view_kanban"):
            with self.subTest(view=view):
                self._queries_of_page(view, 1)  # warms the caches
                one, _length = self._queries_of_page(view, 1)
                ten, length = self._queries_of_page(view, 10)
                self.assertEqual(length, 10)
                self.assertEqual(ten, one)
                self.assertLessEqual(ten, 14)
