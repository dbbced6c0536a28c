"""The tier ladder of a program."""

from odoo import fields, models


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    points_tier_ids = fields.One2many("loyalty.tier", "program_id", string="Tiers")

    def _points_start(self):
        """Make members of those who hold a card when the ledger starts."""
        super()._points_start()
        if self:
            self.env["loyalty.membership"]._make_missing()
