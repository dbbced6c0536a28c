"""What the buyer disputes, at the platform or to the merchant, and how it ends."""

from odoo import fields, models
from odoo.exceptions import UserError

from .return_request import AGENT, LEAD


class ReturnRequest(models.Model):
    """Disputes."""

    _inherit = "return.request"

    is_disputed = fields.Boolean(
        "Disputed",
        readonly=True,
        copy=False,
        help="The buyer objects, to the platform or to you. Nothing runs out or is "
        "approved by itself until a lead has settled it.",
    )
    disputed_at = fields.Datetime("Disputed Since", readonly=True, copy=False)
    dispute_deadline = fields.Datetime(
        "Arbitration Deadline",
        copy=False,
        help="By when the platform wants your evidence or answer, as it shows there.",
    )
    dispute_note = fields.Text(
        "Arbitration",
        copy=False,
        help="What the platform or the arbitrator asks for and says.",
    )

    def action_dispute(self, reason=None):
        """Note that the buyer objects; without a reason a dialog asks for it."""
        self._check_may(AGENT)
        todo = self.filtered(lambda request: not request.is_disputed)
        if any(request.state == "draft" for request in todo):
            raise UserError(
                self.env._("Only what was submitted can be disputed. Submit it first.")
            )
        if not todo:
            return True
        if not (reason or "").strip():
            return todo._ask_reason("dispute")
        todo._lock_orders()
        # sudo: return.request - the step writes what people may not write by hand
        todo.sudo().write({"is_disputed": True, "disputed_at": fields.Datetime.now()})
        todo._log("disputed", reason)
        return True

    def action_settle_dispute(self, reason=None):
        """End the dispute: the request goes on from where it stands."""
        self._check_may(LEAD)
        todo = self.filtered("is_disputed")
        if not todo:
            return True
        if not (reason or "").strip():
            return todo._ask_reason("settle_dispute")
        todo._lock_orders()
        # sudo: return.request - the step writes what people may not write by hand
        todo.sudo().write({"is_disputed": False, "dispute_deadline": False})
        todo._log("dispute_settled", reason)
        return True
