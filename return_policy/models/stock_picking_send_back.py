"""Deliveries from quarantine back to the buyer: repaired or not accepted goods."""

from odoo import models


class StockPicking(models.Model):
    """Goods that came back by a request may go to the buyer again."""

    _inherit = "stock.picking"

    def _create_send_backs(self, rows):
        """Make one delivery a request and quarantine, with the very pieces reserved.

        :param rows: [(return line, stock.move.line which left the piece in quarantine,
            quantity in the unit of the product, whether it is what the line owes)]
        """
        if not rows:
            return self.browse()
        groups = {}
        for row in rows:
            line, came = row[:2]
            groups.setdefault((line.request_id, came.location_dest_id), []).append(row)
        pickings = self.create(
            [
                self._prepare_send_back(request, location, found[0][0])
                for (request, location), found in groups.items()
            ]
        )
        moves = self.env["stock.move"].create(
            [
                picking._prepare_send_back_move(*row)
                for picking, found in zip(pickings, groups.values(), strict=True)
                for row in found
            ]
        )
        moves._action_confirm(merge=False)
        return pickings

    def _prepare_send_back(self, request, location, line):
        """Return the values of the delivery that mirrors the receipt of a line."""
        came = line._arrived_moves()[:1]
        warehouse = came.picking_type_id.warehouse_id
        return {
            "picking_type_id": warehouse.out_type_id.id,
            "partner_id": came.picking_id.partner_id.id,
            "origin": request.name,
            "location_id": location.id,
            "location_dest_id": came.location_id.id,
            "company_id": request.company_id.id,
            "user_id": False,
        }

    def _prepare_send_back_move(self, line, came, quantity, is_owed):
        """Return the values of the move that brings a piece to the buyer again."""
        arrived = line._arrived_moves().filtered(
            lambda move: move.product_id == came.product_id
        )[:1]
        places = {
            "location_id": self.location_id.id,
            "location_dest_id": self.location_dest_id.id,
            "company_id": self.company_id.id,
            "product_id": came.product_id.id,
        }
        unit = came.product_id.uom_id.id
        piece = {
            **places,
            "picking_id": self.id,
            "product_uom_id": unit,
            "quantity": quantity,
            "lot_id": came.lot_id.id,
            "owner_id": came.owner_id.id,
        }
        return {
            **places,
            **arrived._kit_values(),
            "picking_id": self.id,
            "picking_type_id": self.picking_type_id.id,
            "warehouse_id": self.picking_type_id.warehouse_id.id,
            "product_uom": unit,
            "product_uom_qty": quantity,
            "partner_id": self.partner_id.id,
            "origin": self.origin,
            "origin_returned_move_id": arrived.id,
            "procure_method": "make_to_stock",
            "to_refund": True,
            "sale_line_id": arrived.sale_line_id.id,
            "reference_ids": arrived.reference_ids.ids,
            "replacement_line_id": is_owed and line.id,
            "return_request_line_id": not is_owed and line.id,
            "move_line_ids": [(0, 0, piece)],
        }
