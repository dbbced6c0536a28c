from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    live_followup_plan_id = fields.Many2one(
        related="company_id.live_followup_plan_id", readonly=False
    )
