"""The answers of a whole request: what the screen shows of them, what the note says."""

from odoo import api, fields, models

from ..policy.answers import is_wholly_refused
from .return_request_decide import DECIDED, OVERRIDERS


class ReturnRequest(models.Model):
    """Answers."""

    _inherit = "return.request"

    has_answers = fields.Boolean(
        compute="_compute_has_answers",
        help="A line is refused, or approved for less than was asked for.",
    )
    may_override = fields.Boolean(
        compute="_compute_may_override",
        help="The company lets you approve against the policy.",
    )

    @api.depends("line_ids.answer", "line_ids.qty_approved", "line_ids.qty_requested")
    def _compute_has_answers(self):
        for request in self:
            request.has_answers = any(
                line._to_answer().needs_reason for line in request.line_ids
            )

    @api.depends("company_id.return_override_by")
    @api.depends_context("uid")
    def _compute_may_override(self):
        for request in self:
            group = OVERRIDERS[request.company_id.return_override_by or "lead"]
            request.may_override = self.env.su or self.env.user.has_group(group)

    def _is_wholly_refused(self):
        """Tell whether each line is answered with a refusal."""
        self.ensure_one()
        return is_wholly_refused(line._to_answer() for line in self.line_ids)

    def _log_text(self, event, reason):
        """Say in the note what was answered to lines that got less than asked for."""
        text = super()._log_text(event, reason)
        if event not in (*DECIDED, "refused"):
            return text
        return "; ".join([text, *(line._answer_note() for line in self._lines_cut())])

    def _lines_cut(self):
        """Return the lines that got less than was asked for."""
        return self.line_ids.filtered(
            lambda line: line.is_refused or line._to_answer().is_partial
        )
