"""What of a payment may still go back, and answers that arrive later."""

from odoo import fields, models
from odoo.exceptions import UserError

PENDING_OR_DONE = ("draft", "pending", "authorized", "done")


class PaymentTransaction(models.Model):
    """Payments as returns see them."""

    _inherit = "payment.transaction"

    return_refund_ids = fields.One2many(
        "return.refund", "refund_transaction_id", groups="base.group_system"
    )

    def _return_gone(self):
        """Return what went back or is on its way by refunds the provider knows."""
        children = self.child_transaction_ids.filtered(
            lambda tx: tx.operation == "refund" and tx.state in PENDING_OR_DONE
        )
        return -sum(children.mapped("amount"))

    def _return_capacity(self, units):
        """Return how much a new refund may take from this payment.

        Core sets no limit; refunds already queued count as gone.
        """
        self.ensure_one()
        waiting = self.env["return.refund"].search(
            [
                ("transaction_id", "=", self.id),
                ("state", "in", ("queued", "sent", "unknown")),
                ("refund_transaction_id", "=", False),
            ]
        )
        left = self.amount - self._return_gone() - sum(waiting.mapped("amount"))
        if self.provider_id.support_refund == "full_only":
            is_full = self.currency_id.compare_amounts(left, self.amount) == 0
            rounding = self.currency_id.rounding or 0.01
            return self.amount if is_full and round(left / rounding) == units else 0.0
        return max(left, 0.0)

    def _return_check_capacity(self, amount, refund):
        """Refuse to send more back than this payment brought."""
        self.ensure_one()
        self.lock_for_update(allow_referencing=True)
        left = self.amount - self._return_gone()
        if self.currency_id.compare_amounts(amount, left) > 0:
            raise UserError(
                self.env._(
                    "%(refund)s cannot be sent: only %(left)s of payment %(payment)s "
                    "is left to refund. Check refunds made by hand.",
                    refund=refund.display_name,
                    left=self.currency_id.format(left),
                    payment=self.reference,
                )
            )

    def _update_state(self, allowed_states, target_state, state_message):
        """Pass answers that arrive later on to the refund."""
        transactions = super()._update_state(
            allowed_states, target_state, state_message
        )
        # sudo: return.refund - providers answer as public users
        refunds = transactions.sudo().return_refund_ids
        for refund in refunds.filtered(lambda refund: refund.state == "sent"):
            refund._note_answer_later(refund.refund_transaction_id)
        return transactions
