"""Each card with a points ledger belongs to one membership."""

from odoo import api, fields, models


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"
    _rec_names_search = ["code", "partner_id"]

    points_membership_ids = fields.One2many(
        "loyalty.membership",
        "card_id",
        string="Membership",
        readonly=True,
        groups="loyalty_points.group_points_user",
        help="One at most.",
    )

    @api.depends("program_id.name", "code", "points_ledger", "partner_id.display_name")
    def _compute_display_name(self):
        """Call a card by its member, who has one in the program."""
        members = self.filtered(lambda each: each.points_ledger and each.partner_id)
        for card in members:
            card.display_name = (
                f"{card.program_id.name}: {card.partner_id.display_name}"
            )
        return super(LoyaltyCard, self - members)._compute_display_name()

    @api.model_create_multi
    def create(self, vals_list):
        """Make the membership together with the card."""
        cards = super().create(vals_list)
        cards.filtered("points_ledger")._points_join()
        return cards

    @api.model
    def _points_close_books(self, books, history=True):
        """Let the tiers of these members follow their points."""
        entries = super()._points_close_books(books, history)
        entries._follow_tiers()
        return entries

    def _points_follow_tiers(self, refunded=None):
        """Let the tiers of these members follow their points, where there are tiers.

        :param refunded: the cards from which points were taken back
        """
        cards = self.filtered("program_id.points_tier_ids")
        if cards:
            # sudo: loyalty.membership - tiers follow, whoever moved the points
            members = self.env["loyalty.membership"].sudo()
            members = members.search([("card_id", "in", cards.ids)])
            members._follow(
                members.filtered(lambda each: refunded and each.card_id in refunded)
            )

    def _points_join(self):
        """Make the memberships of these cards; some tiers ask for nothing."""
        # sudo: loyalty.membership - whoever may make a card makes its membership
        members = self.env["loyalty.membership"].sudo()
        made = members.with_context(tracking_disable=True).create(
            [{"card_id": card.id} for card in self]
        )
        members.browse(made.ids)._follow()
