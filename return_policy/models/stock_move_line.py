"""What arrived in quarantine leaves it line by line, with its lot."""

from odoo import models


class StockMoveLine(models.Model):
    """Values of the moves that take returned goods out of quarantine."""

    _inherit = "stock.move.line"

    def _prepare_return_move(self, line, piece):
        """Return the values of the move that takes a piece where it goes.

        :param line: the return line
        :param piece: what of this move line was found how, a Piece
        """
        self.ensure_one()
        target = self._return_target(piece.found)
        base = {
            "product_id": self.product_id.id,
            "location_id": self.location_dest_id.id,
            "location_dest_id": target.id,
            "company_id": self.company_id.id,
        }
        unit = self.product_id.uom_id.id
        moved = {
            **base,
            "product_uom_id": unit,
            "quantity": piece.quantity,
            "lot_id": self.lot_id.id,
            "owner_id": self.owner_id.id,
        }
        return {
            **base,
            "product_uom": unit,
            "product_uom_qty": piece.quantity,
            "origin": line.request_id.name,
            "return_request_line_id": line.id,
            "picked": True,
            "move_line_ids": [(0, 0, moved)],
        }

    def _return_target(self, found):
        """Return the location to which goods of a grade and disposition go."""
        if found.disposition == "scrap":
            product = self.product_id.with_company(self.company_id)
            return product.property_stock_inventory
        warehouse = self.move_id.picking_type_id.warehouse_id
        apart = found.grade == "b" and warehouse.return_b_location_id
        return apart or warehouse.lot_stock_id
