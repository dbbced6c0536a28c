"""A Douyin export comes in to the cent and to the session, whatever its layout."""

from collections import Counter

from odoo.tests import TransactionCase, tagged

from . import shop


@tagged("post_install", "-at_install")
class TestDouyinTruth(TransactionCase):
    def setUp(self):
        super().setUp()
        self.folder = shop.exports()
        self.company = shop.open_company(self.env)
        self.shop = shop.open_shop(self.env, self.company)
        self.lead = shop.hire(self.env, self.company)["lead"]
        for model, name in (
            ("live.session", "live_sessions.csv"),
            ("product.template", "products.csv"),
        ):
            shop.load_list(self.env, self.lead, model, self.folder / name)

    def _check(self, name):
        """Import the file twice; compare with what is true about it."""
        true = shop.truth(name, self.folder)
        done = shop.load_orders(self.env, self.lead, self.shop, self.folder / name)
        # what autovacuum does on a living database
        self.env.flush_all()
        self.env.cr.execute("ANALYZE")
        self.assertEqual((done.state, done.held_count), ("done", 0))
        self.assertEqual(done.order_count, true["orders"])
        self.assertEqual(done.line_count, true["lines"])
        orders = self.env["sale.order"].search([("shop_id", "=", self.shop.id)])
        self.assertEqual(len(orders), true["orders"])
        lines = orders.order_line.filtered("platform_line_ref")
        self.assertEqual(len(lines), true["lines"])
        gifts = lines.filtered(lambda line: not line.price_total)
        self.assertEqual(len(gifts), true["gift_lines"])
        paid = orders.filtered(lambda order: order.state == "sale")
        self.assertEqual(len(paid), true["paid_orders"])
        self.assertEqual(len(orders - paid), true["unpaid_orders"])
        total = sum(round(order.amount_total * 100) for order in paid)
        self.assertEqual(f"{total // 100}.{total % 100:02d}", true["paid_total"])
        live = orders.filtered("live_session_id")
        self.assertEqual(len(live), true["live_orders"])
        self.assertEqual(
            Counter(order.live_host_id.name for order in live),
            true["live_orders_by_host"],
        )
        self.assertEqual(
            Counter(order.live_session_id.room_id for order in live),
            true["orders_by_session"],
        )
        self.assertEqual(set(live.mapped("live_attribution")), {"inferred"})
        self._check_discounts(lines)
        self._check_again(name, orders)

    def _check_discounts(self, lines):
        """Whoever gave the discounts: list price less them is what was paid."""
        for line in lines:
            given = line.discount_merchant + line.discount_platform + line.discount_host
            self.assertAlmostEqual(
                line.platform_list_price * line.product_uom_qty - given,
                line.price_total,
                places=2,
                msg=line.platform_line_ref,
            )

    def _check_again(self, name, orders):
        """The same file a second time changes nothing."""
        self.env.flush_all()
        # a row that is written anew, even with the same values, gets another ctid
        models = ("sale_order", "sale_order_line", "stock_picking", "account_move")

        def rows():
            counts = []
            for table in models:
                self.env.cr.execute(
                    f"SELECT count(*), sum(hashtext(ctid::text)) FROM {table}"  # noqa: S608
                )
                counts.append(self.env.cr.fetchone())
            return counts

        before = rows()
        again = shop.load_orders(self.env, self.lead, self.shop, self.folder / name)
        self.env.flush_all()
        self.assertEqual(again.unchanged_count, len(orders))
        self.assertEqual((again.new_count, again.changed_count), (0, 0))
        self.assertEqual(rows(), before)

    def test_the_layout_of_2025_in_utf8(self):
        self._check("douyin_orders.csv")

    def test_the_layout_of_2026_in_gb18030(self):
        self._check("douyin_orders_2026_gb18030.csv")
