"""Return moves: made in batch, their receipt told to the requests."""

from odoo import fields, models


class StockMove(models.Model):
    """A move may bring back a line of a return request."""

    _inherit = "stock.move"

    return_request_line_id = fields.Many2one(
        "return.request.line",
        string="Return Line",
        index="btree_not_null",
        ondelete="set null",
        groups="stock.group_stock_user,return_policy.group_return_agent",
    )

    def _prepare_merge_moves_distinct_fields(self):
        """Keep the moves of different return lines apart."""
        return [
            *super()._prepare_merge_moves_distinct_fields(),
            "return_request_line_id",
        ]

    def _return_warehouse(self):
        """Return the warehouse that takes back what this delivery brought."""
        self.ensure_one()
        own = self.picking_type_id.warehouse_id
        return own or self.sale_line_id.order_id.warehouse_id

    def _action_done(self, cancel_backorder=False):
        """Tell requests about goods that came back, whatever screen received them."""
        # sudo: return.request - stock users have no right on requests
        arriving = self.sudo().filtered(
            lambda move: (
                move.return_request_line_id and move.location_id.usage == "customer"
            )
        )
        arriving.return_request_line_id.request_id._hold_for_receipt()
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        # sudo: return.request - stock users have no right on requests
        received = moves.sudo().filtered(
            lambda move: (
                move.return_request_line_id
                and move.state == "done"
                and move.location_id.usage == "customer"
            )
        )
        if received:
            received.return_request_line_id.request_id._goods_received()
        return moves

    def _move_at_once(self, vals_list):
        """Create moves of given lots and quantities and do them."""
        if not vals_list:
            return self.browse()
        moves = self.create(vals_list)
        moves._action_confirm(merge=False)
        moves.write({"picked": True})
        moves._action_done()
        return moves
