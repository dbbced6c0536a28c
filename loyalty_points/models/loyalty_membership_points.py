"""The points of a member: what there is, what waits, what expires next."""

from odoo import api, fields, models


class LoyaltyMembership(models.Model):
    _inherit = "loyalty.membership"

    points = fields.Float(
        related="card_id.points",
        string="Available",
        tracking=False,  # the entries tell it; core tracks the field of the card
    )
    points_pending = fields.Integer(related="card_id.points_pending", string="Pending")
    code = fields.Char(related="card_id.code", string="Card Code")
    joined_on = fields.Datetime(related="card_id.create_date", string="Member Since")
    entry_count = fields.Integer(related="card_id.points_entry_count")
    entry_ids = fields.One2many(related="card_id.points_entry_ids")
    open_lot_ids = fields.Many2many(
        "loyalty.points.entry",
        string="Open Points",
        compute="_compute_lots",
        help="What is left of earlier entries, in the order in which it is spent.",
    )
    next_release_on = fields.Datetime(string="Next Release", compute="_compute_lots")
    next_expiry_on = fields.Date(string="Next Expiry", compute="_compute_lots")
    next_expiry_points = fields.Integer(
        string="Points Expiring Next", compute="_compute_lots"
    )

    @api.depends("card_id.points_entry_ids.remaining")
    def _compute_lots(self):
        lots = self.env["loyalty.points.entry"].search(
            [("card_id", "in", self.card_id.ids), ("remaining", "!=", 0)], order="id"
        )
        by_card = lots.grouped("card_id")
        for member in self:
            mine = by_card.get(member.card_id, lots.browse())
            pending = mine.filtered(lambda lot: lot.bucket == "pending")
            dated = (mine - pending).filtered("expires_on")
            expiring = dated.grouped("expires_on")
            first = min(expiring, default=False)
            member.open_lot_ids = mine
            member.next_release_on = min(
                pending.filtered("available_on").mapped("available_on"), default=False
            )
            member.next_expiry_on = first
            member.next_expiry_points = sum(
                expiring.get(first, lots.browse()).mapped("remaining")
            )

    def action_entries(self):
        """Open the points entries of this member."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "loyalty_points.action_loyalty_points_entry"
        )
        action["domain"] = [("card_id", "=", self.card_id.id)]
        return action

    def action_card(self):
        """Open the card of this member."""
        self.ensure_one()
        self.check_access("read")
        return self.card_id._get_records_action(name=self.env._("Card"))
