"""Points that come or go move members on the tier ladder."""

from odoo import fields, models

from ..ledger.lots import AVAILABLE


class LoyaltyPointsEntry(models.Model):
    _inherit = "loyalty.points.entry"

    tier_change_id = fields.Many2one(
        "loyalty.tier.change",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The entry into a tier which these points were given for.",
    )

    def _follow_tiers(self):
        """Move those on for whom these new entries change what counts for tiers."""
        moved = self.filtered(
            lambda entry: (
                entry.source != "tier"
                and (
                    entry.kind in ("release", "clawback")
                    or (entry.kind == "earn" and entry.bucket == AVAILABLE)
                )
            )
        )
        cards = moved.card_id.filtered("program_id.points_tier_ids")
        if cards:
            members = self.env["loyalty.membership"].search(
                [("card_id", "in", cards.ids)]
            )
            refunded = moved.filtered(lambda entry: entry.kind == "clawback").card_id
            members._follow(members.filtered(lambda each: each.card_id in refunded))
