"""Refunds of the platform count like every other door by which money leaves."""

from odoo import api, fields, models


class SaleOrder(models.Model):
    """Refunds of the platform."""

    _inherit = "sale.order"

    platform_refunded = fields.Monetary(
        string="Refunded on Platform",
        compute="_compute_platform_refunded",
        groups="base.group_user",
        help="What the platform gave back, as its order files tell.",
    )

    @api.depends("order_line.platform_refunded")
    def _compute_platform_refunded(self):
        for order in self:
            order.platform_refunded = sum(order.order_line.mapped("platform_refunded"))

    def _return_hand_credited(self):
        """Count what the platform gave back by itself, with or without a credit note.

        A credit note made for such a refund is the same money.
        """
        credited = super()._return_hand_credited()
        # sudo: sale.order.line - the guard must see every door
        for line, units in self.sudo().order_line._platform_gave_back().items():
            more = max(0, units - credited[line])
            credited[line] += more
            credited[line.order_id] += more
        return credited
