"""Replacements that are cut off, taken again, or lie in an unusual warehouse."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .exchange_common import ExchangeCase


@tagged("post_install", "-at_install")
class TestExchangeSteps(ExchangeCase):
    def setUp(self):
        super().setUp()
        self.other = self._product("Torch", 100)
        self._stock(self.product, 20)
        self._stock(self.other, 20)

    def test_approval_cut_off_anywhere_can_be_taken_again(self):
        order = self._order((self.product, 2))
        vals = {"remedy": "exchange", "exchange_product_id": self.other.id}
        request = self._request(order, 1, line_vals=vals)

        def approve():
            request.with_user(self.lead)._override("again")

        for model, method in (
            ("return.request", "_create_exchange_orders"),
            ("return.request.line", "_reserve_replacements"),
            ("return.request", "_start_replacements"),
        ):
            self._break_after(model, method, approve)
            self.assertEqual(request.state, "submitted", method)
            self.assertFalse(request.sudo().exchange_order_ids, method)
            self.assertFalse(request.sudo().replacement_picking_ids, method)
        approve()
        self.assertEqual(len(request.sudo().exchange_order_ids), 1)
        request.sudo()._start_replacements()
        self.assertEqual(len(request.sudo().exchange_order_ids), 1)
        self.assertEqual(len(request.sudo().replacement_picking_ids), 1)

    def test_shipping_cut_off_can_be_taken_again(self):
        request = self._exchange(self._order((self.product, 1)))
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        self._break_after(
            "return.request", "_replacements_sent", lambda: self._ship(request)
        )
        self.assertEqual(request.replacement_state, "to_ship")
        self.assertEqual(request.line_ids.qty_sent, 0)
        self._ship(request)
        self.assertEqual((request.line_ids.qty_sent, request.state), (1, "done"))

    def test_refunding_instead_cut_off_can_be_taken_again(self):
        request = self._exchange(self._order((self.product, 1)))
        self._receive(request)
        request.with_user(self.keeper).action_inspect()

        def step():
            request.with_user(self.agent).action_refund_instead("sold out")

        self._break_after("stock.move", "_action_cancel", step)
        self.assertEqual(request.line_ids.remedy, "exchange")
        self.assertEqual(request.sudo().replacement_picking_ids.state, "assigned")
        step()
        step()
        self.assertEqual(request.sudo().refund_ids.mapped("amount"), [100])

    def test_a_refused_request_sends_nothing(self):
        request = self._request(
            self._order((self.product, 1)), 1, line_vals={"remedy": "reship"}
        )
        request.with_user(self.agent).action_refuse("it was delivered")
        self.assertFalse(request.sudo().replacement_picking_ids)
        self.assertEqual(request.replacement_state, "none")

    def test_refused_lines_send_nothing(self):
        order = self._order((self.product, 1), (self.other, 1))
        request = self._request(order, line_vals={"remedy": "reship"}, submit=False)
        request.action_submit()
        request.sudo().line_ids[0].is_refused = True
        request.with_user(self.lead)._override("only the second one got lost")
        moves = request.sudo().replacement_picking_ids.move_ids
        self.assertEqual(moves.product_id, self.other)

    def test_roles_without_stock_or_sales_rights_take_only_their_steps(self):
        request = self._exchange(
            self._order((self.product, 1)), exchange_product_id=self.other.id
        )
        for name in ("action_refund_instead", "action_difference_paid"):
            with self.assertRaises(AccessError):
                getattr(request.with_user(self.keeper), name)("why")
        self.assertEqual(request.line_ids.remedy, "exchange")
        self.assertEqual(request.sudo().exchange_order_id.state, "sale")

    def test_picking_is_free_but_the_last_step_waits(self):
        self.warehouse.delivery_steps = "pick_ship"
        order = self._order((self.product, 1), deliver=False, invoice=False)
        self._do_all(order.picking_ids)
        self._do_all(order.picking_ids)
        self.assertEqual(order.order_line.qty_delivered, 1)
        request = self._exchange(order)
        pick = request.sudo().replacement_picking_ids
        self.assertNotEqual(pick.location_dest_id.usage, "customer")
        self._do_all(pick)
        self.assertEqual(request.replacement_state, "waiting")
        self.assertEqual(request.line_ids.qty_sent, 0)
        ship = request.sudo().replacement_picking_ids - pick
        self.assertEqual(len(ship), 1, "no part of another delivery")
        with self.assertRaisesRegex(UserError, "waits until the returned goods are"):
            self._do_all(ship)
        self._receive(request)
        self._do_all(ship)
        self.assertEqual(request.line_ids.qty_sent, 1)

    def _do_all(self, pickings):
        todo = pickings.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )
        todo.action_assign()
        for move in todo.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        todo._action_done()

    def test_the_replacement_comes_back_with_its_own_serial_number(self):
        product = self._product("Phone", 500, tracking="serial")
        lots = self.env["stock.lot"].create(
            [{"name": f"SN{n}", "product_id": product.id} for n in range(2)]
        )
        first, second = lots
        stock = self.warehouse.lot_stock_id
        quants = self.env["stock.quant"]
        quants._update_available_quantity(product, stock, 1, lot_id=first)
        order = self._order((product, 1), deliver=False)
        self._do_all(order.picking_ids)
        quants._update_available_quantity(product, stock, 1, lot_id=second)
        request = self._exchange(order)
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        self._ship(request)
        sent = request.sudo().replacement_picking_ids.move_line_ids
        self.assertEqual(sent.lot_id, second)
        again = self._approved(order, 1)
        back = again.sudo().picking_ids.move_ids
        self.assertEqual(
            back.origin_returned_move_id.replacement_line_id.id,
            sent.move_id.replacement_line_id.id,
        )
        self.assertEqual(back.move_line_ids.lot_id, second)
        self._receive(again)
        self.assertEqual(order.order_line.qty_returnable, 0)
        self.assertEqual(order.order_line.qty_delivered, 0)

    def test_the_guard_holds_before_during_and_after(self):
        order = self._order((self.product, 2))
        line = order.order_line
        seen = [line.qty_returnable]
        request = self._exchange(order, 2)
        seen.append(line.qty_returnable)
        self._receive(request)
        seen.append(line.qty_returnable)
        refusal = self.assertRaisesRegex(UserError, "only 0 can still be returned")
        with refusal, self.cr.savepoint():
            self._request(order, 1)
        self._ship(request)
        seen.append(line.qty_returnable)
        again = self._inspected(order, 2)
        seen.append(line.qty_returnable)
        self.assertEqual(seen, [2, 0, 0, 2, 0])
        self.assertEqual(again.sudo().refund_ids.amount, 200)
        self.assertEqual((line.qty_to_invoice, line.invoice_status), (0, "invoiced"))

    def test_a_quantity_raised_after_sending_again_ships_what_was_added(self):
        order = self._order((self.product, 2))
        self._ship(self._exchange(order, 1, "reship"))
        order.order_line.product_uom_qty = 3
        open_moves = order.picking_ids.move_ids.filtered(
            lambda move: move.state not in ("done", "cancel")
        )
        self.assertEqual(open_moves.product_uom_qty, 1)
        self.assertEqual(order.order_line.qty_to_invoice, 1)

    def test_the_window_of_the_replacement_begins_with_its_own_delivery(self):
        order = self._order((self.product, 1))
        late = fields.Datetime.now() - timedelta(days=60)
        order.picking_ids.move_ids.date = late
        self.env.invalidate_all()
        line = order.order_line
        self.assertEqual(line._return_verdicts()[line.id].outcome, "refused")
        self._ship(self._exchange(order, remedy="reship"))
        self.env.invalidate_all()
        self.assertEqual(line._return_verdicts()[line.id].outcome, "allowed")

    def test_two_requests_of_one_order_are_two_deliveries(self):
        order = self._order((self.product, 2))
        one, two = (self._exchange(order, 1, "reship") for _n in range(2))
        self.assertEqual(len((one | two).sudo().replacement_picking_ids), 2)
        self._ship(one)
        self.assertEqual((one.state, two.replacement_state), ("done", "to_ship"))
        self._ship(two)
        self.assertEqual(order.order_line.qty_return_sent, 2)

    def test_an_exchange_claims_no_promotion_and_gives_no_points(self):
        self.env["loyalty.program"].create(
            {
                "name": "Ten percent for everybody",
                "program_type": "promotion",
                "trigger": "auto",
                "applies_on": "current",
                "rule_ids": [(0, 0, {"minimum_qty": 1})],
                "reward_ids": [(0, 0, {"reward_type": "discount", "discount": 10})],
            }
        )
        order = self._order((self.product, 1))
        request = self._exchange(order, exchange_product_id=self.other.id)
        new = request.sudo().exchange_order_id
        new.action_view_exchange_request()
        self.assertEqual(len(new.order_line), 1)
        self.assertEqual(new.amount_total, 100)
        self.assertFalse(new._get_claimable_rewards())
