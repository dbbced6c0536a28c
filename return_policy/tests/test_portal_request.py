"""The page of a request: where it stands, and what its buyer does there."""

import re

from odoo.tests import tagged

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestPortalRequest(PortalCase):
    def setUp(self):
        super().setUp()
        self._policy(auto_approve=False, refund_on="inspected")
        self.order = self._order((self.product, 1))
        self._as(self.buyer)
        self.request = self._sent(self.order)
        self.path = f"/my/returns/{self.request.id}"

    def _approve(self):
        self.request.with_user(self.lead)._override("as agreed")

    def test_the_page_follows_the_request_to_the_money(self):
        page = self._page(self.path)
        self._page(f"{self.path}/slip", 404)
        self.assertIn("We look at your request and answer you. By:", page)
        self.assertIn("You get back $ 100.00", page)
        self._approve()
        page = self._page(self.path)
        self.assertIn("Send the goods back to us. By:", page)
        self.assertIn(self.company.name, page)
        slip = self.url_open(f"{self.path}/slip")
        self.assertIn(slip.headers["Content-Type"], ("text/html", "application/pdf"))
        self._post(f"{self.path}/tracking", carrier="SF", tracking="SF 1234567")
        self.assertEqual(self.request.return_tracking_ref, "SF 1234567")
        self.assertEqual(self.request.return_carrier, "SF")
        self.assertIn("Your parcel is on its way to us.", self._page(self.path))
        self._receive(self.request)
        page = self._page(self.path)
        self.assertIn("Your parcel is here; we look at the goods.", page)
        self.assertNotIn("Cancel this request", page)
        self.request.with_user(self.keeper).action_inspect()
        page = self._page(self.path)
        self.assertIn("on its way $ 100.00", page)
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)
        self.env["return.refund"]._cron_send()
        refund = self.request.refund_ids
        refund.with_user(self.agent).action_confirm("BANK 1")
        page = self._page(self.path)
        self.assertIn("All is done.", page)
        self.assertIn("paid on", page)
        self.assertIn("You got back $ 100.00", page)
        self.assertNotIn("BANK 1", page)

    def test_a_parcel_number_is_checked_and_kept_as_typed(self):
        self._approve()
        for typed in ("", "1", "<script>", "x" * 51, "' OR 1=1"):
            answer = self._post(f"{self.path}/tracking", carrier="SF", tracking=typed)
            self.assertIn("Enter the number of the parcel", self._words(answer))
            self.assertFalse(self.request.return_tracking_ref)
        self.assertNotIn("<script>'", answer.text)
        self.assertIn('value="SF"', answer.text)

    def test_a_number_before_the_approval_is_not_taken(self):
        answer = self._post(f"{self.path}/tracking", tracking="SF1234567")
        self.assertIn("No parcel is awaited", self._words(answer))
        self.assertFalse(self.request.return_tracking_ref)

    def test_the_buyer_cancels_until_goods_are_back(self):
        answer = self._post(f"{self.path}/cancel")
        self.assertIn("Your request is cancelled.", self._words(answer))
        self.assertEqual(self.request.state, "cancelled")
        self._post(f"{self.path}/cancel")
        self.assertEqual(len(self.request.log_ids), 2)
        self.assertEqual(self.order.order_line.qty_returnable, 1)
        other = self._sent(self.order)
        other.with_user(self.lead)._override("as agreed")
        self._receive(other)
        answer = self._post(f"/my/returns/{other.id}/cancel")
        self.assertIn("cannot be cancelled any more", self._words(answer))
        self.assertEqual(other.state, "approved")

    def test_messages_go_both_ways_and_notes_stay_inside(self):
        self.request.message_post(
            body="We will look.",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.request.message_post(body="Watch this buyer", subtype_xmlid="mail.mt_note")
        answer = self._post(f"{self.path}/message", message="Is <b>it</b> here?")
        page = self._words(answer)
        self.assertIn("We will look.", page)
        self.assertIn("Is <b>it</b> here?", page)
        self.assertIn("Is &lt;b&gt;it&lt;/b&gt; here?", answer.text)
        self.assertNotIn("Watch this buyer", page)
        self.assertEqual(
            self.request._buyer_messages()[-1].author_id, self.buyer.partner_id
        )
        for typed in ("", "   ", "x" * 5001):
            self._post(f"{self.path}/message", message=typed)
        self.assertEqual(len(self.request._buyer_messages()), 2)

    def test_a_question_is_answered_on_the_page(self):
        self.request.with_user(self.agent).action_need_info("Which lamp?")
        page = self._page(self.path)
        self.assertIn("We have a question: please answer it.", page)
        self.assertIn("Which lamp?", page)
        answer = self._post(f"{self.path}/answer", answer=" ")
        self.assertIn("Write something first.", self._words(answer))
        self.assertEqual(self.request.state, "needs_info")
        answer = self._post(f"{self.path}/answer", answer="The red one")
        self.assertIn("Thank you for your answer.", self._words(answer))
        self.assertEqual(self.request.state, "submitted")
        self.assertEqual(self.request.info_answer, "The red one")
        answer = self._post(f"{self.path}/answer", answer="Again")
        self.assertIn("We have no open question to you.", self._words(answer))

    def _offered(self, amount):
        """Return the page of a request with an open offer."""
        line = self.request.line_ids.with_user(self.agent)
        line.amount_agreed = amount
        self.request.with_user(self.agent).action_offer()
        return self._page(self.path)

    def test_an_offer_is_taken_at_the_amount_that_was_shown(self):
        page = self._offered(30.0)
        self.assertIn("We made you an offer: take it or decline it.", page)
        self.assertIn("You keep the goods and get back $ 30.00", page)
        answer = self._post(f"{self.path}/offer", offer="take", amount="9000")
        self.assertIn("The offer has changed.", self._words(answer))
        self.assertEqual(self.request.offer_state, "open")
        answer = self._post(f"{self.path}/offer", offer="take", amount="3000")
        self.assertIn("You took the offer.", self._words(answer))
        self.assertEqual(self.request.offer_state, "accepted")
        self.assertEqual(self.request.refund_ids.amount, 30.0)
        self._post(f"{self.path}/offer", offer="take", amount="3000")
        self.assertEqual(self.request.refund_ids.amount, 30.0)

    def test_a_declined_offer_goes_back_to_the_desk(self):
        self._offered(30.0)
        answer = self._post(f"{self.path}/offer", offer="decline")
        self.assertIn("You declined the offer.", self._words(answer))
        self.assertNotIn("30.00", self._words(answer))
        self.assertEqual(
            (self.request.state, self.request.offer_state), ("submitted", "declined")
        )
        self.assertFalse(self.request.refund_ids)

    def test_a_refusal_says_why(self):
        self.request.with_user(self.agent).action_refuse("Worn and washed")
        page = self._page(self.path)
        self.assertIn("We could not accept this request. Worn and washed", page)

    def test_every_form_of_the_page_is_sent_once_whatever_the_clicks(self):
        self.request.with_user(self.agent).action_need_info("Which lamp?")
        pages = [self.url_open(self.path).text]
        self.request._buyer_answer("The red one")
        pages.append(self.url_open(self.path).text)
        self._offered(30.0)
        pages.append(self.url_open(self.path).text)
        self.request._buyer_decline_offer()
        self._approve()
        pages.append(self.url_open(self.path).text)
        found = {}
        for page in pages:
            for form in re.findall(rf'<form[^>]*action="{self.path}/[^>]*>', page):
                step = re.search(rf"{self.path}/(\w+)", form)[1]
                found[step] = "o_return_form" in form
        steps = ("answer", "evidence", "offer", "tracking", "message", "cancel")
        self.assertEqual(found, dict.fromkeys(steps, True))

    def test_the_scripts_of_the_pages_speak_the_language_of_the_buyer(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        answer = self.url_open("/website/translations?lang=zh_CN")
        self.assertIn("return_policy", answer.json()["modules"])

    def test_no_page_changes_anything_by_being_opened(self):
        stored = [name for name, field in self.request._fields.items() if field.store]
        before = self.request.read(stored)
        for step in ("cancel", "tracking", "message", "answer", "evidence", "offer"):
            response = self.url_open(f"{self.path}/{step}")
            self.assertIn(response.status_code, (404, 405), step)
        self._page(self.path)
        self.env.invalidate_all()
        self.assertEqual(self.request.read(stored), before)

    def test_the_list_shows_filters_and_sorts_own_returns(self):
        done = self._sent(self._order())
        self._post(f"/my/returns/{done.id}/cancel")
        page = self._page("/my/returns?sortby=oldest")
        self.assertLess(page.index(self.request.name), page.index(done.name))
        page = self._page("/my/returns?filterby=open&sortby=deadline")
        self.assertIn(self.request.name, page)
        self.assertNotIn(done.name, page)
        page = self._page("/my/returns?filterby=closed")
        self.assertIn(done.name, page)
        self.assertNotIn("$ 100.00", page)
        self.assertNotIn("You get back", self._page(f"/my/returns/{done.id}"))
        self.assertNotIn(self.request.name, page)
        self._page("/my/returns?filterby=x&sortby=y&page=-3")
        self._as(self.other)
        page = self._page("/my/returns")
        self.assertIn("You have not returned anything yet.", page)
        self.assertNotIn(self.request.name, page)
        counters = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["return_count"]}
        )
        self.assertEqual(counters, {"return_count": 0})

    def test_the_list_takes_as_many_queries_for_many_as_for_few(self):
        domain = [("partner_id", "=", self.partner.id)]
        counts = []
        for number in (1, 6):
            for _each in range(number):
                self._sent(self._order())
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            for found in self.env["return.request"].search(domain):
                found._buyer_badge()
                found._buyer_total()
                found.sale_order_id.mapped("name")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
