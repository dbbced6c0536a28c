"""Two real transactions at once: exactly one gives back, whoever is faster."""

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.tests import tagged

from .concurrent_common import TwoTransactionsCase

SUBMITTED = ("submitted", ["submitted"])


@tagged("post_install", "-at_install")
class TestTwoTransactions(TwoTransactionsCase):
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
        log = [(row.event, row.reason) for row in order.return_request_ids.log_ids]
        self.assertEqual(
            # the policy leaves it to a person, so nothing is approved against it
            log,
            [("settled", False), ("approved", "two clicks"), ("submitted", False)],
        )

    def test_one_request_is_submitted_twice_and_judged_once(self):
        request = self._make_request("refund_only")

        def submit(env):
            return env["return.request"].browse(request).action_submit()

        self.assertIn(True, self._race(submit, submit))
        found = self._read().return_request_ids
        self.assertEqual((found.state, found.log_ids.mapped("event")), SUBMITTED)

    def test_what_could_not_be_booked_is_settled_twice_and_booked_once(self):
        request = self._make_request("refund_only", submit=True)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["return.request"].browse(request)._move_to("approved")

        def settle(env):
            return env["return.request"].browse(request).action_settle()

        self.assertIn(True, self._race(settle, settle))
        order = self._read()
        self.assertEqual(order.return_refund_ids.mapped("amount"), [200])
        self.assertEqual(order.order_line.qty_return_credited, 2)

    def test_one_parcel_is_received_twice_and_comes_in_once(self):
        request = self._make_request("return_refund", submit=True)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["return.request"].browse(request)._override("one parcel")

        def receive(env):
            picking = env["return.request"].browse(request).picking_ids
            if picking.state != "done":
                picking.move_ids.picked = True
                picking._action_done()

        self.assertEqual(self._race(receive, receive), [None, None])
        order = self._read()
        self.assertEqual(order.return_request_ids.line_ids.qty_received, 2)
        self.assertEqual(order.order_line.qty_delivered, 0)
        self.assertEqual(order.return_request_ids.goods_state, "received")

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
