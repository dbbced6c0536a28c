"""Two workers with one parcel: it is received, inspected and paid once."""

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from .concurrent_common import TwoTransactionsCase


@tagged("post_install", "-at_install")
class TestTwoWorkers(TwoTransactionsCase):
    def _approved(self):
        request = self._make_request("return_refund", submit=True)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            found = env["return.request"].browse(request)
            if found.state == "submitted":
                found._override("two workers")
        return request

    def _open(self, env, request):
        action = env["return.request"].browse(request).action_open_inspection()
        screen = env["return.request.inspection"].with_context(**action["context"])
        return screen.create({})

    def test_two_scanners_open_one_set_of_rows(self):
        request = self._approved()

        def scan(env):
            return self._open(env, request).unit_ids.ids

        one, two = self._race(scan, scan)
        self.assertEqual((len(one), one), (2, two))
        self.assertEqual(len(self._read().return_request_ids.line_ids.unit_ids), 2)

    def test_two_workers_finish_one_parcel_once(self):
        request = self._approved()

        with self.registry.cursor() as cr:
            self._open(api.Environment(cr, SUPERUSER_ID, {}), request)

        def press(env):
            screen = env["return.request.inspection"].create(
                {
                    "unit_ids": [
                        (
                            6,
                            0,
                            env["return.request"].browse(request).line_ids.unit_ids.ids,
                        )
                    ]
                }
            )
            return bool(screen.action_all_new())

        results = self._race(press, press)
        self.assertIn(True, results)
        order = self._read()
        line = order.return_request_ids.line_ids
        self.assertEqual((line.qty_received, line.qty_accepted), (2, 2))
        self.assertEqual(order.order_line.qty_delivered, 0)
        self.assertEqual(order.return_refund_ids.mapped("amount"), [200])
        stock = order.warehouse_id.lot_stock_id
        quants = order.env["stock.quant"].search(
            [
                ("product_id", "=", line.product_id.id),
                ("location_id", "=", stock.id),
            ]
        )
        self.assertEqual(sum(quants.mapped("quantity")), 2)
