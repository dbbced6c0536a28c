"""The repairs of one return line, and what goes back to the buyer as it came."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class ReturnRequestLine(models.Model):
    """Repairs and goods sent back."""

    _inherit = "return.request.line"

    repair_ids = fields.One2many(
        "repair.order",
        "return_request_line_id",
        readonly=True,
        groups="stock.group_stock_user,return_policy.group_return_agent",
    )
    qty_sent_back = fields.Float(
        "Sent Back as It Came",
        digits="Product Unit",
        compute="_compute_qty_sent_back",
        store=True,
        help="Not accepted at the inspection and delivered to the buyer again.",
    )

    @api.depends("return_move_ids.state", "return_move_ids.quantity")
    def _compute_qty_sent_back(self):
        for line in self:
            done = line.return_move_ids.filtered(
                lambda move: (
                    move.state == "done" and move.location_dest_id.usage == "customer"
                )
            )
            line.qty_sent_back = line._count_units(done)

    def _open_send_backs(self):
        """Return the deliveries which have to leave for the buyer yet."""
        self.ensure_one()
        moves = self.return_move_ids.filtered(
            lambda move: move.location_dest_id.usage == "customer"
        )
        if self.remedy == "repair":
            moves += self.replacement_move_ids
        return moves.filtered(lambda move: move.state not in ("done", "cancel"))

    def _repair_state(self):
        """Return the word for the repairs of this line."""
        self.ensure_one()
        is_repair = self.remedy == "repair"
        states = set(self.repair_ids.mapped("state")) if is_repair else set()
        if states - {"done", "cancel"}:
            return "to_repair"
        if "cancel" in states:
            return "failed"
        if self._open_send_backs():
            return "to_return"
        return "returned" if self.qty_sent_back or "done" in states else "none"

    def _is_through(self):
        """Wait for repairs, and for what goes back to the buyer."""
        self.ensure_one()
        return super()._is_through() and self._repair_state() in ("none", "returned")

    def _start_repairs(self, pieces):
        """Make the repairs of what was found in need of it, for all lines at once.

        :param pieces: {line: list of policy.inspection.Piece}
        """
        vals_list = [
            line._prepare_repair(piece)
            for line, found in pieces.items()
            for piece in found
            if piece.found.disposition == "repair"
        ]
        if vals_list:
            self.env["repair.order"].create(vals_list)._action_repair_confirm()

    def _prepare_repair(self, piece):
        """Return the values of the repair of a piece that lies in quarantine.

        It names no order of sale: its parts would become lines of it. A buyer's piece
        stays in quarantine until it is sent back, one of the shop goes to stock.
        """
        self.ensure_one()
        came, request = piece.came, self.request_id
        warehouse = came.move_id.picking_type_id.warehouse_id
        place = came.location_dest_id
        target = place if self.remedy == "repair" else warehouse.lot_stock_id
        reason = self.reason_id or request.reason_id
        return {
            "product_id": came.product_id.id,
            "product_qty": piece.quantity,
            "product_uom": came.product_id.uom_id.id,
            "lot_id": came.lot_id.id,
            "partner_id": request.partner_id.id,
            "company_id": request.company_id.id,
            "picking_type_id": warehouse.repair_type_id.id,
            "product_location_src_id": place.id,
            "product_location_dest_id": target.id,
            "picking_id": came.picking_id.id,
            "under_warranty": reason.liability == "merchant",
            "internal_notes": piece.found.note or request.note or False,
            "user_id": False,
            "return_request_line_id": self.id,
        }

    def _send_back_refused(self, pieces):
        """Make the deliveries of what goes back to the buyer as it came."""
        self.env["stock.picking"]._create_send_backs(
            [
                (line, piece.came, piece.quantity, False)
                for line, found in pieces.items()
                for piece in found
                if piece.found.disposition == "buyer"
            ]
        )

    def _repairs_of_same(self, repairs):
        """Return those repairs which were about the pieces of this line."""
        self.ensure_one()
        lots = self.return_move_ids.lot_ids
        if lots:
            return repairs.filtered(lambda repair: repair.lot_id in lots)
        return repairs.filtered(
            lambda repair: (
                repair.return_request_line_id.sale_line_id == self.sale_line_id
            )
        )

    def _check_none_repaired(self):
        partly = self.filtered(lambda line: "done" in line.repair_ids.mapped("state"))
        if partly:
            raise UserError(
                self.env._(
                    "%(products)s: some pieces are repaired already. Finish this "
                    "request, then open another one for the rest.",
                    products=", ".join(partly.product_id.mapped("display_name")),
                )
            )
