from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    points_available = fields.Integer(
        string="Points",
        compute="_compute_points",
        groups="loyalty_points.group_points_user",
        help="Points which this customer may spend now, over all programs.",
    )
    points_pending = fields.Integer(
        string="Pending Points",
        compute="_compute_points",
        groups="loyalty_points.group_points_user",
        help="Points earned and not yet released.",
    )
    points_card_count = fields.Integer(
        compute="_compute_points",
        groups="loyalty_points.group_points_user",
    )

    def _compute_points(self):
        counted = self.env["loyalty.card"]._read_group(
            [("partner_id", "in", self.ids), ("points_ledger", "=", True)],
            ["partner_id"],
            ["points:sum", "points_pending:sum", "__count"],
        )
        sums = {partner.id: values for partner, *values in counted}
        for partner in self:
            available, pending, count = sums.get(partner.id, (0, 0, 0))
            partner.points_available = available
            partner.points_pending = pending
            partner.points_card_count = count

    def action_points_cards(self):
        """Open the member cards of this customer."""
        self.ensure_one()
        self.check_access("read")
        self.env["loyalty.points.entry"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "loyalty_points.action_loyalty_card_members"
        )
        action["domain"] = [
            ("partner_id", "=", self.id),
            ("points_ledger", "=", True),
        ]
        return action
