"""Goods: transfers to quarantine, partial receipts, inspection."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestGoods(ReturnCase):
    def _stock(self, product, location):
        return self.env["stock.quant"]._get_available_quantity(product, location)

    def test_the_transfer_mirrors_the_delivery(self):
        order = self._order()
        delivery = order.picking_ids
        request = self._approved(order, 1)
        picking = request.sudo().picking_ids
        self.assertEqual(picking.return_id, delivery)
        self.assertEqual(picking.picking_type_id, self.warehouse.in_type_id)
        self.assertEqual(picking.partner_id, delivery.partner_id)
        move = picking.move_ids
        self.assertEqual(move.origin_returned_move_id, delivery.move_ids)
        self.assertEqual(move.sale_line_id, order.order_line)
        self.assertEqual(move.return_request_line_id, request.sudo().line_ids)
        self.assertTrue(move.to_refund)
        self.assertEqual((move.product_uom_qty, move.quantity), (1, 1))

    def test_goods_in_quarantine_are_not_for_sale(self):
        order = self._order()
        request = self._approved(order, 2)
        self._receive(request)
        self.assertEqual(self.product.qty_available, 0)
        quarantine = self.warehouse.return_location_id
        self.assertEqual(self._stock(self.product, quarantine), 2)

    def test_the_rest_of_a_partial_receipt_is_waited_for(self):
        order = self._order((self.product, 3))
        request = self._approved(order, 3)
        self._receive(request, 1)
        self.assertEqual(request.goods_state, "awaiting")
        self.assertEqual(request.line_ids.qty_received, 1)
        self.assertEqual(len(request.sudo().picking_ids), 2)
        self.assertTrue(request.with_user(self.agent).is_partly_received)
        self._receive(request)
        self.assertEqual(request.goods_state, "received")
        self.assertEqual(request.line_ids.qty_received, 3)
        self.assertTrue(request.received_at)

    def test_a_request_closed_short_pays_for_what_came(self):
        order = self._order((self.product, 3))
        request = self._approved(order, 3)
        self._receive(request, 1)
        request.with_user(self.agent).action_close_short()
        self.assertEqual(request.goods_state, "received")
        request.with_user(self.keeper).action_inspect()
        self.assertEqual(request.sudo().refund_ids.amount, 100)
        self.assertEqual(order.order_line.qty_returnable, 2)
        self.assertEqual(order.order_line.qty_to_invoice, 0)

    def test_nothing_received_cannot_be_closed_short(self):
        request = self._approved(self._order(), 1)
        with self.assertRaisesRegex(UserError, "Cancel the request"):
            request.with_user(self.agent).action_close_short()
        self.assertEqual(request.goods_state, "awaiting")

    def test_lots_come_back_as_they_went_out(self):
        product = self._product("Phone", 100, tracking="lot")
        lots = self.env["stock.lot"].create(
            [{"name": f"L{number}", "product_id": product.id} for number in (1, 2)]
        )
        order = self._order((product, 2), deliver=False, invoice=False)
        stock = self.warehouse.lot_stock_id
        for lot in lots:
            self.env["stock.quant"]._update_available_quantity(
                product, stock, 1, lot_id=lot
            )
        picking = order.picking_ids
        picking.action_assign()
        picking.move_ids.picked = True
        picking._action_done()
        request = self._approved(order, 2)
        lines = request.sudo().picking_ids.move_line_ids
        self.assertEqual(lines.lot_id, lots)
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        self.assertEqual(
            [
                self.env["stock.quant"]._get_available_quantity(
                    product, stock, lot_id=lot
                )
                for lot in lots
            ],
            [1, 1],
        )

    def _inspect(self, quantity=2, **vals):
        request = self._approved(self._order(), quantity)
        self._receive(request)
        line = request.line_ids.with_user(self.keeper)
        line.write(vals)
        request.with_user(self.keeper).action_inspect()
        return request

    def test_good_goods_go_back_to_stock(self):
        request = self._inspect(grade="a")
        self.assertEqual(self.product.qty_available, 2)
        self.assertEqual(request.line_ids.qty_accepted, 2)
        self.assertEqual(request.line_ids.inspected_by, self.keeper)
        self.assertEqual(request.sudo().refund_ids.amount, 200)

    def test_damaged_pieces_are_scrapped_and_paid_for(self):
        request = self._inspect(grade="b", qty_damaged=1)
        self.assertEqual(self.product.qty_available, 1)
        self.assertEqual(request.sudo().refund_ids.amount, 200)
        quarantine = self.warehouse.return_location_id
        self.assertEqual(self._stock(self.product, quarantine), 0)

    def test_what_cannot_be_sold_is_scrapped(self):
        request = self._inspect(grade="c")
        self.assertEqual(self.product.qty_available, 0)
        self.assertEqual(request.line_ids.disposition, "scrap")
        self.assertEqual(request.sudo().refund_ids.amount, 200)

    def test_goods_for_the_vendor_stay_in_quarantine(self):
        self._inspect(grade="b", disposition="vendor")
        quarantine = self.warehouse.return_location_id
        self.assertEqual(self._stock(self.product, quarantine), 2)

    def test_an_empty_parcel_is_not_paid_for(self):
        request = self._inspect(grade="missing")
        self.assertEqual(request.line_ids.qty_accepted, 0)
        self.assertFalse(request.sudo().refund_ids)
        self.assertFalse(request.sudo().credit_note_ids)
        self.assertEqual(request.state, "done")
        self.assertEqual(self.product.qty_available, 0)
        self.assertEqual(request.sale_order_id.sudo().order_line.qty_to_invoice, 0)

    def test_only_a_part_can_be_accepted(self):
        request = self._inspect(grade="b", qty_accepted=1)
        self.assertEqual(request.sudo().refund_ids.amount, 100)

    def test_more_than_came_cannot_be_accepted(self):
        with self.assertRaisesRegex(UserError, "2 received and 2 approved"):
            self._inspect(grade="a", qty_accepted=3)

    def test_money_may_follow_the_receipt_or_the_approval(self):
        self._policy(refund_on="received")
        request = self._approved(self._order(), 1)
        self.assertEqual(request.money_state, "due")
        self._receive(request)
        self.assertEqual(request.money_state, "queued")
        self.assertEqual(request.state, "approved")
        self._policy(refund_on="approval")
        request = self._approved(self._order(), 1)
        self.assertEqual(request.money_state, "queued")
        self.assertEqual(request.goods_state, "awaiting")

    def test_a_service_has_nothing_to_send_back(self):
        product = self._product("Fitting", 30, type="service", is_storable=False)
        order = self._order((product, 1), deliver=False)
        order.order_line.qty_delivered = 1
        request = self._request(order, 1)
        with self.assertRaisesRegex(UserError, "Refund only"), self.cr.savepoint():
            request.with_user(self.lead)._override("try")
        self.env.invalidate_all()
        self.assertEqual(request.state, "submitted")

    def test_new_warehouses_have_a_quarantine_of_their_own(self):
        warehouses = self.env["stock.warehouse"].create(
            [{"name": f"Shed {n}", "code": f"SH{n}"} for n in (1, 2)]
        )
        places = warehouses.return_location_id
        self.assertEqual(len(places), 2)
        self.assertEqual(set(places.mapped("usage")), {"internal"})
        self.assertFalse(places.warehouse_id)
