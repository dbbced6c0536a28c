"""Sending refunds: one commit before the provider is asked, one after."""

import logging
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)
# After this long a refund that was being sent counts as lost on the way.
LOST_AFTER = timedelta(minutes=5)
# A provider that promised an answer and gave none for so long: somebody has to look.
SILENT_AFTER = timedelta(days=3)


class ReturnRefund(models.Model):
    """The job that sends."""

    _inherit = "return.refund"

    def _trigger_send(self):
        """Have the job run as soon as this transaction is committed."""
        if self:
            self.env.ref("return_policy.ir_cron_send_refunds")._trigger()

    def _cron_send(self, limit=200):
        """Send what is queued; mark what was lost on the way as unknown.

        Several workers may run at once. Running again sends nothing twice.
        """
        self._mark_lost()
        queued = self.search([("state", "=", "queued")], order="id", limit=limit)
        others = queued.filtered(lambda refund: refund.tender != "online")
        others.try_lock_for_update()._hand_over()
        commit = self.env["ir.cron"]._commit_progress
        commit(len(others), remaining=len(queued - others))
        for refund in queued - others:
            if refund._mark_sent():
                commit(0)
                refund._in_agents_language()._send()
            commit(1)

    def _hand_over(self):
        """Pass refunds that a person pays elsewhere to that person."""
        todo = self.filtered(lambda refund: refund.state == "queued")
        todo._move_to("sent", sent_at=fields.Datetime.now(), attempts=1)

    def _mark_sent(self):
        """Take one refund for sending; False when somebody else has it.

        Refunds of one payment are sent one after the other.
        """
        mine = self.try_lock_for_update()
        mine.invalidate_recordset(["state"])
        if mine.state != "queued":
            return False
        if not mine.transaction_id.try_lock_for_update(allow_referencing=True):
            return False
        mine._move_to(
            "sent",
            sent_at=fields.Datetime.now(),
            attempts=mine.attempts + 1,
            error=False,
        )
        return True

    def _mark_lost(self):
        """Set what was being sent when its worker died to unknown.

        A worker holds the row while it sends, so a row that is free and still
        without an answer belongs to nobody any more.
        """
        now = fields.Datetime.now()
        no_answer = Domain("refund_transaction_id", "=", False)
        waiting = Domain("refund_transaction_id.state", "in", ("draft", "pending"))
        lost = self.search(
            Domain("state", "=", "sent")
            & Domain("tender", "=", "online")
            & (
                (no_answer & Domain("sent_at", "<", now - LOST_AFTER))
                | (waiting & Domain("sent_at", "<", now - SILENT_AFTER))
            )
        ).try_lock_for_update()
        if lost:
            lost._move_to("unknown")

    def _send(self):
        """Ask the provider once. No surprise ever makes the refund queued again."""
        self.ensure_one()
        mine = self.try_lock_for_update()
        mine.invalidate_recordset(["state"])
        if mine.state != "sent":
            return
        source = self.transaction_id
        try:
            source._return_check_capacity(self.amount, self)
            self.sale_order_id._return_check_given_back()
            source._ensure_provider_is_not_disabled()
        except UserError as error:
            self._move_to("failed", error=str(error))
            return
        try:
            with self.env.cr.savepoint():
                transaction = self._ask_provider()
        except Exception as error:
            # whatever happened, the provider may have paid: a person has to look
            _logger.exception("Refund %s was sent and the answer is lost", self.id)
            told = isinstance(error, UserError)
            self._move_to("unknown", error=str(error) if told else repr(error))
            return
        self._note_answer(transaction)

    def _in_agents_language(self):
        """Return this refund so that what goes wrong is written for who reads it."""
        lang = self.request_id.user_id.lang or self.env.lang
        return self.with_context(lang=lang)

    def _ask_provider(self):
        """Refund through the provider and keep the transaction."""
        return self.transaction_id._return_refund(self)

    def _note_answer_later(self):
        """Note answers that came by webhook; core books them in its own job.

        Money that arrives after all counts, whatever was thought of it before.
        """
        for refund in self:
            transaction = refund.refund_transaction_id
            late = refund.state in ("sent", "unknown", "failed")
            if transaction.state == "done" and late:
                refund._move_to(
                    "confirmed",
                    confirmed_at=fields.Datetime.now(),
                    reference=transaction.provider_reference or transaction.reference,
                    error=False,
                )
                refund.request_id._finish()
            elif transaction.state in ("error", "cancel") and refund.state == "sent":
                refund._move_to("failed", error=transaction.state_message or "")

    def _note_answer(self, transaction):
        """Keep the answer before any bookkeeping that could fail."""
        self._note_answer_later()
        if transaction.state == "done":
            self.env["ir.cron"]._commit_progress(0)
            self._post_process(transaction)

    def _post_process(self, transaction):
        """Book the refund; when that fails the job of core tries again later."""
        try:
            with self.env.cr.savepoint():
                transaction._post_process()
        except UserError:
            _logger.exception("Refund %s is paid but not booked yet", self.id)
