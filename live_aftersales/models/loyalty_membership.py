from odoo import api, models


class LoyaltyMembership(models.Model):
    """What the tiers of members mean for the desk."""

    _inherit = "loyalty.membership"

    @api.model
    def _service_priorities(self, partners):
        """Return {(partner, company): highest priority its tiers give now}.

        Only those above the usual are in it; the company is that of the program,
        none where it is for all.
        """
        # sudo: loyalty.membership - whoever opens a case, the buyer included
        groups = self.sudo()._read_group(
            [
                ("partner_id", "in", partners.ids),
                ("program_id.active", "=", True),
                ("tier_id.service_priority", "!=", "0"),
            ],
            ["partner_id", "company_id", "tier_id"],
        )
        found = {}
        for partner, company, tier in groups:
            key = (partner, company)
            found[key] = max(found.get(key, ""), tier.service_priority)
        return found
