"""Each card with a points ledger belongs to one membership."""

from odoo import api, fields, models


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    points_membership_ids = fields.One2many(
        "loyalty.membership",
        "card_id",
        string="Membership",
        readonly=True,
        groups="loyalty_points.group_points_user",
        help="One at most.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Make the membership together with the card."""
        cards = super().create(vals_list)
        cards.filtered("points_ledger")._points_join()
        return cards

    def _points_join(self):
        """Make the memberships of these cards."""
        # sudo: loyalty.membership - whoever may make a card makes its membership
        members = self.env["loyalty.membership"].sudo()
        return members.with_context(tracking_disable=True).create(
            [{"card_id": card.id} for card in self]
        )
