"""Earning follows an order that is changed after it has earned."""

from odoo import models

PRICING = {"price_unit", "product_uom_qty", "discount", "tax_ids", "product_uom_id"}


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def write(self, vals):
        """Earn or take back the difference, at the rate first given."""
        result = super().write(vals)
        if PRICING.isdisjoint(vals):
            return result
        # sudo: sale.order.line - a salesperson edits, without rights on points
        if earned := self.sudo().filtered("points_program_id"):
            earned._points_settle()
        return result
