"""Members who turn out to be one person become one member."""

from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Let the member who stays take over tiers and birthday from the others."""
        # sudo: loyalty.membership - merging contacts is not a points user's work
        members = (
            self.env["loyalty.membership"]
            .sudo()
            .search([("partner_id", "in", (src_partners | dst_partner).ids)])
        )
        result = super()._update_foreign_keys(src_partners, dst_partner)
        if len(members) > 1:
            self.env.flush_all()
            self.env.invalidate_all()
            for mine in members.grouped("program_id").values():
                staying = mine.filtered("active")[:1]
                staying._take_over(mine - staying)
        return result
