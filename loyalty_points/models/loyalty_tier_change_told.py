"""Tier changes are told in the ledger's history and to those who look after members."""

from odoo import models
from odoo.tools import format_date

from ..ledger.tiers import ENTER


class LoyaltyTierChange(models.Model):
    _inherit = "loyalty.tier.change"

    def _tell(self):
        """Tell the last step of each member, without mails, in batches."""
        last = {change.membership_id: change for change in self}
        told = self.union(
            *(
                change
                for change in last.values()
                if change.event != ENTER or change.tier_id.enter_at
            )
        )
        # sudo: loyalty.history - the member reads it in the portal
        told.env["loyalty.history"].sudo().create(
            [
                {
                    "card_id": change.membership_id.card_id.id,
                    "description": change._sentence(change.partner_id.lang),
                }
                for change in told
            ]
        )
        bodies = {
            change.partner_id.id: change._sentence(change.company_id.partner_id.lang)
            for change in told
            if change.partner_id
        }
        if bodies:
            partners = self.env["res.partner"].browse(bodies)
            partners._message_log_batch(bodies)

    def _sentence(self, lang):
        """Return what happened in a language, with the program and the last day."""
        change = self.with_context(lang=lang or self.env.lang)
        events = dict(change._fields["event"]._description_selection(change.env))
        none = change.env._("no tier")
        sentence = change.env._(
            "%(program)s: from %(before)s to %(tier)s (%(event)s)",
            program=change.program_id.name,
            before=change.from_tier_id.name or none,
            tier=change.tier_id.name or none,
            event=events[change.event],
        )
        if change.until:
            until = format_date(change.env, change.until)
            sentence += change.env._(", valid until %(until)s", until=until)
        return f"{sentence}. {change.reason}" if change.reason else sentence
