from odoo import api, fields, models
from odoo.exceptions import UserError

BATCH = 1000
# What follows from the card, points, terms and reasons; nobody types it in.
MAINTAINED = {
    "card_id",
    "active",
    "partner_id",
    "program_id",
    "company_id",
    "referral_code",
    "tier_id",
    "tier_since",
    "tier_until",
    "tier_fixed_until",
    "highest_tier_id",
    "tier_measure",
    "keep_measure",
    "tier_warned_until",
    "birthday_set_on",
    "birthday_given_on",
    "consent_on",
}


class LoyaltyMembership(models.Model):
    _name = "loyalty.membership"
    _inherit = ["mail.thread"]
    _description = "Membership"
    _rec_names_search = ["partner_id", "card_id"]
    _order = "id desc"
    _mail_post_access = "read"

    card_id = fields.Many2one(
        "loyalty.card", required=True, readonly=True, index=True, ondelete="cascade"
    )
    active = fields.Boolean(related="card_id.active", store=True)
    partner_id = fields.Many2one(
        related="card_id.partner_id",
        string="Member",
        store=True,
        index="btree_not_null",
    )
    program_id = fields.Many2one(related="card_id.program_id", store=True, index=True)
    company_id = fields.Many2one(
        related="card_id.company_id", store=True, index="btree_not_null"
    )
    tier_id = fields.Many2one(
        "loyalty.tier",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    tier_color = fields.Integer(related="tier_id.color")
    tier_since = fields.Date(string="In This Tier Since", readonly=True)
    tier_until = fields.Date(
        string="Tier Valid Until",
        readonly=True,
        index="btree_not_null",
        help="The last day of the term; empty when the tier has no end.",
    )
    tier_fixed_until = fields.Date(
        readonly=True,
        help="Up to this day the member does not drop, whatever was reached.",
    )
    highest_tier_id = fields.Many2one(
        "loyalty.tier",
        string="Highest Tier So Far",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="Up to this tier, the member needs what it takes to re-enter a tier.",
    )
    tier_change_ids = fields.One2many(
        "loyalty.tier.change", "membership_id", string="Tier History", readonly=True
    )

    _one_per_card = models.UniqueIndex("(card_id)", "This card has a membership.")

    @api.depends("card_id.code", "partner_id.display_name")
    def _compute_display_name(self):
        for member in self:
            member.display_name = member.partner_id.display_name or member.card_id.code

    def write(self, vals):
        """Refuse to type in what follows from the card, points, terms and reasons."""
        if not self.env.su and MAINTAINED & vals.keys():
            raise UserError(
                self.env._(
                    "This follows from the member's card and points. Use Change Tier "
                    "to set a tier."
                )
            )
        return super().write(vals)

    @api.model
    def _make_missing(self):
        """Make the memberships of ledger cards that have none, batch by batch."""
        # sudo: loyalty.card - memberships follow from cards, whoever made these
        cards = self.env["loyalty.card"].sudo().with_context(active_test=False)
        missing = [("points_ledger", "=", True), ("points_membership_ids", "=", False)]
        while found := cards.search(missing, limit=BATCH, order="id"):
            found._points_join()
