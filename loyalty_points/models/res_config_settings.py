from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    points_notify = fields.Boolean(related="company_id.points_notify", readonly=False)
    points_alarm_user_id = fields.Many2one(
        related="company_id.points_alarm_user_id", readonly=False
    )
