"""One sentence in the dialog that publishes a policy."""

from odoo import fields, models


class ReturnPolicyPublishFinding(models.TransientModel):
    """An error, which has to be mended first, or a warning."""

    _name = "return.policy.publish.finding"
    _description = "Finding about a Draft Return Policy"
    _order = "severity, id"

    dialog_id = fields.Many2one(
        "return.policy.publish", required=True, index=True, ondelete="cascade"
    )
    severity = fields.Selection(
        [("error", "Error"), ("warning", "Warning")], required=True, readonly=True
    )
    sentence = fields.Char(required=True, readonly=True)
    rule_id = fields.Many2one("return.policy.rule", readonly=True, ondelete="cascade")

    def action_open_rule(self):
        """Open the rule this is about."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "return.policy.rule",
            "res_id": self.rule_id.id,
            "view_mode": "form",
        }
