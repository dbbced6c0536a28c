"""Amounts that are agreed on, not counted: price protection and partial refunds."""

from odoo import api, fields, models


class ReturnRequestLine(models.Model):
    """Agreed amounts."""

    _inherit = "return.request.line"

    amount_agreed = fields.Monetary(
        compute="_compute_amount_agreed",
        store=True,
        precompute=True,
        readonly=False,
        help="What the buyer gets back and keeps the goods, taxes included. For price "
        "protection what was paid above the price of today is proposed.",
    )
    agreed_percent = fields.Float(
        "Offer (%)",
        copy=False,
        help="Fills in the agreed amount: so much of what was paid for the quantity "
        "asked for.",
    )
    price_paid = fields.Monetary(
        "Paid",
        compute="_compute_prices",
        help="What was paid for the quantity asked for, taxes and discounts included, "
        "less what was given back for it before.",
    )
    price_today = fields.Monetary(
        compute="_compute_prices",
        help="What the same quantity costs today on the pricelist of the order.",
    )

    @api.depends("remedy", "sale_line_id", "qty_requested", "agreed_percent")
    def _compute_amount_agreed(self):
        """Propose the difference of the prices, or a percentage; keep what is typed."""
        protected = self.filtered(lambda line: line.remedy == "price_protection")
        shared = (self - protected).filtered("agreed_percent")
        worth = (protected | shared)._worth()
        for line in protected:
            gap = worth.get(line, 0.0) - line._price_today()
            line.amount_agreed = max(line.currency_id.round(gap), 0.0)
        for line in shared:
            amount = worth.get(line, 0.0) * line.agreed_percent / 100
            line.amount_agreed = line.currency_id.round(amount)
        for line in self - protected - shared:
            line.amount_agreed = line.amount_agreed or 0.0

    @api.depends("sale_line_id", "qty_requested")
    def _compute_prices(self):
        worth = self._worth()
        for line in self:
            line.price_paid = worth.get(line, 0.0)
            line.price_today = line._price_today() if line.sale_line_id else 0.0

    def _worth(self):
        """Return {line: what was paid for the quantity asked for}.

        As if nothing had come back yet; allowances given are taken off.
        """
        wanted = {line: line.qty_requested for line in self if line.sale_line_id}
        values = self._return_values(wanted, before={}) if wanted else {}
        return {
            line: line._from_minor(sum(part.total for part in parts))
            for line, parts in values.items()
        }

    def _price_today(self):
        """Return what the quantity asked for costs now, taxes included."""
        self.ensure_one()
        # sudo: sale.order.line - prices and taxes, of an order the agent may read
        sold = self.sale_line_id.sudo()._origin
        if not sold:
            return 0.0
        return sold.with_company(sold.company_id)._return_price_today(
            self.qty_requested
        )

    def _is_offered(self):
        """Tell whether an offer of the request would pay an amount for this line."""
        self.ensure_one()
        is_open = self.remedy != "price_protection" and not self._is_answered_no()
        return is_open and self.currency_id.compare_amounts(self.amount_agreed, 0) > 0
