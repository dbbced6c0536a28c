from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    points_notify = fields.Boolean(
        string="Write to Members",
        default=True,
        groups="base.group_user",
        help="Members get a mail before points expire, before they lose a tier, and on "
        "their birthday if they agreed to greetings.",
    )
    points_alarm_user_id = fields.Many2one(
        "res.users",
        string="Told of Wrong Balances",
        domain="[('share', '=', False), ('company_ids', 'in', id)]",
        groups="base.group_user",
        help="Gets an activity for each card whose balance is not what its entries add "
        "up to. Empty: the administrator.",
    )
