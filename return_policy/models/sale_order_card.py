"""Cards that paid for part of an order."""

from odoo import models

# Programs whose points the buyer owned before the order; art. 14 and 15 of the rules.
POINTS = ("ewallet", "gift_card", "loyalty")
COUPONS = ("coupons", "next_order_coupons")


class SaleOrder(models.Model):
    """Cards that paid for an order."""

    _inherit = "sale.order"

    def _return_card_lines(self):
        """Return [reward lines] which a card the buyer owned has paid, by reward."""
        self.ensure_one()
        paid = self.order_line.filtered(
            lambda line: (
                line.coupon_id.program_id.program_type in POINTS + COUPONS
                and line.reward_id.reward_type == "discount"
                and line.price_total < 0
            )
        )
        return list(
            paid.grouped(
                lambda line: (
                    line.coupon_id,
                    line.reward_id,
                    line.reward_identifier_code,
                )
            ).values()
        )
