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
        refunded = moved.filtered(lambda entry: entry.kind == "clawback")
        moved.card_id._points_follow_tiers(refunded.card_id)

    def _book_at_once(self, kind, days=None):
        """Let the tiers follow what a statement has released."""
        result = super()._book_at_once(kind, days)
        if kind == "release":
            self.card_id._points_follow_tiers()
        return result
