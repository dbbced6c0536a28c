"""Cancelled before shipping: not delivered, not billed, money back at once."""

from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestUnshipped(ReturnCase):
    def _sold(self, quantity=3, invoice=False, pay=True, **vals):
        product = self._product("Bowl", 100, **vals)
        return self._order((product, quantity), deliver=False, invoice=invoice, pay=pay)

    def _cancel(self, order, quantity, remedy="cancel"):
        request = self._request(order, quantity, line_vals={"remedy": remedy})
        if request.state == "submitted":
            request.with_user(self.lead)._override("test: approve whatever the rule")
        return request.sudo()

    @contextmanager
    def _refused(self, text):
        with self.assertRaises(UserError) as caught:
            yield
        self.assertRegex(str(caught.exception), text)

    def test_part_of_a_delivery_is_taken_out_and_the_rest_leaves(self):
        for policy in ("order", "delivery"):
            with self.subTest(policy):
                order = self._sold(invoice_policy=policy)
                self._pay_online(order)
                request = self._cancel(order, 1)
                line, move = order.order_line, order.picking_ids.move_ids
                self.assertEqual((move.product_uom_qty, move.state), (2, "confirmed"))
                self.assertEqual((line.product_uom_qty, line.qty_delivered), (3, 0))
                self.assertEqual(request.refund_ids.amount, 100)
                self.assertFalse(request.credit_note_ids)
                self.assertEqual(request.goods_state, "none")
                self._deliver(order)
                self.assertEqual(line.qty_delivered, 2)
                self.assertEqual(line.qty_to_invoice, 2)
                self.assertEqual(self._invoice(order, pay=False).amount_total, 200)
                self.assertEqual(line.qty_to_invoice, 0)
                self.assertEqual(line.invoice_status, "invoiced")

    def test_what_was_billed_before_shipping_is_credited_and_not_billed_again(self):
        order = self._sold(invoice=True)
        for remedy in ("refund_only", "return_refund"):
            request = self._cancel(order, 1, remedy)
            self.assertTrue(request.line_ids.is_unshipped)
            self.assertEqual(request.credit_note_ids.amount_total, 100)
            self.assertEqual(request.refund_ids.amount, 100)
            self.assertFalse(request.picking_ids)
        self.assertEqual(order.picking_ids.move_ids.product_uom_qty, 1)
        self.assertEqual(order.order_line.qty_to_invoice, 0)
        self._deliver(order)
        self.assertEqual(order.order_line.qty_to_invoice, 0)
        self.assertEqual(order.order_line.invoice_status, "invoiced")

    def test_a_whole_order_cancelled_this_way_has_nothing_left_to_do(self):
        for policy in ("order", "delivery"):
            with self.subTest(policy):
                order = self._sold(invoice_policy=policy)
                self._pay_online(order)
                request = self._cancel(order, 3)
                self.assertEqual(request.refund_ids.amount, 300)
                self.assertEqual(order.picking_ids.state, "cancel")
                self.assertEqual(order.state, "sale")
                self.assertEqual(order.order_line.qty_to_invoice, 0)
                self.assertEqual(order.invoice_status, "invoiced")

    def test_no_more_is_cancelled_than_has_not_left(self):
        order = self._sold()
        self._cancel(order, 2)
        with self._refused("only 1 has not left"):
            self._cancel(order, 2)

    def test_goods_shipped_between_request_and_approval_have_to_come_back(self):
        self._policy(auto_approve=False)
        order = self._sold()
        request = self._request(order, 1, line_vals={"remedy": "cancel"})
        self._deliver(order)
        with self._refused("only 0 has not left.*Return and refund"):
            request.with_user(self.lead)._override("cancel it")
        self.assertEqual(request.state, "submitted")

    def test_what_is_picked_is_left_alone(self):
        order = self._sold()
        picking = order.picking_ids
        self.env["stock.quant"]._update_available_quantity(
            order.order_line.product_id, picking.location_id, 3
        )
        picking.action_assign()
        picking.move_ids.picked = True
        with self._refused("picked already.*" + picking.name):
            self._cancel(order, 1)
        self.assertEqual(picking.move_ids.product_uom_qty, 3)

    def test_a_delivery_in_two_steps_is_lowered_before_picking_only(self):
        self.warehouse.delivery_steps = "pick_ship"
        order = self._sold()
        pick = order.picking_ids.move_ids
        self._cancel(order, 1)
        self.assertEqual(pick.product_uom_qty, 2)
        self.env["stock.quant"]._update_available_quantity(
            pick.product_id, pick.location_id, 2
        )
        pick._action_assign()
        pick.picked = True
        pick.picking_id._action_done()
        with self._refused("picked already"):
            self._cancel(order, 1)

    def test_a_reserved_delivery_keeps_what_it_still_needs(self):
        order = self._sold()
        move = order.picking_ids.move_ids
        self.env["stock.quant"]._update_available_quantity(
            move.product_id, move.location_id, 3
        )
        move._action_assign()
        self._cancel(order, 1)
        self.assertEqual((move.state, move.quantity), ("assigned", 2))

    def test_a_quantity_raised_later_does_not_ship_what_was_cancelled(self):
        order = self._sold()
        self._cancel(order, 1)
        order.order_line.product_uom_qty = 4
        moves = order.picking_ids.move_ids.filtered(lambda m: m.state != "cancel")
        self.assertEqual(sum(moves.mapped("product_uom_qty")), 3)

    def test_half_shipped_goods_are_cancelled_by_what_is_left(self):
        order = self._sold()
        picking = order.picking_ids
        self.env["stock.quant"]._update_available_quantity(
            picking.move_ids.product_id, picking.location_id, 3
        )
        picking.action_assign()
        picking.move_ids.quantity = 1
        picking.move_ids.picked = True
        picking.with_context(cancel_backorder=False)._action_done()
        request = self._cancel(order, 2)
        self.assertEqual(
            request.state, "done" if not request.refund_ids else "approved"
        )
        self.assertEqual(order.order_line.qty_delivered, 1)
        states = order.picking_ids.mapped("state")
        self.assertEqual(sorted(states), ["cancel", "done"])
        self.assertEqual(order.order_line.qty_returnable, 1)

    def test_the_order_proposes_to_cancel_what_has_not_left(self):
        order = self._sold()
        self._cancel(order, 1)
        action = order.with_user(self.agent).action_return()
        self.assertEqual(
            action["context"]["default_line_ids"],
            [
                (
                    0,
                    0,
                    {
                        "sale_line_id": order.order_line.id,
                        "qty_requested": 2,
                        "remedy": "cancel",
                    },
                )
            ],
        )
