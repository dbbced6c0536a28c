"""More of a product may arrive than was approved: the order takes what was asked."""

from odoo import models


class StockMove(models.Model):
    """Surplus."""

    _inherit = "stock.move"

    def _take_off_surplus(self):
        """Lower arriving moves to what was approved.

        :return: values of the return.extra.item for the rest
        """
        room, extras = {}, []
        for row in self.move_line_ids.filtered("picked"):
            line = row.move_id.return_request_line_id
            unit = line.uom_id
            if line._is_kit():
                continue
            came = row.product_uom_id._compute_quantity(row.quantity, unit)
            left = room.setdefault(line, line.qty_approved - line.qty_received)
            over = came - max(left, 0)
            room[line] = left - came
            if unit.compare(over, 0) <= 0:
                continue
            extras.append(
                {
                    "request_id": line.request_id.id,
                    "kind": "surplus",
                    "product_id": row.product_id.id,
                    "lot_id": row.lot_id.id,
                    "quantity": unit._compute_quantity(over, row.product_id.uom_id),
                }
            )
            kept = unit._compute_quantity(came - over, row.product_uom_id)
            row.quantity = kept
        return extras
