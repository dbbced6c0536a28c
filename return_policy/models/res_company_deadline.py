"""By which deadlines a company works, and who hears the alarms."""

from odoo import api, fields, models


class ResCompany(models.Model):
    """Deadlines."""

    _inherit = "res.company"

    return_deadline_plan_id = fields.Many2one(
        "return.deadline.plan",
        string="Deadlines",
        domain="[('company_id', 'in', (False, id))]",
        ondelete="restrict",
        help="How long each step of a return may take, and what happens when it was "
        "not done. A policy or a platform may name another plan. Requests keep the "
        "plan they began with. Empty: only refunds have a deadline.",
        groups="base.group_user",
    )
    return_alarm_user_id = fields.Many2one(
        "res.users",
        string="Alarms Go to",
        domain="[('share', '=', False), ('company_ids', 'in', id)]",
        ondelete="set null",
        help="Who gets an activity when a deadline was missed or a refund breaks the "
        "law. Empty: the agent of the request.",
        groups="base.group_user",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Give each new company the standard deadlines."""
        companies = super().create(vals_list)
        companies._set_deadline_plans()
        return companies

    def _set_deadline_plans(self):
        """Give companies without deadlines the standard ones."""
        # sudo: res.company - set-up of a company, whoever makes it
        without = self.sudo().filtered(lambda c: not c.return_deadline_plan_id)
        without.return_deadline_plan_id = self.env.ref(
            "return_policy.deadline_plan_standard"
        )
