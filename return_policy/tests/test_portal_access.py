"""Who comes through the buyer's door: owners only, and strangers learn nothing."""

from odoo import http
from odoo.tests import new_test_user, tagged

from .evidence_common import picture
from .portal_common import PortalCase

ORDER_PAGES = ("", "/details", "/outcome", "/review", "/file/{file}")
ORDER_FORMS = ("", "/details", "/outcome", "/review")
REQUEST_PAGES = ("", "/file/{file}", "/slip")
REQUEST_FORMS = ("cancel", "tracking", "message", "answer", "evidence", "offer")
UNKNOWN = 2**31 - 1
WRONG = "00000000-0000-4000-8000-000000000000"


@tagged("post_install", "-at_install")
class TestPortalAccess(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.env["res.company"].create({"name": "Other shop"})
        cls.abroad = new_test_user(
            cls.env,
            "return_abroad",
            groups="base.group_portal",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )

    def setUp(self):
        super().setUp()
        self.order = self._order((self.product, 2))
        self._as(self.buyer)
        self.request = self._sent(self.order)
        self.line = self.request.line_ids
        files = self.line.env["ir.attachment"]
        file = files.create({"name": "a.png", "raw": picture()})
        self.line.evidence_ids = file
        self.file = file
        self._ask_items(self.order)
        self.draft = self._draft(self.order)
        self.assertTrue(self.draft)

    def _pages(self, order_id, request_id):
        values = {"file": self.file.id}
        for page in ORDER_PAGES:
            yield f"/my/orders/{order_id}/return{page.format(**values)}"
        for page in REQUEST_PAGES:
            yield f"/my/returns/{request_id}{page.format(**values)}"

    def _forms(self, order_id, request_id):
        for page in ORDER_FORMS:
            yield f"/my/orders/{order_id}/return{page}"
        for page in REQUEST_FORMS:
            yield f"/my/returns/{request_id}/{page}"

    def _answers(self, query=""):
        """Return {(own or unknown ids, path): (status, text)} of every route."""
        found = {}
        known = (self.order.id, self.request.id)
        for ids in (known, (UNKNOWN, UNKNOWN)):
            for path in self._pages(*ids):
                response = self.url_open(path + query, allow_redirects=False)
                found[ids == known, path] = response.status_code
            for path in self._forms(*ids):
                form = {
                    "csrf_token": http.Request.csrf_token(self),
                    "ask": self.draft.id,
                    "seen": self.draft._buyer_seen(),
                    "message": "hello",
                    "tracking": "SF123456",
                    "offer": "take",
                    "answer": "hello",
                }
                response = self.url_open(path + query, form, allow_redirects=False)
                found[ids == known, path] = response.status_code
        return found

    def _state(self):
        self.env.invalidate_all()
        return (
            self.request.read(["state", "return_tracking_ref", "message_ids"]),
            self.draft.read(["state", "write_date", "line_ids"]),
            self.env["return.request"].search_count([]),
        )

    def test_strangers_get_the_same_as_for_what_does_not_exist(self):
        before = self._state()
        for user in (None, self.other, self.abroad):
            for query in ("", f"?access_token={WRONG}"):
                self._as(user)
                for (_known, path), status in self._answers(query).items():
                    self.assertEqual(status, 404, f"{user and user.login}: {path}")
        self.assertEqual(self._state(), before)

    def test_an_owner_sees_no_draft_of_the_desk_and_no_foreign_file(self):
        desk = self._request(self.order, 1, submit=False)
        self._as(self.buyer)
        self._page(f"/my/returns/{desk.id}", 404)
        self._page(f"/my/returns/{self.draft.id}", 404)
        foreign = self.env["ir.attachment"].create({"name": "b", "raw": b"secret"})
        self._page(f"/my/returns/{self.request.id}/file/{foreign.id}", 404)
        self._page(f"/my/orders/{self.order.id}/return/file/{self.file.id}", 404)
        answer = self.url_open(f"/my/returns/{self.request.id}/file/{self.file.id}")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "image/png")
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_forms_need_their_token_against_forgery(self):
        before = self._state()
        for path in self._forms(self.order.id, self.request.id):
            answer = self.url_open(path, {"message": "x"}, allow_redirects=False)
            self.assertEqual(answer.status_code, 400, path)
        self.assertEqual(self._state(), before)

    def test_the_token_of_the_order_opens_the_whole_way(self):
        token = self.order._portal_ensure_token()
        self._as(None)
        query = f"?access_token={token}"
        page = self._page(f"/my/orders/{self.order.id}/return{query}")
        self.assertIn("Lamp", page)
        line = self.order.order_line
        path = f"/my/orders/{self.order.id}/return"
        self._post(
            path + query,
            reason=self.reason.id,
            **{f"pick_{line.id}": 1, f"qty_{line.id}": 1},
        )
        draft = self._draft(self.order, self.env.ref("base.public_user"))
        self.assertNotEqual(draft, self.draft)
        self._post(f"{path}/outcome{query}", remedy="return_refund")
        answer = self._post(
            f"{path}/review{query}", ask=draft.id, seen=draft._buyer_seen()
        )
        self.assertEqual(draft.state, "submitted")
        self.assertIn(f"/my/returns/{draft.id}?access_token=", answer.url)
        self.assertNotIn(token, answer.url)
        self.assertEqual(draft.log_ids.user_id, self.env.ref("base.public_user"))
        answer = self._post(
            f"/my/returns/{draft.id}/message?access_token={draft.access_token}",
            message="Please hurry",
        )
        self.assertIn("Please hurry", self._words(answer))
        self.assertEqual(draft._buyer_messages().author_id, self.partner)

    def test_another_person_of_the_household_asks_for_themselves(self):
        family = new_test_user(
            self.env, "return_family", groups="base.group_portal", name="Mr Li"
        )
        family.partner_id.parent_id = self.partner
        self._as(family)
        page = self._page(f"/my/orders/{self.order.id}/return")
        self.assertNotIn("checked", page)
        self._confirm(self.draft)
        self.assertEqual(self.draft.state, "draft")
