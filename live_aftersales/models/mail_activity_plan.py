from odoo import api, fields, models


class MailActivityPlan(models.Model):
    """Plans which we ship are read in each user's language."""

    _inherit = "mail.activity.plan"

    live_title = fields.Char(
        string="Title",
        translate=True,
        help="Shown instead of the name, in each user's language.",
    )

    @api.depends("name", "live_title")
    @api.depends_context("lang")
    def _compute_display_name(self):
        titled = self.filtered("live_title")
        for plan in titled:
            plan.display_name = plan.live_title
        return super(MailActivityPlan, self - titled)._compute_display_name()
