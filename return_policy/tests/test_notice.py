"""Buyers are told of the steps of their request: once each, in their language."""

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestNotice(CronMixinCase, ReturnCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._policy(cls, auto_approve=False)
        cls.company.partner_id.write({"street": "1 Harbour Road", "phone": "5550100"})
        cls.notices = cls.env["return.notice"]
        cls.job = cls.env.ref("return_policy.ir_cron_send_notices")

    def _run_job(self):
        """Run the job as the scheduler does."""
        with self.enter_registry_test_mode():
            self.job.method_direct_trigger()

    def _written(self, request):
        return self.notices.search([("request_id", "=", request.id)], order="id")

    def _events(self, request):
        return self._written(request).mapped("event")

    def _messages(self, request):
        """Return what the buyer sees of the request's history, oldest first."""
        return request.sudo().website_message_ids.sorted("id")

    def test_each_step_writes_one_notice_and_the_job_sends_it(self):
        request = self._inspected(self._order())

        self.assertEqual(
            self._events(request), ["submitted", "approved", "received", "settled"]
        )
        self.assertFalse(any(self._written(request).mapped("sent_at")))
        self._run_job()

        messages = self._messages(request)
        self.assertEqual(
            messages.mapped("subject"),
            [
                f"We have your return request {request.name}",
                f"Your return {request.name} is approved",
                f"The goods of your return {request.name} have arrived",
                f"The money for your return {request.name}",
            ],
        )
        self.assertEqual(messages.notified_partner_ids, self.partner)
        self.assertTrue(all(self._written(request).mapped("sent_at")))
        self.assertEqual(self._written(request).message_id, messages)

    def test_running_the_job_again_sends_nothing_again(self):
        request = self._request(self._order())
        self._run_job()
        self._run_job()

        self.assertEqual(len(self._messages(request)), 1)
        self.assertEqual(self._written(request).attempts, 1)

    def test_an_approval_says_where_the_goods_go_and_until_when(self):
        request = self._approved(self._order())
        self._run_job()

        body = self._messages(request)[-1].body
        for part in (request.name, "1 Harbour Road", "5550100", "China Standard Time"):
            self.assertIn(part, body)
        self.assertIn(f"/my/returns/{request.id}?access_token=", body)

    def test_a_refund_without_goods_asks_for_no_parcel(self):
        request = self._approved(
            self._order(), line_vals={"remedy": "refund_only"}, submit=True
        )
        self._run_job()

        approved = self._written(request).filtered(lambda n: n.event == "approved")
        self.assertNotIn("1 Harbour Road", approved.message_id.body)

    def test_a_refusal_gives_the_reason_as_text(self):
        request = self._request(self._order())
        request.action_refuse("Worn & washed <b>twice</b>")
        self._run_job()

        self.assertIn(
            "Worn &amp; washed &lt;b&gt;twice&lt;/b&gt;",
            self._messages(request)[-1].body,
        )

    def test_what_the_desk_notes_for_itself_is_not_told(self):
        request = self._approved(self._order())
        self._run_job()

        bodies = "".join(self._messages(request).mapped("body"))
        self.assertNotIn("whatever the rule", bodies)

    def test_the_money_is_broken_down(self):
        request = self._inspected(self._order((self.product, 2, 50.0)))
        self._run_job()

        body = self._messages(request)[-1].body
        self.assertIn("100.00", body)
        self.assertIn("is paid back to you by us", body)

    def test_the_money_of_refused_lines_is_not_listed(self):
        cup = self._product("Cup", 30.0)
        request = self._request(self._order((self.product, 1), (cup, 1)))
        request.line_ids[1].write({"answer": "refuse", "answer_reason": "Used"})
        request.action_approve()
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        self._run_job()

        approved, settled = self._messages(request)[1].body, self._messages(request)[-1]
        self.assertIn("Cup", approved)
        self.assertIn("Used", approved)
        self.assertIn("is settled", settled.body)
        self.assertNotIn("Cup", settled.body)

    def test_moments_are_named_in_the_words_of_the_buyers_language(self):
        request = self._request(self._order())
        notice = self._written(request)
        moment = fields.Datetime.to_datetime("2026-11-29 04:00:00")
        self.assertEqual(
            notice._moment_text(moment), "29 Nov 2026, 12:00 (China Standard Time)"
        )
        self.assertEqual(notice._moment_text(False), "")

    def test_nothing_is_written_where_the_company_does_not_want_it(self):
        self.company.return_notify_buyer = False
        request = self._request(self._order())

        self.assertFalse(self._written(request))

    def test_a_buyer_without_an_address_finds_it_in_the_portal_only(self):
        self.partner.email = False
        request = self._request(self._order())
        self._run_job()

        message = self._messages(request)
        self.assertEqual(len(message), 1)
        self.assertFalse(message.notified_partner_ids)
        self.assertIn("No e-mail address", self._written(request).note)

    def test_the_message_speaks_the_language_of_the_buyer(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        template = self.env.ref("return_policy.mail_template_return_submitted")
        template.with_context(lang="zh_CN").subject = "收到 {{ object.id }}"
        self.partner.lang = "zh_CN"
        request = self._request(self._order())
        self._run_job()

        self.assertEqual(
            self._messages(request).subject, f"收到 {self._written(request).id}"
        )

    def test_followers_of_the_desk_get_no_mail(self):
        request = self._request(self._order())
        request.sudo().message_subscribe(partner_ids=self.lead.partner_id.ids)
        self._run_job()

        self.assertEqual(
            self._messages(request).notified_partner_ids, request.partner_id
        )

    def test_one_that_fails_stops_no_other_and_is_tried_three_times(self):
        template = self.env.ref("return_policy.mail_template_return_refused")
        template.body_html = '<p t-out="object.no_such_thing"/>'
        refused = self._request(self._order())
        refused.action_refuse("No")
        other = self._request(self._order())
        with self.assertLogs("odoo.addons.return_policy", "WARNING") as logs:
            for _time in range(4):
                self._run_job()
        self.assertEqual(len(logs.output), 3)

        failed = self._written(refused).filtered(lambda n: n.event == "refused")
        self.assertEqual((failed.attempts, failed.sent_at), (3, False))
        self.assertIn("no_such_thing", failed.note)
        self.assertEqual(len(self._messages(refused)), 1, "the first notice")
        self.assertEqual(len(self._messages(other)), 1)

    def test_a_lead_has_what_failed_tried_again(self):
        request = self._request(self._order())
        notice = self._written(request)
        notice.attempts = 3
        self._run_job()
        self.assertFalse(notice.sent_at)

        with self.assertRaises(AccessError):
            notice.with_user(self.agent).action_retry()
        self.assertEqual(notice.attempts, 3)
        notice.with_user(self.lead).action_retry()
        self._run_job()

        self.assertTrue(notice.sent_at)

    def test_a_step_of_many_requests_wakes_the_job_once(self):
        orders = [self._order() for _number in range(3)]
        requests = self.env["return.request"].browse(
            [self._request(order, submit=False).id for order in orders]
        )
        self.env.cr.precommit.run()
        with self.capture_triggers("return_policy.ir_cron_send_notices") as captured:
            requests.with_user(self.agent).action_submit()
            requests.with_user(self.agent).action_refuse("No")
            self.assertFalse(captured.records)
            self.env.cr.precommit.run()

        self.assertEqual(len(captured.records), 1)

    def test_notices_of_many_requests_are_one_insert(self):
        requests = self.env["return.request"].browse(
            [self._request(self._order()).id for _number in range(3)]
        )
        self.env.flush_all()
        requests._notify_buyer("reminder")
        with self.assertQueryCount(1, flush=False):
            requests._notify_buyer("reminder")
            self.env.flush_all()

    def test_nobody_writes_or_deletes_notices_by_hand(self):
        notice = self._written(self._request(self._order()))
        for user in (self.agent, self.lead):
            with self.assertRaises(AccessError):
                notice.with_user(user).write({"sent_at": False})
            with self.assertRaises(AccessError):
                notice.with_user(user).unlink()
        with self.assertRaises(AccessError):
            notice.with_user(self.keeper).read(["reason"])
        self.assertTrue(notice.exists())
