"""Two versions, or a version and the draft, side by side."""

from odoo import api, fields, models


class ReturnPolicyCompare(models.TransientModel):
    """Shows only what differs, in words."""

    _name = "return.policy.compare"
    _description = "Compare Return Policies"

    old_version_id = fields.Many2one("return.policy.version", string="Before")
    new_version_id = fields.Many2one(
        "return.policy.version",
        string="After",
        help="Empty: the draft of the policy.",
    )
    policy_id = fields.Many2one("return.policy", string="Draft of", readonly=True)
    changes_html = fields.Html(compute="_compute_changes_html")

    @api.depends("old_version_id", "new_version_id", "policy_id")
    @api.depends_context("lang")
    def _compute_changes_html(self):
        for dialog in self:
            shown = dialog.new_version_id or dialog.policy_id
            (dialog.old_version_id | dialog.new_version_id).check_access("read")
            dialog.policy_id.check_access("read")
            dialog.changes_html = self.env["return.policy"]._differences_html(
                dialog.old_version_id._side(), shown._side()
            )

    @api.model
    def _open(self, old, new=None, policy=None):
        """Return the action that shows the dialog.

        :param old: the earlier version
        :param new: the later one; without it the draft of ``policy``
        """
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Compare"),
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_old_version_id": old.id,
                "default_new_version_id": new.id if new else False,
                "default_policy_id": policy.id if policy else False,
            },
        }
