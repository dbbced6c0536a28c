"""A sold product may be a kit: its components go out and come back instead of it."""

from odoo import models


class ReturnRequestLine(models.Model):
    """Kits: read from the deliveries, so that every kind of kit is understood."""

    _inherit = "return.request.line"

    def _is_kit(self):
        """Tell whether components come back instead of the product sold."""
        self.ensure_one()
        products = self.return_move_ids.product_id
        return bool(products) and self.product_id not in products

    def _quantity_in_one(self, product):
        """Return how much of a product, in its unit, is in one unit of this line."""
        self.ensure_one()
        if product == self.product_id:
            return self.uom_id._compute_quantity(1, product.uom_id, round=False)
        sold = self.sale_line_id
        parts = sold.move_ids.filtered(
            lambda move: move.product_id == product and move._is_first_delivery()
        )
        whole = sum(parts.mapped("product_qty"))
        return whole / (sold.product_uom_qty or 1)

    def _count_units(self, moves):
        """Return how many units of this line are in moves: of kits the whole ones."""
        self.ensure_one()
        products = moves.product_id
        if not products or self.product_id in products:
            return sum(
                move.product_uom._compute_quantity(move.quantity, self.uom_id)
                for move in moves
            )
        counts = []
        for product in self.return_move_ids.product_id:
            mine = moves.filtered(lambda move, p=product: move.product_id == p)
            found = sum(
                move.product_uom._compute_quantity(move.quantity, product.uom_id)
                for move in mine
            )
            counts.append(found / self._quantity_in_one(product))
        return self.uom_id.round(min(counts), rounding_method="DOWN")
