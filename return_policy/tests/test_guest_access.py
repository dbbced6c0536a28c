"""What a guest's session opens: one order and its requests, for two hours."""

import re
import time

from odoo.tests import new_test_user, tagged

from ..controllers.access import GRANTS
from .guest_common import GuestCase

FORGERY = re.compile(r"\b[0-9a-f]{40}o\d+")  # tokens against it, made anew each time


@tagged("post_install", "-at_install")
class TestGuestAccess(GuestCase):
    def setUp(self):
        super().setUp()
        self.partner.write({"street": "5 Secret Lane", "city": "Hangzhou"})
        self.request = self._request(self.order, 1)
        self.stranger = self._order()
        self.foreign = self._request(self.stranger, 1)

    def _as_guest(self, seconds=60):
        grants = {str(self.order.id): time.time() + seconds}
        self.authenticate(None, None, session_extra={GRANTS: grants})

    def _status(self, path):
        return self.url_open(path, allow_redirects=False).status_code

    def _pages(self, order, request):
        return (f"/my/orders/{order.id}/return", f"/my/returns/{request.id}")

    def test_the_grant_opens_the_order_and_its_requests(self):
        self._as_guest()
        for path in self._pages(self.order, self.request):
            self.assertEqual(self._status(path), 200, path)

    def test_it_opens_nothing_else(self):
        self._as_guest()
        for path in self._pages(self.stranger, self.foreign):
            self.assertEqual(self._status(path), 404, path)
        for path in (f"/my/orders/{self.order.id}", "/my/returns", "/my/orders"):
            self.assertEqual(self._status(path), 303, path)

    def test_no_link_on_the_pages_leads_a_guest_to_a_login(self):
        self._as_guest()
        order_page, request_page = self._pages(self.order, self.request)
        pages = self.url_open(order_page).text + self.url_open(request_page).text
        links = set(re.findall(r'href="(/my[^"#]*)"', pages))
        self.assertEqual(links, {order_page, request_page})

    def test_what_a_guest_does_is_noted_in_the_name_of_the_buyer(self):
        self._as_guest()
        answer = self._post(f"/my/returns/{self.request.id}/cancel")
        self.assertEqual(answer.status_code, 303)
        note = self.request.message_ids.sorted("id")[-1]
        self.assertEqual(note.preview, "Cancelled")
        self.assertEqual(note.author_id, self.partner)

    def test_an_expired_grant_opens_nothing(self):
        self._as_guest(seconds=-1)
        for path in self._pages(self.order, self.request):
            self.assertEqual(self._status(path), 404, path)

    def test_visitors_without_a_login_are_shown_how_to_open_their_page(self):
        self._as_guest(seconds=-1)
        for path in self._pages(self.order, self.request):
            page = self.url_open(path).text
            self.assertIn("The page you came for opens to its buyer only.", page)
            self.assertIn('action="/returns"', page)
        user = new_test_user(self.env, "return_stranger", groups="base.group_portal")
        self.authenticate(user.login, user.login)
        page = self.url_open(f"/my/returns/{self.request.id}").text
        self.assertNotIn("opens to its buyer only", page)

    def test_a_guest_reads_no_address_and_no_token_of_the_order(self):
        self.order._portal_ensure_token()
        self.request._portal_ensure_token()
        self._as_guest()
        for path in self._pages(self.order, self.request):
            page = self.url_open(path).text
            for secret in (
                self.order.access_token,
                self.request.access_token,
                "5 Secret Lane",
                "Hangzhou",
                "li@example.com",
                "8765",
            ):
                self.assertNotIn(secret, page, path)

    def test_each_record_opens_by_its_own_token_only(self):
        tokens = {
            record: record._portal_ensure_token()
            for record in (self.order, self.request, self.foreign)
        }
        order_page, request_page = self._pages(self.order, self.request)
        table = [
            (order_page, tokens[self.order], 200),
            (request_page, tokens[self.request], 200),
            (order_page, tokens[self.request], 404),
            (request_page, tokens[self.order], 404),
            (request_page, tokens[self.foreign], 404),
            (request_page, tokens[self.request].upper(), 404),
            (request_page, "", 404),
            (request_page, "令牌", 404),
        ]
        for path, token, status in table:
            found = self._status(f"{path}?access_token={token}")
            self.assertEqual(found, status, f"{path} {token}")

    def test_a_record_without_a_token_is_not_opened_by_an_empty_one(self):
        self.assertFalse(self.foreign.access_token)
        for token in ("", "False", "None", "0"):
            path = f"/my/returns/{self.foreign.id}?access_token={token}"
            self.assertEqual(self._status(path), 404, token)

    def test_numbers_no_record_can_have_are_unknown(self):
        for number in (0, 2**31, 10**30):
            for path in (f"/my/orders/{number}/return", f"/my/returns/{number}"):
                self.assertEqual(self._status(path), 404, path)

    def test_unknown_and_foreign_look_the_same(self):
        pages = set()
        for number in (self.foreign.id, 2**31 - 1):
            answer = self.url_open(f"/my/returns/{number}")
            shown = FORGERY.sub("", answer.text.partition("<body")[2])
            pages.add(shown.replace(str(number), ""))
        self.assertEqual(len(pages), 1)

    def test_whoever_has_no_login_owns_nothing(self):
        public = self.env.ref("base.public_user").partner_id
        order = self._order(deliver=False, invoice=False)
        order.partner_id = public

        self.assertEqual(self._status(f"/my/orders/{order.id}/return"), 404)

    def test_the_company_of_the_visitor_does_not_matter(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        self.env.ref("base.public_user").write(
            {"company_ids": [(4, other.id)], "company_id": other.id}
        )
        self._as_guest()
        for path in self._pages(self.order, self.request):
            self.assertEqual(self._status(path), 200, path)
