"""Refunds: written first, sent once, confirmed by whoever knows."""

from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestRefund(ReturnCase):
    def _run(self):
        """Run the job as the scheduler does, without really committing."""
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)
        self.env["return.refund"]._cron_send()

    def _online(self, quantity=1, **vals):
        order = self._order((self.product, 2), pay=False)
        self._pay_online(order)._post_process()
        return self._inspected(order, quantity, **vals)

    def test_an_online_payment_is_refunded_through_its_provider(self):
        order = self._order((self.product, 2), invoice=False)
        payment = self._pay_online(order)
        invoice = self._invoice(order, pay=False)
        payment.invoice_ids = invoice
        payment._post_process()
        self.assertIn(invoice.payment_state, ("paid", "in_payment"))
        request = self._inspected(order, 1)
        refund = request.sudo().refund_ids
        self.assertRecordValues(
            refund, [{"tender": "online", "amount": 100, "state": "queued"}]
        )
        self._run()
        self.assertEqual(refund.state, "confirmed")
        self.assertEqual(refund.refund_transaction_id.amount, -100)
        self.assertEqual(refund.refund_transaction_id.source_transaction_id, payment)
        self.assertEqual(refund.move_id.payment_state, "paid")
        self.assertEqual(refund.payment_id.amount, 100)
        self.assertEqual(request.state, "done")
        self.assertEqual(request.amount_refunded, 100)

    def test_running_the_job_again_sends_nothing(self):
        request = self._online()
        self._run()
        before = self.env["payment.transaction"].search_count([])
        self._run()
        self.assertEqual(self.env["payment.transaction"].search_count([]), before)
        self.assertEqual(request.sudo().refund_ids.attempts, 1)

    def test_a_refund_by_hand_leaves_alone_what_waits_for_a_request(self):
        request = self._online()
        refund = request.sudo().refund_ids
        payment = refund.transaction_id
        with self.assertRaisesRegex(UserError, r"only \$ ?.100\.00 of payment"):
            payment._refund(150)
        self.assertFalse(payment.child_transaction_ids)
        self._run()
        self.assertEqual(refund.state, "confirmed")

    def test_what_the_provider_refunded_itself_leaves_less_to_refund(self):
        request = self._online()
        refund = request.sudo().refund_ids
        told = refund.transaction_id._create_child_transaction(150, is_refund=True)
        told._set_done()
        self._run()
        self.assertEqual(refund.state, "failed")
        self.assertIn("50.00", refund.error)
        self.assertEqual(request.next_action, "resolve")
        self.assertEqual(request.next_actor, "lead")

    def test_a_lost_answer_becomes_unknown_and_is_not_sent_again(self):
        request = self._online()
        refund = request.sudo().refund_ids
        refund._mark_sent()
        refund.sent_at = fields.Datetime.now() - timedelta(hours=1)
        before = self.env["payment.transaction"].search_count([])
        self._run()
        self.assertEqual(refund.state, "unknown")
        self._run()
        self.assertEqual(refund.state, "unknown")
        self.assertEqual(self.env["payment.transaction"].search_count([]), before)

    def test_an_unknown_refund_is_sent_again_only_by_a_lead_with_a_reason(self):
        request = self._online()
        refund = request.sudo().refund_ids
        refund._mark_sent()
        refund._move_to("unknown")
        with self.assertRaises(AccessError):
            refund.with_user(self.agent).action_retry("I think it failed")
        dialog = refund.with_user(self.lead).action_retry()
        self.assertEqual(dialog["res_model"], "return.request.reason")
        self.assertEqual(refund.state, "unknown")
        refund.with_user(self.lead).action_retry("The provider shows no refund")
        self.assertEqual(refund.state, "queued")
        self._run()
        self.assertEqual(refund.state, "confirmed")
        self.assertEqual(refund.attempts, 2)

    def test_a_provider_that_breaks_leaves_the_refund_unknown(self):
        request = self._online()
        refund = request.sudo().refund_ids

        def broken(transaction):
            raise ConnectionError("no answer")

        self.patch(
            type(self.env["payment.transaction"]), "_send_refund_request", broken
        )
        with self.assertLogs("odoo.addons.return_policy", "ERROR"):
            self._run()
        self.assertEqual(refund.state, "unknown")
        self.assertIn("no answer", refund.error)

    def test_a_provider_that_answers_later_confirms_the_refund(self):
        request = self._online()
        refund = request.sudo().refund_ids
        self.patch(
            type(self.env["payment.transaction"]),
            "_send_refund_request",
            lambda transaction: transaction._set_pending(),
        )
        self._run()
        self.assertEqual(refund.state, "sent")
        refund.sent_at = fields.Datetime.now() - timedelta(days=1)
        self._run()
        self.assertEqual(refund.state, "sent")
        refund.refund_transaction_id._set_done()
        self.assertEqual(refund.state, "confirmed")
        refund.refund_transaction_id._set_done()
        self.assertEqual(refund.state, "confirmed")
        self.assertEqual(request.state, "done")

    def test_a_declined_refund_fails_and_can_be_sent_again(self):
        request = self._online()
        refund = request.sudo().refund_ids
        decline = type(self.env["payment.transaction"])
        original = decline._send_refund_request
        self.patch(
            decline, "_send_refund_request", lambda tx: tx._set_error("card expired")
        )
        self._run()
        self.assertEqual((refund.state, refund.error), ("failed", "card expired"))
        self.patch(decline, "_send_refund_request", original)
        refund.with_user(self.lead).action_retry()
        self._run()
        self.assertEqual(refund.state, "confirmed")
        self.assertEqual(request.amount_refunded, 100)

    def test_a_refund_by_hand_is_confirmed_with_its_reference_and_booked(self):
        request = self._inspected(self._order((self.product, 2)), 1)
        refund = request.sudo().refund_ids
        self._run()
        self.assertEqual((refund.state, refund.to_confirm), ("sent", True))
        self.assertEqual(request.next_action, "confirm")
        dialog = request.with_user(self.agent).action_confirm_refunds()
        self.assertEqual(dialog["res_model"], "return.request.reason")
        self.assertEqual(dialog["context"]["default_refund_ids"], refund.ids)
        refund.with_user(self.agent).action_confirm("WX-1")
        self.assertEqual(refund.state, "confirmed")
        self.assertEqual(refund.reference, "WX-1")
        self.assertRecordValues(
            refund.payment_id, [{"amount": 100, "payment_type": "outbound"}]
        )
        self.assertEqual(refund.move_id.amount_residual, 0)
        self.assertEqual(request.state, "done")
        refund.with_user(self.agent).action_confirm("WX-2")
        self.assertEqual(refund.reference, "WX-1")

    def test_money_held_by_a_platform_is_confirmed_without_a_payment(self):
        self.patch(
            type(self.env["sale.order"]), "_return_tender", lambda order: "platform"
        )
        order = self._order((self.product, 2), pay=False)
        request = self._inspected(order, 1)
        refund = request.sudo().refund_ids
        self._run()
        self.assertRecordValues(
            refund, [{"tender": "platform", "amount": 100, "state": "sent"}]
        )
        refund.with_user(self.agent).action_confirm("6917-1")
        self.assertEqual(refund.state, "confirmed")
        self.assertFalse(refund.payment_id)
        self.assertEqual(request.state, "done")

    def test_a_queued_refund_cannot_be_written_twice(self):
        refund = self._online().sudo().refund_ids
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            refund.copy({"idempotency_key": refund.idempotency_key})

    def test_freight_goes_back_only_when_the_merchant_answers_for_everything(self):
        carrier = self.env["delivery.carrier"].create(
            {
                "name": "Parcel",
                "delivery_type": "fixed",
                "fixed_price": 12,
                "product_id": self._product("Freight", 12, type="service").id,
            }
        )
        amounts = []
        for reason in (self.reason, self.reason_quality):
            order = self._order((self.product, 1), deliver=False, invoice=False)
            order.set_delivery_line(carrier, 12)
            self._deliver(order)
            self._invoice(order)
            request = self._inspected(order, 1, reason_id=reason.id)
            amounts.append(request.sudo().credit_note_ids.amount_total)
            self.assertEqual(set(order.order_line.mapped("qty_to_invoice")), {0})
        self.assertEqual(amounts, [100, 112])
