"""The last look before a draft becomes a version."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class ReturnPolicyPublish(models.TransientModel):
    """What publishing would change, and what speaks against it."""

    _name = "return.policy.publish"
    _description = "Publish a Return Policy"

    policy_id = fields.Many2one("return.policy", required=True, readonly=True)
    draft = fields.Json(
        readonly=True, help="What was shown; nothing else is published."
    )
    finding_ids = fields.One2many(
        "return.policy.publish.finding", "dialog_id", readonly=True
    )
    error_count = fields.Integer(compute="_compute_error_count")
    changes_html = fields.Html(compute="_compute_changes_html")
    note = fields.Char(
        help="Why the terms change. It stays with the version, for whoever asks later."
    )
    is_retroactive = fields.Boolean(
        string="Also for orders already placed, where it is better for the buyer",
        help="An order keeps the version it was placed under. Tick this to give "
        "earlier orders of this policy the new terms wherever they are better for the "
        "buyer.",
    )

    @api.depends("finding_ids.severity")
    def _compute_error_count(self):
        for dialog in self:
            severities = dialog.finding_ids.mapped("severity")
            dialog.error_count = severities.count("error")

    @api.depends("policy_id")
    @api.depends_context("lang")
    def _compute_changes_html(self):
        for dialog in self:
            policy = dialog.policy_id
            policy.check_access("read")
            dialog.changes_html = policy._differences_html(
                policy.version_id._side(), policy._side()
            )

    @api.model
    def _make_for(self, policy):
        """Return the dialog about the present draft of a policy."""
        return self.create(
            {
                "policy_id": policy.id,
                "draft": policy._freeze_next(),
                "finding_ids": [
                    Command.create(
                        {
                            "severity": finding.severity,
                            "sentence": finding.sentence,
                            "rule_id": finding.rule_key or False,
                        }
                    )
                    for finding in policy._findings()
                ],
            }
        )

    def action_publish(self):
        """Publish exactly what this dialog showed.

        :raises UserError: when the draft, or its last version, is another by now
        """
        self.ensure_one()
        self.check_access("read")
        policy = self.policy_id
        policy.check_access("write")
        if policy._freeze_next() != self.draft:
            raise UserError(
                self.env._(
                    "%(policy)s was changed or published by somebody else while this "
                    "dialog was open. Close it and open it again to see what would be "
                    "published now.",
                    policy=policy.display_name,
                )
            )
        policy.action_publish(self.note or "", self.is_retroactive)
        return {"type": "ir.actions.act_window_close"}
