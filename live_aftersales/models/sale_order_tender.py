from odoo import models


class SaleOrder(models.Model):
    """The platform holds the money of its orders."""

    _inherit = "sale.order"

    def _return_tender(self):
        """Refund on the platform what the platform took from the buyer."""
        self.ensure_one()
        return "platform" if self.platform_id else super()._return_tender()
