from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import LiveCase


@tagged("post_install", "-at_install")
class TestGlue(LiveCase):
    def test_the_platform_refunds_what_it_took(self):
        self.assertEqual(self.order._return_tender(), "platform")
        self.order.platform_id = False
        self.assertEqual(self.order._return_tender(), "manual")

    def test_the_case_file_names_what_the_platform_knows(self):
        self.order.platform_order_ref = "6920"
        request = self.env["return.request"].new({"sale_order_id": self.order.id})
        numbers = dict(request._case_numbers())
        self.assertEqual(numbers["Order"], self.order.name)
        self.assertEqual(numbers["Platform"], self.platform.name)
        self.assertEqual(numbers["Platform Order No."], "6920")
        self.assertEqual(numbers["Shop"], self.shop.name)
        self.assertEqual(numbers["Live Session"], self.session.display_name)
        self.assertEqual(numbers["Host"], self.host.name)

    def test_points_wait_for_the_end_of_the_return_window(self):
        dress = self.order.order_line[0]
        delivered_at = self.order.picking_ids.date_done
        self.assertEqual(
            dress._points_available_on(delivered_at), dress.return_last_moment
        )
        dress.return_received_at = False
        self.assertEqual(
            dress._points_available_on(delivered_at), dress.return_last_moment
        )


@tagged("post_install", "-at_install")
class TestCounts(LiveCase):
    def test_session_host_shop_and_platform_count_orders_and_returns(self):
        self._order(self.buyer.partner_id, delivered=False)
        reason = self.env.ref("return_policy.reason_no_reason")
        request = self._open_request(
            self.ticket.action_new_return_request(), reason_id=reason.id
        )
        for record in (self.session, self.host, self.shop):
            self.assertEqual((record.order_count, record.order_amount), (2, 1292.0))
            self.assertEqual((record.return_count, record.return_amount), (0, 0.0))
        request.action_submit()
        self.env.invalidate_all()
        for record in (self.session, self.host, self.shop):
            self.assertEqual((record.return_count, record.return_amount), (1, 458.0))
        self.assertGreaterEqual(self.platform.order_count, 2)

    def test_buttons_open_what_they_count(self):
        orders = self.session.with_user(self.agent).action_view_orders()
        self.assertEqual(self.env["sale.order"].search(orders["domain"]), self.order)
        returns = self.host.with_user(self.agent).action_view_returns()
        self.assertEqual(returns["domain"], [("live_host_id", "in", self.host.ids)])

    def test_counts_of_many_sessions_take_one_query_each(self):
        sessions = self.session
        for _number in range(20):
            sessions |= self.session.copy()
        sessions.invalidate_recordset()
        self.env.company.currency_id.mapped("name")  # warms the cache
        with self.assertQueryCount(1):
            sessions.mapped("order_count")
        with self.assertQueryCount(1):
            sessions.mapped("return_amount")

    def test_the_warehouse_does_not_see_what_was_sold(self):
        session = self.session.with_user(self.warehouse)
        self.assertEqual(session.host_id.name, "Deer")
        for name in ("order_amount", "return_amount"):
            with self.assertRaises(AccessError):
                session.read([name])
