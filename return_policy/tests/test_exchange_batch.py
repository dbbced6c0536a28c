"""Many replacements at once: queries grow with kinds of things, not records."""

from odoo.tests import tagged

from .exchange_common import ExchangeCase

SIZE = 20


@tagged("post_install", "-at_install")
class TestExchangeBatch(ExchangeCase):
    def _orders(self, products):
        rows = [
            (0, 0, {"product_id": product.id, "product_uom_qty": 1})
            for product in products
        ]
        orders = self.env["sale.order"].create(
            [{"partner_id": self.partner.id, "order_line": rows} for _n in range(SIZE)]
        )
        orders.action_confirm()
        for product in products:
            self._stock(product, 3 * SIZE)
        pickings = orders.picking_ids
        pickings.action_assign()
        pickings.move_ids.picked = True
        pickings._action_done()
        orders._create_invoices(grouped=True).action_post()
        return orders

    def _requests(self, products, remedy):
        requests = self.env["return.request"].with_user(self.agent)
        return requests.create(
            [
                {
                    "sale_order_id": order.id,
                    "reason_id": self.reason_quality.id,
                    "line_ids": [
                        (
                            0,
                            0,
                            {
                                "sale_line_id": line.id,
                                "qty_requested": 1,
                                "remedy": remedy,
                            },
                        )
                        for line in order.order_line
                    ],
                }
                for order in self._orders(products)
            ]
        )

    def _count(self, step):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        step()
        self.env.flush_all()
        return (self.cr.sql_log_count - before) / SIZE

    def _do(self, pickings):
        pickings.move_ids.picked = True
        pickings._action_done()

    def test_an_exchange_of_three_products_is_one_delivery_and_few_queries(self):
        products = [self._product(f"Thing {number}", 10) for number in range(3)]
        requests = self._requests(products, "exchange")
        keeper = requests.with_user(self.keeper)
        steps = {
            "submit": requests.action_submit,
            "approve": lambda: requests.with_user(self.lead)._override("batch"),
            "receive": lambda: self._do(keeper.picking_ids),
            "ship": lambda: self._do(keeper.replacement_picking_ids),
            "inspect": keeper.action_inspect,
        }
        counts = {name: self._count(step) for name, step in steps.items()}
        self.assertEqual(set(requests.mapped("state")), {"done"})
        for request in requests.sudo():
            self.assertEqual(len(request.replacement_picking_ids), 1)
            self.assertEqual(len(request.replacement_picking_ids.move_ids), 3)
        most = {"submit": 3, "approve": 30, "receive": 18, "ship": 17, "inspect": 17}
        for name, limit in most.items():
            self.assertLessEqual(counts[name], limit, name)

    def test_goods_sent_again_for_twenty_buyers_are_few_queries(self):
        requests = self._requests([self.product], "reship")
        steps = {
            "submit": requests.action_submit,
            "approve": lambda: requests.with_user(self.lead)._override("batch"),
            "ship": lambda: self._do(
                requests.with_user(self.keeper).replacement_picking_ids
            ),
        }
        counts = {name: self._count(step) for name, step in steps.items()}
        self.assertEqual(set(requests.mapped("state")), {"done"})
        for name, limit in {"submit": 3, "approve": 13, "ship": 10}.items():
            self.assertLessEqual(counts[name], limit, name)
