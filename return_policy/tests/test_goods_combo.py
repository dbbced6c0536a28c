"""A combo is a choice of goods: they come back one by one, the combo never."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestGoodsCombo(ReturnCase):
    def _combo_order(self):
        """Return an order of one set: a lamp and a shade, 80 together."""
        goods = self._product("Base", 60) | self._product("Shade", 40)
        combos = self.env["product.combo"].create(
            [
                {
                    "name": product.name,
                    "combo_item_ids": [(0, 0, {"product_id": product.id})],
                }
                for product in goods
            ]
        )
        combo_set = self._product(
            "Set",
            80,
            type="combo",
            is_storable=False,
            combo_ids=[(6, 0, combos.ids)],
        )
        order = self.env["sale.order"].create({"partner_id": self.partner.id})
        lines = self.env["sale.order.line"]
        parent = lines.create({"order_id": order.id, "product_id": combo_set.id})
        lines.create(
            [
                {
                    "order_id": order.id,
                    "product_id": item.product_id.id,
                    "combo_item_id": item.id,
                    "linked_line_id": parent.id,
                }
                for item in combos.combo_item_ids
            ]
        )
        order.action_confirm()
        self._deliver(order)
        self._invoice(order)
        return order

    def test_buyers_are_asked_about_what_was_chosen(self):
        order = self._combo_order()
        asked = order._buyer_quantities()
        self.assertEqual(
            [(line.product_id.name, *found) for line, found in asked.items()],
            [("Base", 1, True), ("Shade", 1, True)],
        )

    def test_each_choice_gives_back_what_it_cost(self):
        order = self._combo_order()
        request = self._inspected(order)
        self.assertEqual(request.line_ids.mapped("amount"), [48, 32])
        self.assertEqual(request.sudo().credit_note_ids.amount_total, 80)
        with self.assertRaises(UserError):
            order.with_user(self.agent).action_return()
        self.assertFalse(order._buyer_may_ask())
