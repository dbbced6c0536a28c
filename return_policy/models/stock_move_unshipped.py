"""Deliveries lowered by what was cancelled before it left."""

from odoo import models


class StockMove(models.Model):
    """Moves that have not left."""

    _inherit = "stock.move"

    def _return_earlier(self):
        """Return the moves inside the house which bring goods to these."""
        return self.move_orig_ids.filtered(
            lambda move: move.location_id.usage in ("internal", "view")
        )

    def _return_is_free(self):
        """Tell whether nobody has picked the goods of this move yet."""
        self.ensure_one()
        if self.state in ("done", "cancel") or self.picked:
            return self.state == "cancel"
        return all(move._return_is_free() for move in self._return_earlier())

    def _return_shrink(self, quantity):
        """Lower these moves, the latest first, and what brings goods to them.

        :param quantity: in the product's unit
        :return: what could not be lowered
        """
        for move in self.sorted("id", reverse=True):
            unit = move.product_id.uom_id
            take = min(quantity, move.product_qty)
            if unit.compare(take, 0) <= 0:
                continue
            quantity -= take
            move._return_earlier().filtered(
                lambda earlier: earlier.state not in ("done", "cancel")
            )._return_shrink(take)
            if unit.compare(take, move.product_qty) >= 0:
                move._action_cancel()
            else:
                kept = unit._compute_quantity(
                    move.product_qty - take, move.product_uom, rounding_method="HALF-UP"
                )
                move.product_uom_qty = kept
        return quantity
