"""After the inspection goods leave quarantine, each piece its own way."""

from odoo import fields, models

from ..policy.inspection import Found, Piece


class ReturnRequestLine(models.Model):
    """Dispositions."""

    _inherit = "return.request.line"

    def _finish_inspection(self, user):
        """Move the goods out of quarantine and mark the lines as inspected."""
        self._total_units()
        self.filtered(lambda line: not line.grade).write({"grade": "a"})
        self._check_inspection()
        self.write({"inspected_at": fields.Datetime.now(), "inspected_by": user.id})
        # read at once what follows looks at line by line
        self._arrived_moves().move_line_ids.product_id.mapped("uom_id")
        pieces = {line: line._match_pieces(line._found()) for line in self}
        vals_list = [
            piece.came._prepare_return_move(line, piece)
            for line, found in pieces.items()
            for piece in found
            if piece.found.disposition in ("restock", "scrap")
        ]
        self.env["stock.move"]._move_at_once(vals_list)
        self._start_repairs(pieces)
        self._send_back_refused(pieces)

    def _found(self):
        """Return what was found, a list of Found: of each row, or of the whole line."""
        self.ensure_one()
        if self.unit_ids:
            return [unit._found() for unit in self.unit_ids]
        lost = self.qty_received if self.disposition == "scrap" else self.qty_damaged
        if self.disposition == "vendor":
            lost = 0
        rest = self.qty_received - lost
        return [
            Found(lost, "c", "scrap"),
            Found(rest, self.grade, self.disposition),
        ]

    def _match_pieces(self, rows):
        """Return a list of Piece: which arrived goods each row is about.

        Rows that name a number take theirs; a kit takes of each of its components.
        """
        self.ensure_one()
        left = {
            came: came.quantity_product_uom
            for came in self._arrived_moves().move_line_ids
        }
        rows = sorted(rows, key=lambda row: not row.lot)
        pieces = []
        for product in {came.product_id: None for came in left}:
            each = self._quantity_in_one(product)
            for row in rows:
                todo = row.quantity * each
                for came in left:
                    if (
                        came.product_id != product
                        or (row.lot or came.lot_id) != came.lot_id
                    ):
                        continue
                    take = min(todo, left[came])
                    if product.uom_id.compare(take, 0) > 0:
                        left[came] -= take
                        todo -= take
                        pieces.append(Piece(came, take, row))
        return pieces
