from odoo import models


class LoyaltyCard(models.Model):
    """Where returns and the ledger of points meet."""

    _inherit = "loyalty.card"

    def _return_give(self, points, order, description):
        """Leave cards with a ledger alone: it gave back when the refund was booked.

        What a return says of such a card tells only what the ledger did.
        """
        if self.points_ledger:
            return None
        return super()._return_give(points, order, description)
