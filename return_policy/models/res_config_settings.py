"""Settings of returns: the default policy of the company, and its desk."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Terms belong to the draft of the default policy, the rest to the company."""

    _inherit = "res.config.settings"

    return_policy_id = fields.Many2one(
        related="company_id.return_policy_id", readonly=False
    )
    return_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of Returns"
    )
    return_version_id = fields.Many2one(related="return_policy_id.version_id")
    return_has_changes = fields.Boolean(related="return_policy_id.has_changes")
    return_auto_approve = fields.Boolean(
        related="return_policy_id.auto_approve", readonly=False
    )
    return_auto_approve_max = fields.Monetary(
        related="return_policy_id.auto_approve_max",
        readonly=False,
        currency_field="return_currency_id",
    )
    return_bonus_percent = fields.Float(
        related="return_policy_id.bonus_percent", readonly=False
    )
    return_bonus_flat = fields.Monetary(
        related="return_policy_id.bonus_flat",
        readonly=False,
        currency_field="return_currency_id",
    )
    return_keep_item_max = fields.Monetary(
        related="return_policy_id.keep_item_max",
        readonly=False,
        currency_field="return_currency_id",
    )
    return_deadline_plan_id = fields.Many2one(
        related="company_id.return_deadline_plan_id", readonly=False
    )
    return_ewallet_program_id = fields.Many2one(
        related="company_id.return_ewallet_program_id", readonly=False
    )
    return_alarm_user_id = fields.Many2one(
        related="company_id.return_alarm_user_id", readonly=False
    )
    return_override_by = fields.Selection(
        related="company_id.return_override_by", readonly=False
    )
    return_ship_on = fields.Selection(
        related="company_id.return_ship_on", readonly=False
    )
    return_agent_max = fields.Monetary(
        related="company_id.return_agent_max",
        readonly=False,
        currency_field="return_currency_id",
    )
    return_lead_max = fields.Monetary(
        related="company_id.return_lead_max",
        readonly=False,
        currency_field="return_currency_id",
    )
    return_evidence_max_count = fields.Integer(
        related="company_id.return_evidence_max_count", readonly=False
    )
    return_evidence_max_mb = fields.Integer(
        related="company_id.return_evidence_max_mb", readonly=False
    )
    return_notify_buyer = fields.Boolean(
        related="company_id.return_notify_buyer", readonly=False
    )

    def action_open_return_policy(self):
        """Open the default policy, where all terms are and where it is published."""
        self.ensure_one()
        self.return_policy_id.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "return.policy",
            "res_id": self.return_policy_id.id,
            "view_mode": "form",
        }

    def action_open_deadline_plan(self):
        """Open the deadlines of the company."""
        self.ensure_one()
        self.return_deadline_plan_id.check_access("read")
        return self.return_deadline_plan_id._get_records_action(
            name=self.env._("Deadlines")
        )

    def action_publish_return_policy(self):
        """Open the dialog that checks and publishes the default policy."""
        self.ensure_one()
        return self.return_policy_id.action_open_publish()
