from odoo import models

from odoo.addons.loyalty_points.models.booking import booking


class LoyaltyCard(models.Model):
    """Where returns and the ledger of points meet."""

    _inherit = "loyalty.card"

    def _return_give(self, points, order, description):
        """Name the order, so that its spent points go back to the lots they came from.

        Points earned by the order are taken back by the ledger itself when the credit
        note is posted; only what the order had spent comes this way.
        """
        with booking(order_id=order.id, description=description):
            return super()._return_give(points, order, description)
