"""A kit is sold as one product; its components leave, come back and are received."""

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.return_policy.tests.common import ReturnCase


@tagged("post_install", "-at_install")
class TestKits(ReturnCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stand, cls.bulb = cls._product("Stand", 70.0), cls._product("Bulb", 15.0)
        cls.kit = cls._kit("order")

    @classmethod
    def _kit(cls, invoice_policy):
        """Return a lamp of one stand and two bulbs, 100.00 and 10 % tax on top."""
        kit = cls._product(
            "Lamp in parts", 100.0, cls.tax, invoice_policy=invoice_policy
        )
        cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": kit.product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [
                    Command.create({"product_id": cls.stand.id, "product_qty": 1}),
                    Command.create({"product_id": cls.bulb.id, "product_qty": 2}),
                ],
            }
        )
        return kit

    def _moves(self, pickings):
        """Return {component: quantity} of transfers."""
        moves = pickings.move_ids
        return {move.product_id: move.product_uom_qty for move in moves}

    def _settled(self, order):
        """Check the books of an order of which one of two kits came back."""
        line, request = order.order_line, order.sudo().return_request_ids
        self.assertEqual(request.state, "approved")
        note = request.credit_note_ids
        self.assertEqual(
            (note.state, note.amount_untaxed, note.amount_tax), ("posted", 100.0, 10.0)
        )
        self.assertEqual(note.invoice_line_ids.product_id, line.product_id)
        self.assertEqual(request.refund_ids.amount, 110.0)
        self.assertEqual((line.qty_to_invoice, order.invoice_status), (0, "invoiced"))
        self.assertEqual((line.qty_returnable, line.qty_return_credited), (1, 1))

    def test_one_of_two_kits_comes_back_in_its_parts_and_is_credited_exactly(self):
        order = self._order((self.kit, 2))
        self.assertEqual(self._moves(order.picking_ids), {self.stand: 2, self.bulb: 4})
        self.assertEqual(order.order_line.qty_returnable, 2)
        request = self._approved(order, 1)
        back = request.sudo().picking_ids
        self.assertEqual(self._moves(back), {self.stand: 1, self.bulb: 2})
        self._receive(request)
        self.assertEqual(request.line_ids.qty_received, 1)
        request.with_user(self.keeper).action_inspect()
        self._settled(order)

    def test_a_kit_counts_as_received_when_all_its_parts_are_there(self):
        order = self._order((self.kit, 2))
        request = self._approved(order, 1)
        picking = request.sudo().picking_ids.with_user(self.keeper)
        stand = picking.move_ids.filtered(lambda m: m.product_id == self.stand)
        stand.write({"quantity": 1, "picked": True})
        (picking.move_ids - stand).write({"quantity": 0})
        picking._action_done()
        self.assertEqual(request.line_ids.qty_received, 0)
        self.assertFalse(request.sudo().credit_note_ids)
        self._receive(request)
        self.assertEqual(request.line_ids.qty_received, 1)
        request.with_user(self.keeper).action_inspect()
        self._settled(order)

    def test_a_kit_billed_by_delivery_is_never_billed_again(self):
        order = self._order((self._kit("delivery"), 2))
        self.assertEqual(order.invoice_ids.amount_total, 220.0)
        self._inspected(order, 1)
        self._settled(order)

    def test_the_second_kit_brings_the_rest_and_no_third_one_exists(self):
        order = self._order((self.kit, 2))
        self._inspected(order, 1)
        second = self._inspected(order, 1).sudo()
        self.assertEqual(second.credit_note_ids.amount_total, 110.0)
        self.assertEqual(order.order_line.qty_returnable, 0)
        self.assertEqual(order.order_line.qty_to_invoice, 0)

    def test_parts_go_back_to_stock_after_the_inspection(self):
        order = self._order((self.kit, 2))
        stock = self.warehouse.lot_stock_id

        def at_hand(product):
            quants = product.stock_quant_ids
            return sum(
                quants.filtered(lambda q: q.location_id == stock).mapped("quantity")
            )

        before = [at_hand(self.stand), at_hand(self.bulb)]
        request = self._approved(order, 1)
        self._receive(request)
        self.assertEqual([at_hand(self.stand), at_hand(self.bulb)], before)
        request.with_user(self.keeper).action_inspect()
        after = [at_hand(self.stand), at_hand(self.bulb)]
        self.assertEqual(after, [before[0] + 1, before[1] + 2])
