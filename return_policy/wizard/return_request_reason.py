"""Ask why: before refusing, overriding, confirming or sending again."""

from odoo import api, fields, models


class ReturnRequestReason(models.TransientModel):
    """Collects one sentence and hands it to the step that needs it."""

    _name = "return.request.reason"
    _description = "Reason for a Return Step"

    purpose = fields.Selection(
        [
            ("refuse", "Refuse"),
            ("override", "Approve against the policy"),
            ("confirm", "Confirm a refund"),
            ("retry", "Send a refund again"),
        ],
        required=True,
        readonly=True,
    )
    request_ids = fields.Many2many("return.request", readonly=True)
    refund_ids = fields.Many2many("return.refund", readonly=True)
    reason = fields.Char(required=True)

    @api.model
    def _open(self, title, purpose, **defaults):
        """Return the action that shows the dialog for the records in ``defaults``."""
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {"default_purpose": purpose, **defaults},
        }

    def action_done(self):
        """Take the step with the reason; the step itself checks who may."""
        self.ensure_one()
        self.check_access("read")
        if self.purpose == "refuse":
            return self.request_ids.action_refuse(self.reason)
        if self.purpose == "override":
            self.request_ids._override(self.reason)
            return True
        if self.purpose == "confirm":
            return self.refund_ids.action_confirm(self.reason)
        return self.refund_ids.action_retry(self.reason)
