from odoo import models


class LoyaltyReward(models.Model):
    _inherit = "loyalty.reward"

    def _points_worth(self):
        """Return the money one point buys, or None when this reward is no money."""
        if self.reward_type != "discount" or self.discount_mode == "percent":
            return None
        if self.discount_mode == "per_point":
            return self.discount
        return self.discount / self.required_points
