"""What a member takes over from those who were the same person."""

from odoo import models

from .loyalty_tier_change import MERGED


class LoyaltyMembership(models.Model):
    _inherit = "loyalty.membership"

    def _take_over(self, others):
        """Take over the highest tier, birthday and consent, and count all points."""
        if not self or not others:
            return
        best = max(others, key=lambda member: member.tier_id.enter_at)
        if best.tier_id.enter_at > self.tier_id.enter_at:
            self._take_steps(
                [self._step(MERGED, best.tier_id.id, best.tier_until or False)]
            )
        everyone = self | others
        born = everyone.filtered("birthday")
        if born and not self.birthday:
            self.birthday = born[0].birthday
        # sudo: loyalty.membership - what nobody types in, from the same person
        self.sudo().write(
            {
                name: max(filter(None, everyone.mapped(name)), default=False)
                for name in ("birthday_given_on", "tier_fixed_until")
            }
        )
        self._take_over_messages(others)
        self._follow()
