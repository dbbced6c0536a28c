"""Receiving what the rows of an inspection say came, with its numbers."""

from odoo import models

from ..policy.inspection import ARRIVED


class ReturnRequestLine(models.Model):
    """Receipt by the inspection."""

    _inherit = "return.request.line"

    def _receive_units(self):
        """Receive what came by the rows and was not received yet, in one go."""
        todo = self.env["stock.move"]
        for line in self:
            todo += line._fill_open_moves(line._unreceived())
        todo.picking_id._action_done()

    def _unreceived(self):
        """Return {lot: quantity in the line's unit} that came and is not booked yet."""
        self.ensure_one()
        came = {}
        for unit in self.unit_ids.filtered(lambda unit: unit.grade in ARRIVED):
            came[unit.lot_id] = came.get(unit.lot_id, 0) + unit.quantity
        for row in self._arrived_moves().move_line_ids:
            lot = row.lot_id if row.lot_id in came else row.lot_id.browse()
            quantity = row.product_uom_id._compute_quantity(row.quantity, self.uom_id)
            came[lot] = came.get(lot, 0) - quantity
        return came

    def _fill_open_moves(self, came):
        """Book the quantities on the open moves; return the moves that brought any."""
        filled = self.env["stock.move"]
        for move in self._open_moves():
            each = self._quantity_in_one(move.product_id)
            unit, room = move.product_id.uom_id, move.product_qty
            rows = []
            for lot, quantity in came.items():
                take = min(quantity * each, room)
                if unit.compare(take, 0) > 0:
                    room -= take
                    rows.append((lot, take))
            move._book_arrival(rows)
            filled += move if rows else filled.browse()
            if not self._is_kit():
                for lot, take in rows:
                    came[lot] -= take / each
        return filled
