from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    live_followup_plan_id = fields.Many2one(
        "mail.activity.plan",
        string="Follow-up Plan",
        ondelete="set null",
        domain=[("res_model", "=", "helpdesk.ticket")],
        default=lambda self: self.env.ref(
            "live_aftersales.plan_after_settlement", raise_if_not_found=False
        ),
        help="The questions asked of the buyer after a return is settled. A shop may "
        "have a plan of its own.",
        groups="base.group_user",
    )
