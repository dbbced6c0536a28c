from odoo import api, fields, models

BATCH = 1000


class LoyaltyMembership(models.Model):
    _name = "loyalty.membership"
    _inherit = ["mail.thread"]
    _description = "Membership"
    _rec_name = "card_id"
    _order = "id desc"

    card_id = fields.Many2one(
        "loyalty.card", required=True, readonly=True, ondelete="cascade"
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
    tier_since = fields.Date(string="In This Tier Since", readonly=True)
    tier_until = fields.Date(
        string="Tier Valid Until",
        readonly=True,
        help="The last day of the term; empty when the tier has no end.",
    )
    birthday = fields.Date(
        help="The year does not count. Once entered or changed, the birthday is given "
        "a gift no sooner than 30 days later.",
    )
    birthday_set_on = fields.Date(string="Birthday Entered On", readonly=True)

    _one_per_card = models.UniqueIndex("(card_id)", "This card has a membership.")

    @api.depends("card_id.code", "partner_id.display_name")
    def _compute_display_name(self):
        for member in self:
            member.display_name = member.partner_id.display_name or member.card_id.code

    @api.model
    def _make_missing(self):
        """Make the memberships of ledger cards that have none, batch by batch."""
        # sudo: loyalty.card - memberships follow from cards, whoever made these
        cards = self.env["loyalty.card"].sudo().with_context(active_test=False)
        missing = [("points_ledger", "=", True), ("points_membership_ids", "=", False)]
        while found := cards.search(missing, limit=BATCH, order="id"):
            found._points_join()
