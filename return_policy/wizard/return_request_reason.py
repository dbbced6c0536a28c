"""Ask for one sentence: why a step is taken, or what was asked, answered, agreed."""

from odoo import api, fields, models
from odoo.exceptions import UserError

# What takes the sentence; each step checks by itself who may take it.
STEPS = {
    "refuse": "action_refuse",
    "override": "_override",
    "offer": "_offer_against_policy",
    "accept": "action_offer_accepted",
    "decline": "action_offer_declined",
    "deny": "action_deny",
    "ask": "action_need_info",
    "answer": "action_answer",
    "cancel": "action_cancel",
    "dispute": "action_dispute",
    "settle_dispute": "action_settle_dispute",
    "confirm": "action_confirm",
    "retry": "action_retry",
    "ship_now": "action_ship_now",
    "difference_paid": "action_difference_paid",
    "refund_instead": "action_refund_instead",
    "exchange_instead": "action_exchange_instead",
}


class ReturnRequestReason(models.TransientModel):
    """Collects one sentence and hands it to the step that needs it."""

    _name = "return.request.reason"
    _description = "Reason for a Return Step"

    purpose = fields.Selection(
        [
            ("refuse", "Refuse the Return"),
            ("override", "Approve against the Policy"),
            ("offer", "Offer against the Policy"),
            ("accept", "The Buyer Accepts the Offer"),
            ("decline", "The Buyer Declines the Offer"),
            ("deny", "Do Not Agree"),
            ("ask", "Ask the Buyer"),
            ("answer", "The Buyer's Answer"),
            ("cancel", "Cancel the Return"),
            ("dispute", "Note a Dispute"),
            ("settle_dispute", "Settle the Dispute"),
            ("confirm", "Confirm the Refund"),
            ("retry", "Send the Refund Again"),
            ("ship_now", "Ship Now"),
            ("difference_paid", "Difference Paid"),
            ("refund_instead", "Refund Instead"),
            ("exchange_instead", "Exchange instead of Repairing"),
        ],
        required=True,
        readonly=True,
    )
    request_ids = fields.Many2many("return.request", readonly=True)
    refund_ids = fields.Many2many("return.refund", readonly=True)
    reason = fields.Char()
    history = fields.Text(
        related="request_ids.info_history",
        help="What was asked and answered before.",
    )

    @api.model
    def _open(self, purpose, **defaults):
        """Return the action that shows the dialog for the records in ``defaults``."""
        titles = dict(self._fields["purpose"]._description_selection(self.env))
        return {
            "type": "ir.actions.act_window",
            "name": titles[purpose],
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {"default_purpose": purpose, **defaults},
        }

    def action_done(self):
        """Take the step with the sentence; the step itself checks who may."""
        self.ensure_one()
        self.check_access("read")
        if self.purpose != "cancel" and not (self.reason or "").strip():
            raise UserError(self.env._("Enter a reason or reference first."))
        records = self.refund_ids or self.request_ids
        return getattr(records, STEPS[self.purpose])(self.reason)
