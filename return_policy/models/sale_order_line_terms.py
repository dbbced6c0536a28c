"""What an order line remembers of the terms it was bought under."""

from odoo import api, fields, models

from ..policy.amounts import Part, share
from .return_request_credit import pinned_values


class SaleOrderLine(models.Model):
    """The price of a gift, and what a delivery would have cost."""

    _inherit = "sale.order.line"

    return_gift_price = fields.Monetary(
        string="Price as a Gift",
        compute="_compute_return_gift_price",
        store=True,
        readonly=False,
        precompute=True,
        groups="base.group_user",
        help="The price of a piece stated to the buyer beforehand, charged where the "
        "line was given for free and is kept although the goods it was given for come "
        "back. 0: nothing was stated, so nothing may be charged.",
    )
    return_express_extra = fields.Monetary(
        copy=False,
        groups="base.group_user",
        help="Of the price of this delivery, what was paid for express.",
    )
    return_free_from = fields.Monetary(
        copy=False,
        groups="base.group_user",
        help="The amount of goods from which this delivery was free.",
    )
    return_freight_waived = fields.Monetary(
        copy=False,
        groups="base.group_user",
        help="What this delivery would have cost had it not been free.",
    )

    return_reward_terms = fields.Json(
        copy=False,
        groups="base.group_user",
        help="What the reward of this line asked for when the order was confirmed.",
    )

    @api.depends("product_id")
    def _compute_return_gift_price(self):
        """Take the price stated at the time; a later change binds no buyer."""
        for line in self:
            product, order = line.product_id, line.order_id
            line.return_gift_price = product.currency_id._convert(
                product.return_gift_price,
                line.currency_id or product.currency_id,
                order.company_id or self.env.company,
                order.date_order or fields.Date.context_today(line),
            )

    def _return_terms(self, goods):
        """Return what the reward of this line asks for; None without a condition.

        As it was when the order was confirmed; a reward given later is asked itself.
        """
        self.ensure_one()
        if self.return_reward_terms or not self.reward_id:
            return self.return_reward_terms or None
        return self.reward_id._return_terms(self.order_id, goods)

    def _return_taxed(self, amount):
        """Return an amount priced as this line with its taxes, in the smallest unit."""
        self.ensure_one()
        taxed = self.tax_ids.compute_all(
            amount, self.currency_id, product=self.product_id
        )
        return self.order_id._return_units(taxed["total_included"])

    def _return_part(self, amount):
        """Return a Part of this line's taxes that amounts to so many smallest units.

        At the ratio the line itself was paid, else as its taxes have it.
        """
        self.ensure_one()
        base, tax = self._return_own_paid()[1:]
        if base + tax:
            base = share(amount * abs(base), 1, abs(base + tax))
        else:
            found = self.tax_ids.with_context(force_price_include=True).compute_all(
                amount * self.currency_id.rounding,
                self.currency_id,
                product=self.product_id,
            )
            base = self.order_id._return_units(found["total_excluded"])
        return Part(self.id, base, amount - base)

    def _prepare_return_credit(self, part, quantity, _sold):
        """Return the values of a row about this line where it was never billed."""
        self.ensure_one()
        accounts = self.product_id.product_tmpl_id.with_company(
            self.company_id
        ).get_product_accounts(fiscal_pos=self.order_id.fiscal_position_id)
        booked = {"account_id": accounts["income"].id} if accounts["income"] else {}
        return {
            **booked,
            **pinned_values(self, part, quantity),
            "product_id": self.product_id.id,
            "name": self.name,
        }
