"""Withdrawing: who may read or do what, and where the link shows."""

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.return_guest_attempt import MOST
from .withdrawal_common import WithdrawalCase


@tagged("post_install", "-at_install")
class TestWithdrawalDoors(WithdrawalCase):
    def test_reading_withdraws_from_nothing(self):
        for path in ("withdraw/confirm", "withdraw/review"):
            answer = self.url_open(f"/returns/{path}?person=A&reference=B&email=a@b.c")
            self.assertEqual(answer.status_code, 405)
        self.assertFalse(self._received())

    def test_a_form_from_elsewhere_withdraws_from_nothing(self):
        with self.assertLogs("odoo.http", "WARNING"):
            answer = self._post("/returns/withdraw/confirm", csrf=False, **self.said)
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self._received())

    def test_an_order_one_may_not_see_shows_no_goods(self):
        foreign = self.url_open(
            f"/returns/withdraw?order_id={self.order.id}&access_token=wrong"
        )
        self.assertNotIn("Lamp", foreign.text)
        self.assertNotIn(self.order.name, foreign.text)

    def test_the_acknowledgement_opens_by_its_own_address_only(self):
        done = self._confirm()
        withdrawal = self._received()
        self.assertEqual(self.url_open(done.headers["Location"]).status_code, 200)
        for query in ("", "?access_token=wrong", "?access_token="):
            answer = self.url_open(f"/returns/withdraw/{withdrawal.id}{query}")
            self.assertEqual(answer.status_code, 404)
        self.assertEqual(self.url_open("/returns/withdraw/99999999").status_code, 404)

    def test_statements_from_one_address_have_a_limit(self):
        self._come_from("192.0.2.9")
        self.attempts.create(
            [
                {"kind": "withdrawal", "key": self.attempts._hash("withdrawal", ip)}
                for ip in ["192.0.2.9"] * MOST["withdrawal"]
            ]
        )
        answer = self._confirm()
        self.assertEqual(answer.status_code, 429)
        self.assertIn("it counts as much", answer.text)
        self._come_from("192.0.2.10")
        self.assertEqual(self._confirm().status_code, 303)

    def test_what_is_typed_is_text(self):
        self._confirm(person="<img src=x onerror=alert(1)>", reference="<b>x</b>")
        withdrawal = self._received()
        self.assertNotIn("<img src=x", self._mail(withdrawal).body_html)
        page = self.url_open(withdrawal.get_portal_url())
        self.assertNotIn("<b>x</b>", page.text)
        self.assertIn("&lt;b&gt;x&lt;/b&gt;", page.text)

    # Where it shows ---------------------------------------------------------

    def test_the_link_shows_while_the_window_of_an_eu_order_runs(self):
        self.assertTrue(self.order._offers_withdrawal())
        page = self.url_open(self.order.get_portal_url())
        self.assertIn("Withdraw from contract here", page.text)
        self.assertIn("Withdraw from contract here", self.url_open("/returns").text)

        day = fields.Datetime.add(fields.Datetime.now(), days=60)
        with freeze_time(day):
            self.assertFalse(self.order._offers_withdrawal())

    def test_a_chinese_shop_shows_no_link_but_takes_statements(self):
        self.company.return_policy_id = self.chinese
        self.policy.active = False
        order = self._order()
        self.assertFalse(order._offers_withdrawal())
        for path in (order.get_portal_url(), "/returns"):
            self.assertNotIn("Withdraw from contract", self.url_open(path).text)
        self.assertEqual(self._confirm(reference=order.name).status_code, 303)

    def test_mails_about_the_order_carry_the_link(self):
        message = self.order.message_post(
            body="Your order",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.partner.ids,
            force_send=False,
            email_layout_xmlid="mail.mail_notification_layout",
        )
        mail = self.env["mail.mail"].search([("mail_message_id", "=", message.id)])
        body = "".join(mail.mapped("body_html"))
        self.assertIn(f"/returns/withdraw?reference={self.order.name}", body)
        self.assertNotIn(f"withdraw?reference={self.order.name}&access_token", body)

    # The desk ---------------------------------------------------------------

    def test_agents_name_the_order_and_change_nothing_else(self):
        self._confirm(reference="the blue lamp")
        withdrawal = self._received()
        agent = withdrawal.with_user(self.agent)
        with self.assertRaises(UserError):
            agent.action_open_request()
        for vals in ({"statement": "no"}, {"asked_at": fields.Datetime.now()}):
            with self.assertRaises(AccessError):
                agent.write(vals)
        for user in (self.agent, self.lead):
            with self.assertRaises(AccessError):
                withdrawal.with_user(user).unlink()
        self.assertIn("the blue lamp", withdrawal.statement)

        agent.sale_order_id = self.order
        agent.action_open_request()
        with self.assertRaises(UserError):
            agent.sale_order_id = False
        self.assertEqual(withdrawal.request_id.sale_order_id, self.order)

    def test_the_warehouse_and_other_companies_see_no_statements(self):
        self._confirm(reference="the blue lamp")
        withdrawal = self._received()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._user("stranger", "return_policy.group_return_agent")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        for user in (self.keeper, stranger):
            for step in ("action_open_request", "action_close"):
                with self.assertRaises(AccessError):
                    getattr(withdrawal.with_user(user), step)()
        self.assertFalse(withdrawal.request_id or withdrawal.closed_at)

    def test_a_statement_about_nothing_of_ours_is_closed_and_kept(self):
        self._confirm(reference="a lamp of another shop")
        withdrawal = self._received()
        withdrawal.with_user(self.agent).action_close()

        self.assertTrue(withdrawal.closed_at)
        self.assertTrue(withdrawal.statement)
