from odoo import fields, models


class MailActivity(models.Model):
    """A step of a follow-up plan, and who did it."""

    _inherit = "mail.activity"

    live_return_request_id = fields.Many2one(
        "return.request",
        string="Followed Return",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="The settled return request which this step follows up.",
    )
    live_plan_id = fields.Many2one(
        "mail.activity.plan",
        string="Follow-up Plan",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    live_plan_template_id = fields.Many2one(
        "mail.activity.plan.template",
        string="Step",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    live_done_by_id = fields.Many2one(
        "res.users", string="Done by", readonly=True, ondelete="set null"
    )

    _live_step_uniq = models.UniqueIndex(
        "(live_return_request_id, live_plan_template_id)"
        " WHERE live_return_request_id IS NOT NULL",
        "This follow-up is already planned for this return request.",
    )

    def _action_done(self, feedback=False, attachment_ids=None):
        """Keep who did a follow-up: core only keeps when and with which result."""
        followups = self.filtered("live_plan_template_id")
        if followups:
            followups.live_done_by_id = self.env.user
        return super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
