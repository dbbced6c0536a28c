from odoo import models

from ..models.booking import booking


class LoyaltyCardUpdateBalance(models.TransientModel):
    _inherit = "loyalty.card.update.balance"

    def action_update_card_point(self):
        """Book the change as an adjustment with its reason."""
        self.card_id.check_access("write")
        if not self.card_id.points_ledger:
            return super().action_update_card_point()
        self.card_id._points_check_manager()
        with booking(description=self.description):
            return super().action_update_card_point()
