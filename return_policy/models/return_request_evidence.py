"""What a request still lacks: photos, videos; and what happens when they come."""

from odoo import api, fields, models


class ReturnRequest(models.Model):
    """Evidence of all lines."""

    _inherit = "return.request"

    is_evidence_missing = fields.Boolean(
        "Evidence Missing", compute="_compute_is_evidence_missing", store=True
    )
    evidence_summary = fields.Char("Evidence", compute="_compute_evidence_summary")

    @api.depends("line_ids.is_evidence_missing")
    def _compute_is_evidence_missing(self):
        for request in self:
            request.is_evidence_missing = any(
                request.line_ids.mapped("is_evidence_missing")
            )

    @api.depends("line_ids.evidence_text", "line_ids.product_id")
    @api.depends_context("lang")
    def _compute_evidence_summary(self):
        for request in self:
            request.evidence_summary = "; ".join(
                f"{line.product_id.display_name}: {line.evidence_text}"
                for line in request.line_ids
                if line.is_evidence_missing
            )

    def _evidence_added(self):
        """Judge again what only waited for its evidence; the policy may approve now."""
        complete = self.filtered(lambda request: request._only_lacked_evidence())
        if not complete:
            return
        complete._lock_orders()
        complete = complete.filtered(lambda request: request._only_lacked_evidence())
        complete._freeze_verdicts()
        complete._log("evidence")
        complete._approve_by_policy()

    def _only_lacked_evidence(self):
        """Tell whether the policy approves this request now that it is complete."""
        return (
            self.state == "submitted"
            and self.approval_mode == "auto"
            and not self.is_evidence_missing
        )

    def unlink(self):
        """Delete the photos and videos of drafts with them."""
        # sudo: ir.attachment - files of lines that go away under the database's hand
        files = self.sudo().line_ids.evidence_ids
        result = super().unlink()
        files.unlink()
        return result
