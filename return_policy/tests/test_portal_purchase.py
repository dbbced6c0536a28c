"""The buyer agrees before paying that some goods cannot be returned."""

from odoo import http
from odoo.tests import tagged

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestPortalPurchase(PortalCase):
    def setUp(self):
        super().setUp()
        self.product.return_exclusion = "A7_1"
        self.order = self.env["sale.order"].create(
            {
                "partner_id": self.partner.id,
                "order_line": [
                    (0, 0, {"product_id": product.id})
                    for product in (self.product, self._product("Chair", 60.0))
                ],
            }
        )
        self.order.action_quotation_sent()
        self.line = self.order.order_line[0]
        self.path = f"/my/orders/{self.order.id}"

    def _agree(self, *lines):
        return self._post(
            f"{self.path}/return/agree", **{f"agree_{line.id}": 1 for line in lines}
        )

    def test_a_tick_is_written_down_once_in_the_words_shown(self):
        self._as(self.buyer)
        page = self._page(self.path)
        self.assertIn("I know that Lamp cannot be returned without a reason", page)
        self.assertNotIn("I know that Chair", page)
        answer = self._agree(*self.order.order_line)
        self.assertIn("Thank you, this is noted.", self._words(answer))
        self._agree(*self.order.order_line)
        proof = self.order.order_line.return_confirmation_ids
        self.assertRecordValues(
            proof, [{"sale_line_id": self.line.id, "source": "portal"}]
        )
        self.assertIn("I know that Lamp cannot be returned", proof.wording)
        self.order.action_confirm()
        self.assertTrue(proof.is_timely)
        self._deliver(self.order)
        page = self._page(f"{self.path}/return")
        self.assertIn("art. 7", page)
        self.assertIn("Is something wrong with it?", page)

    def test_without_the_tick_nothing_is_excluded(self):
        self._as(self.buyer)
        self._agree()
        self.assertFalse(self.line.return_confirmation_ids)
        self.order.action_confirm()
        self._agree(self.line)
        self.assertFalse(self.line.return_confirmation_ids)
        self.assertNotIn("Before you pay", self._page(self.path))

    def test_nobody_agrees_for_the_buyer(self):
        for user in (None, self.other):
            self._as(user)
            form = {
                "csrf_token": http.Request.csrf_token(self),
                f"agree_{self.line.id}": 1,
            }
            answer = self.url_open(f"{self.path}/return/agree", form)
            self.assertEqual(answer.status_code, 404)
        self._as(self.buyer)
        form.pop("csrf_token")
        answer = self.url_open(f"{self.path}/return/agree", form)
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.line.return_confirmation_ids)
