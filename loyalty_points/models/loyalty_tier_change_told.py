"""Tier changes are told in the ledger's history and to those who look after members."""

from odoo import models
from odoo.tools import format_date

from ..ledger.tiers import ENTER


class LoyaltyTierChange(models.Model):
    _inherit = "loyalty.tier.change"

    def _tell(self):
        """Tell where these steps led each member, without mails, in batches."""
        ways = {}
        for change in self:
            _last, before = ways.get(change.membership_id, (None, change.from_tier_id))
            ways[change.membership_id] = (change, before)
        ways = [
            (change, before)
            for change, before in ways.values()
            if change.event != ENTER or change.tier_id.enter_at
        ]
        # sudo: loyalty.history - the member reads it in the portal
        self.env["loyalty.history"].sudo().create(
            [
                {
                    "card_id": change.membership_id.card_id.id,
                    "description": change._sentence(before, change.partner_id.lang),
                }
                for change, before in ways
            ]
        )
        bodies = {
            change.partner_id.id: change._sentence(
                before, change.company_id.partner_id.lang
            )
            for change, before in ways
            if change.partner_id
        }
        if bodies:
            self.env["res.partner"].browse(bodies)._message_log_batch(bodies)

    def _sentence(self, before, lang):
        """Return what happened, with the program, the last day and the reason.

        :param before: the tier which the member had
        """
        change = self.with_context(lang=lang or self.env.lang)
        events = dict(change._fields["event"]._description_selection(change.env))
        none = change.env._("no tier")
        sentence = change.env._(
            "%(program)s: from %(before)s to %(tier)s (%(event)s)",
            program=change.program_id.name,
            before=before.with_env(change.env).name or none,
            tier=change.tier_id.name or none,
            event=events[change.event],
        )
        if change.until:
            until = format_date(change.env, change.until)
            sentence += change.env._(", valid until %(until)s", until=until)
        return f"{sentence}. {change.reason}" if change.reason else sentence
