"""Why each return was decided as it was: written once, never changed."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class ReturnDecisionLog(models.Model):
    """One decision on one line of a request."""

    _name = "return.decision.log"
    _description = "Return Decision"
    _inherit = ["return.defaults.mixin"]
    _order = "id desc"
    _rec_name = "event"

    request_id = fields.Many2one(
        "return.request", required=True, index=True, ondelete="restrict", readonly=True
    )
    line_id = fields.Many2one(
        "return.request.line", index=True, ondelete="restrict", readonly=True
    )
    company_id = fields.Many2one(
        related="request_id.company_id", store=True, index=True, precompute=True
    )
    event = fields.Selection(
        [
            ("submitted", "Submitted"),
            ("withdrawn", "Withdrawn from the contract"),
            ("needs_info", "Asked the buyer for more"),
            ("answered", "The buyer answered"),
            ("offered", "Offered to the buyer"),
            ("offer_accepted", "Offer accepted"),
            ("offer_declined", "Offer declined"),
            ("approval_asked", "Asked for approval"),
            ("approval_denied", "Approval denied"),
            ("evidence", "Photos and videos complete"),
            ("approved", "Approved"),
            ("override", "Approved against the policy"),
            ("refused", "Refused"),
            ("cancelled", "Cancelled"),
            ("scanned", "Scanned by the carrier"),
            ("inspected", "Inspected"),
            ("closed_short", "Closed without the missing goods"),
            ("remedy_changed", "Another remedy: not repaired"),
            ("shipped", "Sent to the buyer"),
            ("shipped_early", "Replacement shipped early"),
            ("difference_paid", "Difference paid"),
            ("settled", "Money decided"),
            ("refund_retried", "Refund tried again"),
            ("refund_confirmed", "Refund confirmed by hand"),
            ("timed_out", "Time is over"),
            ("expired", "Expired"),
            ("disputed", "Disputed"),
            ("dispute_settled", "Dispute settled"),
        ],
        required=True,
        readonly=True,
    )
    reason = fields.Text(readonly=True)
    is_auto = fields.Boolean(
        "Automatic", readonly=True, help="Decided by the policy, not by a person."
    )
    user_id = fields.Many2one("res.users", readonly=True)
    verdict = fields.Char(readonly=True)
    verdict_text = fields.Char("Verdict in Words", readonly=True)
    rule_code = fields.Char("Rule", readonly=True)
    policy_version_id = fields.Many2one(
        "return.policy.version", readonly=True, index="btree_not_null"
    )
    inputs = fields.Json(
        readonly=True,
        help="All that the decision rests on: facts, rules that fired, dates, days "
        "off, evidence. With the version it can be made again.",
    )

    def write(self, vals):
        """Refuse: the log is the record of what happened."""
        if self:
            raise UserError(
                self.env._("Decisions on returns are never changed afterwards.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Decisions on returns are never deleted."))
