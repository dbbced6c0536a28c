"""A buyer at the door of the portal, for the tests of its pages."""

import re
from html import unescape

from odoo import http
from odoo.tests import HttpCase, new_test_user

from .common import ReturnCase

SCRIPTS = re.compile(r"(?s)<script.*?</script>")
TAGS = re.compile(r"<[^>]+>")


class PortalCase(HttpCase, ReturnCase):
    """A buyer with a login, another buyer, and helpers to fill in forms."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = new_test_user(
            cls.env, "return_buyer", groups="base.group_portal", name="Ms Li"
        )
        cls.other = new_test_user(
            cls.env, "return_other_buyer", groups="base.group_portal", name="Mr Wu"
        )
        cls.partner = cls.buyer.partner_id

    def _as(self, user):
        """Log in; nobody means a visitor."""
        login = user and user.login
        self.authenticate(login, login)

    def _page(self, path, status=200):
        """Return the text of a page, with one blank between words."""
        response = self.url_open(path)
        self.assertEqual(response.status_code, status, self._words(response))
        return self._words(response)

    def _words(self, response):
        shown = response.text.partition("<body")[2]
        shown = shown.replace("\ufeff", "")  # what core puts behind a minus
        return " ".join(unescape(TAGS.sub(" ", SCRIPTS.sub("", shown))).split())

    def _post(self, path, files=None, **form):
        """Send a form as the page would, and follow to the next one."""
        form["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(path, data=form, files=files)

    def _ask_items(self, order, quantity=1, reason=None, **form):
        """Send the first form for every product of the order."""
        lines = order._buyer_lines()
        typed = {"reason": (reason or self.reason).id}
        for line in lines:
            typed |= {f"pick_{line.id}": "1", f"qty_{line.id}": str(quantity)}
        return self._post(f"/my/orders/{order.id}/return", **(typed | form))

    def _draft(self, order, user=None):
        user = user or self.buyer
        return self.env["return.request"].with_user(user).sudo()._buyer_ask(order)

    def _asked(self, order, quantity=1, remedy="return_refund", reason=None):
        """Return a draft that is ready to be sent, made by the forms."""
        self._ask_items(order, quantity, reason)
        path = f"/my/orders/{order.id}/return"
        self._post(f"{path}/details", go="next")
        self._post(f"{path}/outcome", remedy=remedy)
        return self._draft(order)

    def _sent(self, order, **vals):
        """Return a request sent through the door."""
        draft = self._asked(order, **vals)
        answer = self._confirm(draft)
        self.assertNotEqual(draft.state, "draft", self._words(answer))
        return draft

    def _confirm(self, draft):
        return self._post(
            f"/my/orders/{draft.sale_order_id.id}/return/review",
            ask=draft.id,
            seen=draft._buyer_seen(),
        )
