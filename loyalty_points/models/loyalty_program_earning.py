"""Which orders earn in a program, and how much."""

from odoo import fields, models


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    def _points_accepts(self, order):
        """Return whether an order earns here, by company, date and pricelist."""
        self.ensure_one()
        day = (order.date_order or fields.Datetime.now()).date()
        return (
            (not self.company_id or self.company_id in order.company_id.parent_ids)
            and (not self.date_from or self.date_from <= day)
            and (not self.date_to or day <= self.date_to)
            and (not self.pricelist_ids or order.pricelist_id in self.pricelist_ids)
        )

    def _points_rate_for(self, order):
        """Return points per unit of the order's currency."""
        rate = self.points_per_unit
        if order.currency_id == self.currency_id:
            return rate
        day = (order.date_order or fields.Datetime.now()).date()
        return rate * self.env["res.currency"]._get_conversion_rate(
            order.currency_id, self.currency_id, order.company_id, day
        )
