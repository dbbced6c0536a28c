"""From the customer to the member."""

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    points_membership_ids = fields.One2many(
        "loyalty.membership",
        "partner_id",
        readonly=True,
        groups="loyalty_points.group_points_user",
    )
    points_tier_names = fields.Char(
        string="Tier",
        compute="_compute_points_tier_names",
        groups="loyalty_points.group_points_user",
        help="The tiers of this customer, one for each program.",
    )

    def _compute_points_tier_names(self):
        for partner in self:
            tiers = partner.points_membership_ids.tier_id
            partner.points_tier_names = ", ".join(tiers.mapped("name"))

    def action_points_members(self):
        """Open the membership of this customer, or the list when there are several."""
        self.ensure_one()
        self.check_access("read")
        self.env["loyalty.membership"].check_access("read")
        members = self.env["loyalty.membership"].search(
            [("partner_id", "=", self.id), ("program_id.points_ledger", "=", True)]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "loyalty_points.action_loyalty_membership"
        )
        if len(members) == 1:
            action |= {"res_id": members.id, "views": [(False, "form")]}
        action["domain"] = [("id", "in", members.ids)]
        return action
