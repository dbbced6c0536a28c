"""Earning follows an order that is changed after it has earned."""

from odoo import models

PRICING = {"price_unit", "product_uom_qty", "discount", "tax_ids", "product_uom_id"}


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def write(self, vals):
        """Earn or take back the difference, at the rate first given."""
        result = super().write(vals)
        if PRICING & vals.keys():
            # sudo: sale.order.line - a salesperson edits, without rights on points
            earned = self.sudo().filtered("points_program_id")
            if earned:
                earned._points_take_back()
                earned._points_earn()
        return result
