"""Withdrawing from a contract: two steps, no login, no reason, never lost."""

import re

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .withdrawal_common import WithdrawalCase

MOMENT = fields.Datetime.to_datetime("2026-07-03 21:30:15")


@tagged("post_install", "-at_install")
class TestWithdrawal(WithdrawalCase):
    def test_two_steps_without_login_and_reason_make_a_request(self):
        page = self.url_open(f"/returns/withdraw?reference={self.order.name}")
        self.assertEqual(page.status_code, 200)
        self.assertIn(f'value="{self.order.name}"', page.text)

        review = self._post("/returns/withdraw/review", **self.said)
        self.assertIn("Confirm withdrawal here", review.text)
        self.assertIn("I hereby withdraw from my contract.", review.text)
        self.assertIn("Goods: everything", review.text)
        self.assertFalse(self._received(), "the first step changes nothing")

        done = self._confirm()
        self.assertEqual(done.status_code, 303)
        withdrawal = self._received()
        self.assertTrue(withdrawal.is_verified)
        request = withdrawal.request_id
        self.assertRecordValues(
            request,
            [
                {
                    "sale_order_id": self.order.id,
                    "state": "submitted",
                    "asked_at": withdrawal.asked_at,
                    "reason_id": self.env.ref("return_policy.reason_no_reason").id,
                }
            ],
        )
        self.assertRecordValues(
            request.line_ids, [{"remedy": "return_refund", "qty_requested": 2}]
        )
        self.assertEqual(request.log_ids.mapped("event"), ["withdrawn"])
        self.assertEqual(request.log_ids.reason, withdrawal.name)

    def test_the_acknowledgement_has_content_date_time_and_zone(self):
        done = self._confirm()
        withdrawal = self._received()
        withdrawal.asked_at = MOMENT
        self.assertEqual(
            re.sub(r"\s", " ", withdrawal.asked_text),
            "July 3, 2026, 11:30:15 PM +0200 (Europe/Berlin)",
        )
        page = self.url_open(done.headers["Location"])
        mail = self._mail(withdrawal)
        self.assertEqual(mail.email_to, "li@example.com")
        self.assertEqual(mail.state, "outgoing")
        self.assertFalse(mail.auto_delete)
        self.assertIn(withdrawal.name, mail.subject)
        for text in (page.text, mail.body_html):
            for part in ("I hereby withdraw", self.order.name, "(Europe/Berlin)"):
                self.assertIn(part, text)

    def test_the_moment_of_sending_counts(self):
        with freeze_time(MOMENT):
            withdrawal = self.withdrawals._receive(self._vals(is_verified=True))
        self.assertEqual(withdrawal.asked_at, MOMENT)
        self.assertEqual(withdrawal.request_id.asked_at, MOMENT)
        self.assertEqual(withdrawal.request_id.line_ids.asked_at, MOMENT)

    def _vals(self, **vals):
        return {
            "company_id": self.company.id,
            "person": "Ms Li",
            "email": "li@example.com",
            "order_ref": self.order.name,
            "statement": "I withdraw.",
            "tz": "Europe/Berlin",
            "lang": "en_US",
            "key": self.said["key"],
            "sale_order_id": self.order.id,
            "is_verified": False,
            **vals,
        }

    def test_a_double_click_is_one_statement(self):
        first, second = self._confirm(), self._confirm()

        self.assertEqual(first.headers["Location"], second.headers["Location"])
        self.assertEqual(len(self._received()), 1)
        self.assertEqual(len(self._mail(self._received())), 1)

    def test_part_of_the_contract(self):
        order = self._order((self.product, 2), (self._product("Shade", 30.0), 3))
        token = order._portal_ensure_token()
        lamp, shade = order.order_line
        page = self.url_open(
            f"/returns/withdraw?order_id={order.id}&access_token={token}"
        )
        self.assertIn(f'name="quantity_{shade.id}"', page.text)

        self._confirm(
            order_id=order.id,
            access_token=token,
            **{f"quantity_{lamp.id}": "0", f"quantity_{shade.id}": "1"},
        )
        withdrawal = self._received()
        self.assertIn("Goods: 1 × Shade", withdrawal.statement)
        self.assertRecordValues(
            withdrawal.request_id.line_ids,
            [{"sale_line_id": shade.id, "qty_requested": 1}],
        )

    def test_more_than_was_bought_is_all_of_it(self):
        token = self.order._portal_ensure_token()
        line = self.order.order_line
        self._confirm(
            order_id=self.order.id,
            access_token=token,
            **{f"quantity_{line.id}": "1e9"},
        )
        self.assertEqual(self._received().request_id.line_ids.qty_requested, 2)

    def test_before_shipping_the_contract_is_cancelled(self):
        order = self._order(deliver=False, invoice=False)
        self._confirm(reference=order.name)

        request = self._received().request_id
        self.assertRecordValues(
            request.line_ids, [{"remedy": "cancel", "qty_requested": 2}]
        )

    def test_what_was_shipped_comes_back_and_the_rest_is_cancelled(self):
        order = self._order((self.product, 3), deliver=False, invoice=False)
        move = order.picking_ids.move_ids
        self.env["stock.quant"]._update_available_quantity(
            self.product, move.location_id, 3
        )
        order.picking_ids.action_assign()
        move.write({"quantity": 1, "picked": True})
        order.picking_ids._action_done()
        self.assertEqual(order.order_line.qty_delivered, 1)
        self._confirm(reference=order.name)

        self.assertRecordValues(
            self._received().request_id.line_ids,
            [
                {"remedy": "return_refund", "qty_requested": 1},
                {"remedy": "cancel", "qty_requested": 2},
            ],
        )

    # Never lost, never refused ----------------------------------------------

    def test_an_order_nobody_knows_waits_for_the_desk(self):
        done = self._confirm(reference="my blue lamp of last week")
        self.assertEqual(done.status_code, 303)
        withdrawal = self._received()
        self.assertFalse(withdrawal.sale_order_id or withdrawal.request_id)
        self.assertEqual(len(self._mail(withdrawal)), 1)

        agent = withdrawal.with_user(self.agent)
        agent.sale_order_id = self.order
        agent.action_open_request()

        self.assertEqual(withdrawal.request_id.asked_at, withdrawal.asked_at)
        self.assertEqual(withdrawal.request_id.state, "submitted")

    def test_an_order_of_another_address_is_only_proposed_to_the_desk(self):
        known = self._confirm()
        strange = self._confirm(email="mallory@example.com", key="")
        withdrawal = self._received()[-1]

        self.assertEqual(withdrawal.sale_order_id, self.order)
        self.assertFalse(withdrawal.is_verified or withdrawal.request_id)
        pages = [
            re.sub(r"RW/\d+/\d+|[\w.]+@example.com|\d+:\d+:\d+", "", answer.text)
            for answer in (
                self.url_open(known.headers["Location"]),
                self.url_open(strange.headers["Location"]),
            )
        ]
        tokens = re.compile(r"csrf_token: \"\w+\"|access_token=[\w-]+|withdraw/\d+")
        self.assertEqual(*(tokens.sub("", page) for page in pages))

    def test_goods_in_another_request_leave_the_statement_to_the_desk(self):
        self._request(self.order)
        self._confirm()
        withdrawal = self._received()

        self.assertFalse(withdrawal.request_id)
        self.assertIn("Nothing of order", withdrawal.problem)
        self.assertEqual(len(self._mail(withdrawal)), 1, "it is acknowledged anyway")

    def test_a_missing_name_or_address_is_asked_for_again(self):
        for gap in ({"person": " "}, {"email": "li"}, {"reference": ""}):
            for step in ("review", "confirm"):
                answer = self._post(f"/returns/withdraw/{step}", **(self.said | gap))
                self.assertIn("Please fill in your name", answer.text)
        self.assertFalse(self._received())

    def test_the_buyer_of_the_order_learns_of_it_too(self):
        token = self.order._portal_ensure_token()
        self._confirm(
            order_id=self.order.id, access_token=token, email="friend@example.com"
        )
        request = self._received().request_id
        notices = self.env["return.notice"].search([("request_id", "=", request.id)])
        self.assertEqual(notices.mapped("event"), ["submitted"])

    def test_the_acknowledgement_tells_the_buyer_enough(self):
        self._confirm()
        request = self._received().request_id
        self.assertFalse(
            self.env["return.notice"].search([("request_id", "=", request.id)])
        )
