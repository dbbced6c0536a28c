from odoo import models


class LoyaltyTierChange(models.Model):
    """Which tier a member had at a moment: the changes tell."""

    _inherit = "loyalty.tier.change"

    def _tiers_at(self, moment, company):
        """Return the tiers these changes, in their order, had led to by a moment.

        :param datetime moment: naive UTC, inclusive
        :param company: tiers of this one, or of all companies, count
        """
        latest = {
            change.membership_id: change.tier_id
            for change in self
            if change.changed_at <= moment
            and change.company_id in (company, company.browse())
        }
        return self.tier_id.browse().union(*latest.values())
