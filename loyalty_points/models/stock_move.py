from odoo import models

from ..ledger import shares
from .loyalty_program_earning import DELIVERY


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        """Book the points that a finished delivery earns."""
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        # sudo: sale.order.line - a stock user delivers, without rights on points
        delivered = moves.sudo().filtered(
            lambda move: move.sale_line_id and move._points_direction() > 0
        )
        if delivered:
            lines = delivered.sale_line_id
            lines._points_earn(
                {move.sale_line_id: move.date for move in delivered}, (DELIVERY,)
            )
            lines._points_date()
        return moves

    def _points_direction(self):
        """Return 1 for a move to the customer, -1 for one back, else 0."""
        return (self.location_dest_id.usage == "customer") - (
            self.location_id.usage == "customer"
        )

    def _points_is_for_customer(self):
        """Tell whether a move brings goods to the customer, or is a step on the way."""
        direction = self._points_direction()
        return direction > 0 or (
            not direction and self.location_final_id.usage == "customer"
        )

    def _points_delivered_share(self, line):
        """Return the highest share of an order line these moves brought out."""
        now = most = 0.0
        for move in self.filtered(lambda move: move.product_id == line.product_id):
            quantity = move.product_uom._compute_quantity(
                move.quantity, line.product_uom_id, rounding_method="HALF-UP"
            )
            now += quantity * move._points_direction()
            most = max(most, now)
        if self.product_id - line.product_id:
            most = max(most, line.qty_delivered)  # a kit: its parts were moved
        return shares.ratio(most, line.product_uom_qty)
