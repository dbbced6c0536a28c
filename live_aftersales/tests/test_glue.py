from odoo.tests import tagged

from .common import LiveCase


@tagged("post_install", "-at_install")
class TestGlue(LiveCase):
    def test_the_platform_refunds_what_it_took(self):
        self.assertEqual(self.order._return_tender(), "platform")
        self.order.platform_id = False
        self.assertEqual(self.order._return_tender(), "manual")

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
