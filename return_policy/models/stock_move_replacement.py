"""Moves that bring a replacement to the buyer, and when they may leave."""

from odoo import fields, models


class StockMove(models.Model):
    """A move may bring the buyer what a line of a return request is owed."""

    _inherit = "stock.move"

    replacement_line_id = fields.Many2one(
        "return.request.line",
        string="Sent for Return Line",
        index="btree_not_null",
        ondelete="set null",
        groups="stock.group_stock_user,return_policy.group_return_agent",
        help="The return line for which these goods go to the buyer: an exchange, "
        "goods sent again, or a repair.",
    )

    def _prepare_merge_moves_distinct_fields(self):
        """Keep replacements apart from what was sold."""
        return [*super()._prepare_merge_moves_distinct_fields(), "replacement_line_id"]

    def _get_new_picking_values(self):
        """Send a replacement with the carrier of the order, step by step."""
        values = super()._get_new_picking_values()
        # sudo: return.request.line - stock users have no right on orders
        order = self.sudo().replacement_line_id.sale_order_id[:1]
        if order and any(rule.propagate_carrier for rule in self.rule_id):
            values["carrier_id"] = order.carrier_id.id
        return values

    def _reserve_at_once(self):
        """Confirm and reserve moves, and have reordered what is missing."""
        simple = self.filtered(
            lambda move: move.rule_id.procure_method == "make_to_stock"
        )
        # what lies there is read once, as core does for what it reserves in batch
        known = self.env["stock.quant"]._get_quants_by_products_locations(
            simple.product_id, simple.location_id
        )
        for moves in (simple.with_context(quants_cache=known), self - simple):
            moves._action_confirm(merge=False)
            # confirming has reserved what operation types reserve at once
            moves.filtered(
                lambda move: not move._should_assign_at_confirm()
            )._action_assign()
        self.filtered(lambda move: move.state != "assigned")._trigger_scheduler()

    def _lower_to(self, quantity):
        """Bring no more than a quantity, in the unit of the one product moved."""
        for move in self:
            kept = min(
                move.product_id.uom_id._compute_quantity(quantity, move.product_uom),
                move.product_uom_qty,
            )
            quantity -= move.product_uom._compute_quantity(kept, move.product_id.uom_id)
            if move.product_uom.compare(kept, 0) <= 0:
                move._action_cancel()
            elif move.product_uom.compare(kept, move.product_uom_qty) < 0:
                move.product_uom_qty = kept
                move._action_assign()

    def _is_to_buyer(self):
        """Tell whether the move ends at the buyer for a return line."""
        self.ensure_one()
        return self.replacement_line_id and self.location_dest_id.usage == "customer"

    def _action_done(self, cancel_backorder=False):
        """Let no replacement leave too early; tell requests about those that left."""
        # sudo: return.request - stock users have no right on requests
        leaving = self.sudo().filtered(
            lambda move: move._is_to_buyer() and move.state not in ("done", "cancel")
        )
        leaving.replacement_line_id.request_id._hold_for_receipt()
        leaving.replacement_line_id._check_may_leave(leaving)
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        # sudo: return.request - stock users have no right on requests
        sent = moves.sudo().filtered(
            lambda move: move._is_to_buyer() and move.state == "done"
        )
        sent.replacement_line_id.request_id._replacements_sent()
        return moves
