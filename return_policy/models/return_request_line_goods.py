"""The goods of one return line: which delivery they came from, where they go."""

from odoo import models
from odoo.exceptions import UserError


class ReturnRequestLine(models.Model):
    """Origin moves and inspection."""

    _inherit = "return.request.line"

    def _is_received(self):
        """Tell whether nothing more is expected."""
        self.ensure_one()
        missing = self.uom_id.compare(self.qty_received, self.qty_approved) < 0
        return self.is_short or not missing

    def _is_inspected(self):
        self.ensure_one()
        nothing_came = self.is_short and not self.qty_received
        return bool(self.inspected_at) or nothing_came

    def _open_moves(self):
        """Return the moves by which goods of these lines are still expected."""
        return self.return_move_ids.filtered(
            lambda move: (
                move.state not in ("done", "cancel")
                and move.location_id.usage == "customer"
            )
        )

    def _arrived_moves(self):
        """Return the moves by which goods of these lines came in."""
        return self.return_move_ids.filtered(
            lambda move: move.state == "done" and move.location_id.usage == "customer"
        )

    def _origin_moves(self):
        """Return [(line, delivery move, quantity in the move's unit)], oldest first.

        Replacements come before them: what was sold may be what got lost or came back.
        A delivery move gives no more than it delivered and nobody took back yet.
        """
        sold = self.sale_line_id
        # read at once, as core looks at both ends of each move
        (sold.move_ids.location_id | sold.move_ids.location_dest_id).fetch()
        moves = sold.move_ids.filtered(
            lambda move: (
                move.state == "done" and move.location_dest_id.usage == "customer"
            )
        ).sorted(lambda move: (not move.replacement_line_id, move.id))
        back = moves.returned_move_ids.filtered(lambda move: move.state != "cancel")
        left = {move: move.quantity for move in moves}
        for move in back:
            origin = move.origin_returned_move_id
            quantity = move.quantity if move.state == "done" else move.product_uom_qty
            left[origin] -= move.product_uom._compute_quantity(
                quantity, origin.product_uom
            )
        # read at once what follows looks at line by line
        moves.product_id.mapped("uom_id")
        by_sold = moves.grouped("sale_line_id")
        return [
            origin
            for line in self
            for origin in line._take_origins(
                by_sold.get(line.sale_line_id, moves.browse()), left
            )
        ]

    def _take_origins(self, mine, left):
        """Return [(line, delivery move, quantity)] for this line, lowering ``left``.

        :param mine: the delivery moves of the order line
        :param left: {delivery move: quantity that can still come back}
        """
        self.ensure_one()
        sold = mine.filtered(lambda move: move.product_id == self.product_id)
        chosen = []
        for product in (sold or mine).product_id or self.product_id:
            each, unit = self._quantity_in_one(product), product.uom_id
            todo = self.qty_approved * each
            for move in mine.filtered(lambda m, p=product: m.product_id == p):
                wanted = unit._compute_quantity(todo, move.product_uom)
                take = min(wanted, left[move])
                if move.product_uom.compare(take, 0) > 0:
                    chosen.append((self, move, take))
                    left[move] -= take
                    todo -= move.product_uom._compute_quantity(take, unit)
            self._check_all_found(product, todo)
        return chosen

    def _check_all_found(self, product, missing):
        if product.uom_id.compare(missing, 0) > 0:
            raise UserError(
                self.env._(
                    "No delivery is found from which %(missing)g × %(product)s of "
                    "order %(order)s could come back. If nothing was shipped by "
                    "stock, choose “Refund only”.",
                    missing=missing,
                    product=product.display_name,
                    order=self.sale_line_id.order_id.name,
                )
            )

    def _check_inspection(self):
        for line in self:
            compare = line.uom_id.compare
            if (
                compare(line.qty_accepted, 0) < 0
                or compare(line.qty_damaged, 0) < 0
                or compare(line.qty_accepted, line.qty_approved) > 0
                or compare(line.qty_accepted, line.qty_received) > 0
                or compare(line.qty_damaged, line.qty_received) > 0
            ):
                raise UserError(
                    self.env._(
                        "%(product)s: %(received)g received and %(approved)g approved, "
                        "so accepted and damaged quantities must lie between 0 and "
                        "that.",
                        product=line.product_id.display_name,
                        received=line.qty_received,
                        approved=line.qty_approved,
                    )
                )
