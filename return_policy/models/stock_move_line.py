"""What arrived in quarantine leaves it line by line, with its lot."""

from odoo import models


class StockMoveLine(models.Model):
    """Values of the moves that take returned goods out of quarantine."""

    _inherit = "stock.move.line"

    def _prepare_return_move(self, line, quantity, kind):
        """Return the values of the move of a quantity of this move line, or nothing.

        :param line: the return line, whose unit the quantity is in
        :param str kind: ``restock`` or ``scrap``
        """
        self.ensure_one()
        if line.uom_id.compare(quantity, 0) <= 0:
            return []
        warehouse = self.move_id.picking_type_id.warehouse_id
        target = (
            warehouse.lot_stock_id
            if kind == "restock"
            else self.product_id.with_company(self.company_id).property_stock_inventory
        )
        base = {
            "product_id": self.product_id.id,
            "product_uom_id": line.uom_id.id,
            "quantity": quantity,
            "location_id": self.location_dest_id.id,
            "location_dest_id": target.id,
            "lot_id": self.lot_id.id,
            "owner_id": self.owner_id.id,
            "company_id": self.company_id.id,
        }
        return [
            {
                "product_id": self.product_id.id,
                "product_uom": line.uom_id.id,
                "product_uom_qty": quantity,
                "location_id": self.location_dest_id.id,
                "location_dest_id": target.id,
                "company_id": self.company_id.id,
                "origin": line.request_id.name,
                "return_request_line_id": line.id,
                "move_line_ids": [(0, 0, base)],
            }
        ]
