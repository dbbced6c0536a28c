"""A buyer asks for a return in the portal."""

from odoo.tests import tagged

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestPortalAsk(PortalCase):
    def test_a_buyer_comes_from_the_order_to_a_request(self):
        self._policy(auto_approve=False)
        order = self._order((self.product, 2))
        self._as(self.buyer)
        page = self._page(f"/my/orders/{order.id}")
        self.assertIn("Return, exchange or cancel", page)
        page = self._page(f"/my/orders/{order.id}/return")
        self.assertIn("Lamp", page)
        self.assertIn("paid $ 200.00", page)
        answer = self._ask_items(order)
        self.assertTrue(answer.url.endswith("/return/details"), answer.url)
        draft = self._draft(order)
        self.assertEqual(draft.line_ids.qty_requested, 1)
        self.assertEqual(order.order_line.qty_returnable, 2)
        path = f"/my/orders/{order.id}/return"
        answer = self._post(f"{path}/details", go="next", note="Too bright <b>")
        self.assertTrue(answer.url.endswith("/return/outcome"), answer.url)
        self.assertIn("Return and refund", self._words(answer))
        answer = self._post(f"{path}/outcome", remedy="return_refund")
        self.assertTrue(answer.url.endswith("/return/review"), answer.url)
        self.assertIn("Too bright <b>", self._words(answer))
        self.assertIn("&lt;b&gt;", answer.text)
        answer = self._confirm(draft)
        self.assertTrue(answer.url.endswith(f"/my/returns/{draft.id}"), answer.url)
        self.assertEqual(draft.state, "submitted")
        self.assertEqual(draft.log_ids.user_id, self.buyer)
        self.assertEqual(order.order_line.qty_returnable, 1)
