"""What of a payment may still go back, and answers that arrive later."""

import requests

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

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
        """Refuse to send more back than this payment brought.

        Refunds whose answer is lost may have been paid, so they count as gone.
        """
        self.ensure_one()
        self.lock_for_update(allow_referencing=True)
        lost = self.env["return.refund"].search(
            [
                ("transaction_id", "=", self.id),
                ("state", "in", ("sent", "unknown")),
                ("refund_transaction_id", "=", False),
                ("id", "!=", refund.id),
            ]
        )
        left = self.amount - self._return_gone() - sum(lost.mapped("amount"))
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
        transactions.sudo().return_refund_ids._note_answer_later()
        return transactions

    def _return_refund(self, amount):
        """Refund as core's ``_refund`` does, but never call a lost answer an error.

        Core sets the refund to ``error`` on any ValidationError, a timeout included,
        after which it would be sent again although the provider may have paid.

        :raises ValidationError: when nobody can tell whether the provider paid
        """
        self.ensure_one()
        self._ensure_provider_is_not_disabled()
        refund = self._create_child_transaction(amount, is_refund=True)
        refund._log_sent_message()
        try:
            refund._send_refund_request()
        except ValidationError as error:
            if not was_rejected(error):
                raise
            refund._set_error(str(error))
        return refund

    def _return_note_paid(self, refund, reference):
        """Return the transaction of a refund which a person found at the provider."""
        self.ensure_one()
        known = refund.refund_transaction_id.filtered(
            lambda tx: tx.state in ("draft", "pending")
        ) or self.child_transaction_ids.filtered(
            lambda tx: (
                tx.operation == "refund"
                and tx.state == "done"
                and tx.provider_reference == reference
                and not tx.return_refund_ids
                and tx.currency_id.compare_amounts(-tx.amount, refund.amount) == 0
            )
        )
        child = known[:1] or self._create_child_transaction(
            refund.amount, is_refund=True
        )
        child.provider_reference = reference
        child.invoice_ids |= refund.move_id
        if child.state != "done":
            child._set_done()
        return child


def was_rejected(error):
    """Tell whether the provider itself answered that it refuses the request.

    Anything else (timeout, broken connection, error of its server, an answer that
    could not be read) may have been paid.
    """
    while error:
        response = getattr(error, "response", None)
        if isinstance(error, requests.exceptions.HTTPError) and response is not None:
            return 400 <= response.status_code < 500 and response.status_code != 408
        error = error.__cause__ or error.__context__
    return False
