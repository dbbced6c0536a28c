from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class LoyaltyTierAssign(models.TransientModel):
    _name = "loyalty.tier.assign"
    _description = "Change Tier by Hand"

    membership_ids = fields.Many2many(
        "loyalty.membership",
        string="Members",
        required=True,
        default=lambda self: self.env.context.get("active_ids"),
    )
    program_id = fields.Many2one("loyalty.program", compute="_compute_program_id")
    tier_id = fields.Many2one(
        "loyalty.tier",
        domain="[('program_id', '=', program_id)]",
        help="Empty: no tier. The term starts today; there is no entry gift.",
    )
    fixed_until = fields.Date(
        help="Up to this day the members do not drop, whatever they reach. Empty: they "
        "keep or lose the tier at the end of its term, as everybody does.",
    )
    reason = fields.Char(
        required=True, help="Kept in the tier history; members read it too."
    )

    @api.depends("membership_ids")
    def _compute_program_id(self):
        for wizard in self:
            programs = wizard.membership_ids.program_id
            wizard.program_id = programs if len(programs) == 1 else False

    @api.constrains("reason")
    def _check_reason(self):
        for wizard in self:
            if not wizard.reason.strip():
                raise ValidationError(self.env._("Say why the tier is changed."))

    def action_assign(self):
        """Give these members the tier, with the reason."""
        self.ensure_one()
        self.check_access("write")
        members = self.membership_ids
        members.check_access("write")
        if len(members.program_id) != 1 or (
            self.tier_id and self.tier_id.program_id != members.program_id
        ):
            raise UserError(
                self.env._("Choose members of one program, and one of its tiers.")
            )
        today = members.program_id._points_today()
        if self.fixed_until and self.fixed_until < today:
            raise UserError(self.env._("A tier cannot be fixed until a past day."))
        # sudo: loyalty.card - locked only; the right to change members was checked
        members.card_id.sudo()._points_lock()
        members._assign(self.tier_id, self.reason, self.fixed_until)
        return {"type": "ir.actions.act_window_close"}
