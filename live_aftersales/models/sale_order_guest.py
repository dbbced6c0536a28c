"""Buyers know the number of the platform, not ours."""

from odoo import api, models
from odoo.fields import Domain


class SaleOrder(models.Model):
    """Guests."""

    _inherit = "sale.order"

    @api.model
    def _guest_number_domain(self, number):
        """Let buyers enter with the number the platform gave their order."""
        return super()._guest_number_domain(number) | Domain(
            "platform_order_ref", "=", number
        )
