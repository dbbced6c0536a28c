"""Two real transactions at once, on an order that is really there."""

import threading

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import TransactionCase

# Everything the test commits, children before parents.
CLEANUP = """
    DELETE FROM mail_message WHERE model = 'return.withdrawal' AND res_id IN
        (SELECT id FROM return_withdrawal WHERE sale_order_id = %(order)s);
    DELETE FROM return_withdrawal WHERE sale_order_id = %(order)s;
    DELETE FROM return_refund WHERE sale_order_id = %(order)s;
    DELETE FROM return_decision_log WHERE request_id IN
        (SELECT id FROM return_request WHERE sale_order_id = %(order)s);
    DELETE FROM mail_activity WHERE res_model = 'return.request' AND res_id IN
        (SELECT id FROM return_request WHERE sale_order_id = %(order)s);
    DELETE FROM mail_message WHERE model = 'return.request' AND res_id IN
        (SELECT id FROM return_request WHERE sale_order_id = %(order)s);
    DELETE FROM return_inspected_unit WHERE request_id IN
        (SELECT id FROM return_request WHERE sale_order_id = %(order)s);
    DELETE FROM stock_move_line WHERE product_id = %(product)s;
    DELETE FROM stock_move WHERE product_id = %(product)s;
    DELETE FROM stock_quant WHERE product_id = %(product)s;
    DELETE FROM stock_picking WHERE sale_id = %(order)s;
    DELETE FROM return_request WHERE sale_order_id = %(order)s;
    DELETE FROM payment_transaction WHERE partner_id = %(partner)s;
    DELETE FROM sale_order WHERE id = %(order)s;
    DELETE FROM product_product WHERE id = %(product)s;
    DELETE FROM product_template WHERE id = %(template)s;
    DELETE FROM res_partner WHERE id = %(partner)s;
"""


class TwoTransactionsCase(TransactionCase):
    """Commits one order and clears it away afterwards."""

    DELIVERED = True

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.order_id = self._make_order(env).id
        self.addCleanup(self._clean)

    def _make_order(self, env):
        partner = env["res.partner"].create({"name": "Two clicks"})
        product = env["product.product"].create(
            {"name": "Contested", "type": "consu", "is_storable": True}
        )
        line = {
            "product_id": product.id,
            "product_uom_qty": 2,
            "price_unit": 100,
            "tax_ids": False,
        }
        order = env["sale.order"].create(
            {"partner_id": partner.id, "order_line": [(0, 0, line)]}
        )
        order.action_confirm()
        move = order.picking_ids.move_ids
        env["stock.quant"]._update_available_quantity(product, move.location_id, 2)
        move._action_assign()
        if self.DELIVERED:
            move.picked = True
            move.picking_id._action_done()
        self._pay(env, order)
        self.names = {
            "order": order.id,
            "product": product.id,
            "template": product.product_tmpl_id.id,
            "partner": partner.id,
        }
        return order

    def _pay(self, env, order):
        env["payment.transaction"].create(
            {
                "provider_id": env["payment.provider"].search([], limit=1).id,
                "payment_method_id": env.ref("payment.payment_method_unknown").id,
                "reference": f"two-clicks-{order.id}",
                "amount": 200,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "sale_order_ids": [(6, 0, order.ids)],
                "state": "done",
                "is_post_processed": True,
            }
        )

    def _clean(self):
        with self.registry.cursor() as cr:
            cr.execute(CLEANUP, self.names)

    def _make_request(self, remedy, submit=False, **line_vals):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            order = env["sale.order"].browse(self.order_id)
            request = env["return.request"].create(
                {
                    "sale_order_id": order.id,
                    "line_ids": [
                        (
                            0,
                            0,
                            {
                                "sale_line_id": order.order_line.id,
                                "qty_requested": 2,
                                "remedy": remedy,
                                **line_vals,
                            },
                        )
                    ],
                }
            )
            if submit:
                request.action_submit()
            return request.id

    def _race(self, *steps):
        """Run each step in its own transaction, all snapshots taken before any."""
        start = threading.Barrier(len(steps))
        results = [None] * len(steps)

        def run(number, step):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                self._snapshot(cr)
                start.wait(60)
                try:
                    results[number] = retrying(lambda: step(env), env)
                except UserError as error:
                    results[number] = error

        threads = [threading.Thread(target=run, args=pair) for pair in enumerate(steps)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return results

    def _read(self):
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        return api.Environment(cr, SUPERUSER_ID, {})["sale.order"].browse(self.order_id)

    def _snapshot(self, cr):
        """Return what a transaction sees for good, taken now if it was not before."""
        cr.execute("SHOW transaction_isolation")
        self.assertEqual(cr.fetchone(), ("repeatable read",))
        cr.execute(
            "SELECT pg_current_snapshot()::text, return_guard FROM sale_order "
            "WHERE id = %s",
            [self.order_id],
        )
        return cr.fetchone()
