"""Lines of orders by which buyers get other goods instead of returned ones."""

from odoo import fields, models

from .return_request import AGENT


class SaleOrderLine(models.Model):
    """Lines of an order of an exchange."""

    _inherit = "sale.order.line"

    exchange_return_line_ids = fields.One2many(
        "return.request.line",
        "exchange_order_line_id",
        groups=AGENT,
        help="The return lines whose buyers get the goods of this line instead.",
    )

    def _prepare_procurement_values(self):
        """Let the goods of an exchange wait as its request says."""
        values = super()._prepare_procurement_values()
        # sudo: return.request.line - whoever confirms the order
        line = self.sudo().exchange_return_line_ids[:1]
        if line:
            values["replacement_line_id"] = line.id
        return values
