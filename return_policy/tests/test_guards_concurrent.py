"""Two real transactions at once: exactly one gives back, whoever is faster."""

import threading

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import TransactionCase, tagged

# Everything the test commits, children before parents.
CLEANUP = """
    DELETE FROM return_refund WHERE sale_order_id = %(order)s;
    DELETE FROM return_decision_log WHERE request_id IN
        (SELECT id FROM return_request WHERE sale_order_id = %(order)s);
    DELETE FROM mail_message WHERE model = 'return.request' AND res_id IN
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


@tagged("post_install", "-at_install")
class TestTwoTransactions(TransactionCase):
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

    def _make_request(self, remedy, submit=False):
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

    def test_the_same_goods_are_requested_twice_and_one_request_wins(self):
        one, two = (self._make_request("return_refund") for _click in range(2))
        results = self._race(
            lambda env: env["return.request"].browse(one).action_submit(),
            lambda env: env["return.request"].browse(two).action_submit(),
        )
        self.assertEqual(sum(result is True for result in results), 1, results)
        loser = next(result for result in results if result is not True)
        self.assertIsInstance(loser, UserError)
        order = self._read()
        states = order.return_request_ids.mapped("state")
        self.assertEqual(sorted(states), ["draft", "submitted"])
        self.assertEqual(order.order_line.qty_returnable, 0)

    def test_the_same_line_is_refunded_twice_and_paid_once(self):
        request = self._make_request("refund_only", submit=True)

        def approve(env):
            return env["return.request"].browse(request)._override("two clicks")

        self._race(approve, approve)
        order = self._read()
        self.assertEqual(order.return_request_ids.state, "approved")
        self.assertEqual(order.return_refund_ids.mapped("amount"), [200])
        self.assertEqual(order.order_line.qty_return_credited, 2)
        events = order.return_request_ids.log_ids.mapped("event")
        self.assertEqual(sorted(events), ["override", "settled", "submitted"])

    def _approve_twice(self, remedy):
        request = self._make_request(remedy, submit=True)

        def approve(env):
            return env["return.request"].browse(request)._override("two clicks")

        self._race(approve, approve)
        return self._read().return_request_ids

    def test_the_same_exchange_is_approved_twice_and_reserved_once(self):
        request = self._approve_twice("exchange")
        self.assertEqual(request.replacement_state, "waiting")
        self.assertEqual(request.replacement_picking_ids.move_ids.product_uom_qty, 2)
        self.assertEqual(len(request.picking_ids), 1)

    def test_one_replacement_is_shipped_twice_and_leaves_once(self):
        request = self._approve_twice("reship")
        order_id = self.order_id

        def ship(env):
            order = env["sale.order"].browse(order_id)
            picking = order.return_request_ids.replacement_picking_ids
            picking.move_ids.write({"quantity": 2, "picked": True})
            return picking.state != "done" and picking._action_done()

        self._race(ship, ship)
        order = self._read()
        self.assertEqual(order.order_line.qty_return_sent, 2)
        self.assertEqual(order.order_line.qty_delivered, 4)
        self.assertEqual(order.return_request_ids.state, "done")
        self.assertEqual(request.id, order.return_request_ids.id)

    def test_two_workers_send_a_refund_once(self):
        request = self._make_request("refund_only", submit=True)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["return.request"].browse(request)._override("one refund")
        refund = self._read().return_refund_ids.id

        def send(env):
            return env["return.refund"].browse(refund)._mark_sent()

        results = self._race(send, send)
        self.assertEqual(sorted(results), [False, True])
        self.assertEqual(self._read().return_refund_ids.attempts, 1)

    def test_a_transaction_that_began_before_the_other_ended_sees_it(self):
        one, two = (self._make_request("refund_only") for _click in range(2))
        with self.registry.cursor() as early, self.registry.cursor() as late:
            slow = api.Environment(late, SUPERUSER_ID, {})["return.request"]
            seen = self._snapshot(late)
            fast = api.Environment(early, SUPERUSER_ID, {})["return.request"]
            fast.browse(one).action_submit()
            early.commit()
            self.assertEqual(self._read().return_guard, 1, "the first one raises it")
            self.assertEqual(self._snapshot(late), seen, "the second one began before")
            with self.assertRaises(SerializationFailure):
                slow.browse(two).action_submit()
            late.rollback()
            slow.env.invalidate_all()
            with self.assertRaisesRegex(UserError, "2 asked for, but only 0"):
                slow.browse(two).action_submit()
            late.rollback()

    def test_two_parcels_received_at_once_follow_each_other(self):
        one = self._make_request("return_refund", submit=True)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["return.request"].browse(one)._override("two parcels")
        with self.registry.cursor() as early, self.registry.cursor() as late:
            self._snapshot(late)
            fast = api.Environment(early, SUPERUSER_ID, {})["return.request"]
            fast.browse(one)._hold_for_receipt()
            early.commit()
            slow = api.Environment(late, SUPERUSER_ID, {})["return.request"]
            move = slow.browse(one).picking_ids.move_ids
            move.quantity = 1
            move.picked = True
            with self.assertRaises(SerializationFailure):
                move._action_done()
            late.rollback()
