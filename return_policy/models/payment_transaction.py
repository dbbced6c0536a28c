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
        left = self.amount - self._return_gone() - self._return_waiting()
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
        waiting = sum(lost.mapped("amount"))
        self._return_check_left(amount, waiting, refund.display_name)

    def _update_state(self, allowed_states, target_state, state_message):
        """Pass answers that arrive later on to the refund."""
        transactions = super()._update_state(
            allowed_states, target_state, state_message
        )
        # sudo: return.refund - providers answer as public users
        transactions.sudo().return_refund_ids._note_answer_later()
        return transactions

    def _post_process(self):
        """Know the payment of a refund, whichever job booked it."""
        result = super()._post_process()
        # sudo: return.refund - providers answer as public users
        refunds = self.sudo().return_refund_ids.filtered(
            lambda refund: refund.state == "confirmed" and not refund.payment_id
        )
        for refund in refunds:
            refund.payment_id = refund.refund_transaction_id.payment_id
        refunds.sale_order_id._return_reconcile()
        return result

    def _create_child_transaction(self, amount, is_refund=False, **values):
        """Let a refund that a provider tells of be the one which waits for its answer.

        A webhook makes a transaction of its own where it finds none: after an answer
        that was lost, or before the one we wait for is committed. Without this it
        would be booked a second time.
        """
        child = super()._create_child_transaction(amount, is_refund, **values)
        if is_refund:
            child._return_adopt()
        return child

    def _return_adopt(self):
        """Take the place of the refund of this payment that has no answer yet."""
        self.ensure_one()
        # sudo: return.refund - providers answer as public users
        waiting = (
            self.env["return.refund"]
            .sudo()
            .search(
                [
                    ("transaction_id", "=", self.source_transaction_id.id),
                    ("refund_transaction_id", "=", False),
                    ("state", "in", ("sent", "unknown")),
                ],
                order="state, id",
            )
        )
        same = waiting.filtered(
            lambda refund: (
                self.currency_id.compare_amounts(refund.amount, -self.amount) == 0
            )
        )[:1]
        if same:
            same.refund_transaction_id = self
            self.invoice_ids |= same.move_id

    def _refund(self, amount_to_refund=None):
        """Hold refunds by hand to what is left of the payment and of its orders."""
        self.ensure_one()
        # sudo: sale.order - the guard must see every request, whoever refunds
        orders = self.sudo().sale_order_ids or (
            self.sudo().invoice_ids.invoice_line_ids.sale_line_ids.order_id
        )
        orders._return_lock()
        if orders.return_refund_ids:
            amount = amount_to_refund or self.amount
            self._return_check_left(amount, self._return_waiting(), self.reference)
        return super()._refund(amount_to_refund)

    def _return_waiting(self):
        """Return what is queued or sent from this payment without an answer."""
        # sudo: return.refund - whoever refunds by hand, the queue counts
        groups = (
            self.env["return.refund"]
            .sudo()
            ._read_group(
                [
                    ("transaction_id", "=", self.id),
                    ("state", "in", ("queued", "sent", "unknown")),
                    ("refund_transaction_id", "=", False),
                ],
                [],
                ["amount:sum"],
            )
        )
        return groups[0][0] or 0.0

    def _return_check_left(self, amount, waiting, what):
        """Refuse to send more back than is left beside what waits.

        :param str what: names the refund in the error
        """
        left = self.amount - self._return_gone() - waiting
        if self.currency_id.compare_amounts(amount, left) > 0:
            raise UserError(
                self.env._(
                    "%(refund)s cannot be sent: only %(left)s of payment %(payment)s "
                    "is left to refund. Check the refunds of return requests and "
                    "those made by hand.",
                    refund=what,
                    left=self.currency_id.format(max(left, 0.0)),
                    payment=self.reference,
                )
            )

    def _return_refund(self, refund):
        """Refund as core's ``_refund`` does, but never call a lost answer an error.

        Core sets the refund to ``error`` on any ValidationError, a timeout included,
        after which it would be sent again although the provider may have paid.

        :raises ValidationError: when nobody can tell whether the provider paid
        """
        self.ensure_one()
        self._ensure_provider_is_not_disabled()
        child = self._create_child_transaction(refund.amount, is_refund=True)
        # whatever else waits for the same amount: this one is being sent
        child.return_refund_ids = refund
        child.invoice_ids = refund.move_id
        child._log_sent_message()
        try:
            child._send_refund_request()
        except ValidationError as error:
            if not was_rejected(error):
                raise
            child._set_error(str(error))
        return child

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
        child.return_refund_ids = refund
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
