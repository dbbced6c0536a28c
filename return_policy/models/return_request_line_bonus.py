"""The bonus for taking store credit instead of money, as it was when asked for."""

from odoo import fields, models

from ..policy.settlement import bonus


class ReturnRequestLine(models.Model):
    """Bonuses."""

    _inherit = "return.request.line"

    bonus_percent = fields.Float(
        "Bonus (%)",
        compute="_compute_verdict",
        store=True,
        copy=False,
        help="Given on top of store credit, as the policy said when the request was "
        "submitted.",
    )
    bonus_flat = fields.Monetary(
        "Bonus",
        compute="_compute_verdict",
        store=True,
        copy=False,
        help="Given on top of store credit, beside the percentage.",
    )

    def _verdict_values(self, decision):
        """Keep the bonus a decision names, in the order's currency."""
        values = super()._verdict_values(decision)
        known = decision and decision.effects
        company = self.company_id.currency_id
        flat = decision.bonus_flat * (company.rounding or 0.01) if known else 0.0
        if flat:
            # sudo: sale.order - its date only
            date = self.sale_order_id.sudo().date_order
            flat = company._convert(flat, self.currency_id, self.company_id, date)
        percent = decision.bonus_percent / 100 if known else 0.0
        return {**values, "bonus_percent": percent, "bonus_flat": flat}

    def _bonus(self, amount):
        """Return the bonus on an amount of this line, both in the smallest unit."""
        self.ensure_one()
        percent = round(self.bonus_percent * 100)
        return bonus(amount, percent, self._minor(self.bonus_flat))
