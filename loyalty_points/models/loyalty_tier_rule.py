from odoo import api, models


class LoyaltyTier(models.Model):
    _inherit = "loyalty.tier"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_points_rule(self):
        self.env["loyalty.points.rule"]._points_refuse_unlink(self, "tier_ids")
