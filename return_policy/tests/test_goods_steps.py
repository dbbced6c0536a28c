"""Returns in a warehouse of three steps: pick, pack, ship; receive, check, store."""

from odoo.tests import tagged

from .exchange_common import ExchangeCase


@tagged("post_install", "-at_install")
class TestThreeSteps(ExchangeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse.write(
            {"delivery_steps": "pick_pack_ship", "reception_steps": "three_steps"}
        )
        cls.stock = cls.warehouse.lot_stock_id
        cls.quarantine = cls.warehouse.return_location_id

    def _deliver(self, order):
        """Take every step; one leads to the next."""
        self._stock(self.product, sum(order.order_line.mapped("product_uom_qty")))
        self._take_steps(lambda: order.picking_ids)
        self.assertEqual(order.order_line.qty_delivered, 2)

    def _take_steps(self, pickings):
        """Validate transfers until none is left; return how many there were."""
        done = 0
        while todo := pickings().filtered(lambda p: p.state not in ("done", "cancel")):
            todo.action_assign()
            ready = todo.filtered(lambda picking: picking.state == "assigned")
            self.assertTrue(ready)
            ready.move_ids.picked = True
            ready._action_done()
            done += len(ready)
        return done

    def _at(self, location):
        quants = self.env["stock.quant"].search(
            [("location_id", "=", location.id), ("product_id", "=", self.product.id)]
        )
        return sum(quants.mapped("quantity"))

    def test_a_return_is_one_transfer_into_quarantine_and_back_to_stock(self):
        order = self._order((self.product, 2))
        self.assertEqual(len(order.picking_ids), 3)
        request = self._approved(order, 1)
        back = request.sudo().picking_ids
        self.assertEqual((len(back), back.location_dest_id), (1, self.quarantine))
        self.assertEqual(back.location_id.usage, "customer")
        self._receive(request)
        self.assertEqual((self._at(self.quarantine), self._at(self.stock)), (1, 0))
        self.assertEqual(len(request.sudo().picking_ids), 1)
        request.with_user(self.keeper).action_inspect()
        self.assertEqual((self._at(self.quarantine), self._at(self.stock)), (0, 1))
        self.assertEqual(request.sudo().credit_note_ids.amount_total, 100)
        self.assertEqual(order.order_line.qty_delivered, 1)
        self.assertEqual(order.order_line.qty_to_invoice, 0)

    def test_a_replacement_takes_all_three_steps_before_the_request_is_done(self):
        order = self._order((self.product, 2))
        request = self._exchange(order, 1).sudo()
        self._stock(self.product, 1)
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        self.assertEqual((request.state, request.next_action), ("approved", "ship"))
        sent = self._take_steps(
            lambda: self.env["stock.picking"].search(
                [
                    ("move_ids.product_id", "=", self.product.id),
                    ("picking_type_id.warehouse_id", "=", self.warehouse.id),
                ]
            )
        )
        self.assertEqual(sent, 3)
        self.assertEqual((request.state, order.order_line.qty_delivered), ("done", 2))
        self.assertEqual(order.order_line.qty_to_invoice, 0)
        self.assertFalse(request.credit_note_ids)
