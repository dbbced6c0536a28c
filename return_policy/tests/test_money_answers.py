"""What a provider answers, and what is believed when it does not."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ReturnCase


class Answer(BaseHTTPRequestHandler):
    """A provider that answers with the status its path names."""

    def do_POST(self):
        self.send_response(int(self.path.strip("/")))
        self.end_headers()
        self.wfile.write(b"no")

    def log_message(self, *args):
        """Stay silent."""


@tagged("post_install", "-at_install")
class TestAnswers(ReturnCase):
    def _online(self, quantity=1):
        order = self._order((self.product, 2), pay=False)
        payment = self._pay_online(order)
        payment.invoice_ids = order.invoice_ids
        payment._post_process()
        return self._inspected(order, quantity).sudo().refund_ids

    def _run(self):
        """Run the job as the scheduler does, without really committing."""
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)
        self.env["return.refund"]._cron_send()

    def _asks(self, url):
        """Have refunds asked for over HTTP, as real providers do it."""
        self.patch(
            type(self.env["payment.provider"]),
            "_build_request_url",
            lambda provider, endpoint, **kwargs: url,
        )
        self.patch(
            type(self.env["payment.provider"]),
            "_parse_response_error",
            lambda provider, response: response.text,
        )
        self.patch(
            type(self.env["payment.transaction"]),
            "_send_refund_request",
            lambda tx: tx._send_api_request("POST", "refunds"),
        )

    def _serve(self):
        server = HTTPServer(("127.0.0.1", 0), Answer)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_port}"

    @mute_logger("odoo.addons.return_policy.models.return_refund_send")
    def test_a_broken_connection_may_have_paid(self):
        refund = self._online()
        server = HTTPServer(("127.0.0.1", 0), Answer)
        server.server_close()
        self._asks(f"http://127.0.0.1:{server.server_port}")
        self._run()
        self.assertEqual(refund.state, "unknown")
        self.assertIn("Could not establish the connection", refund.error)
        self.assertFalse(refund.refund_transaction_id)
        self._run()
        self.assertEqual((refund.state, refund.attempts), ("unknown", 1))

    @mute_logger("odoo.addons.return_policy.models.return_refund_send")
    def test_an_error_of_the_providers_server_may_have_paid(self):
        refund = self._online()
        self._asks(self._serve() + "/502")
        self._run()
        self.assertEqual(refund.state, "unknown")

    def test_what_keeps_a_refund_is_written_in_the_language_of_the_agent(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        refund = self._online()
        refund.request_id.user_id = self.agent
        self.agent.lang = "fr_FR"

        def refuse(payment, amount, refund):
            raise UserError(payment.env.lang)

        self.patch(type(refund.transaction_id), "_return_check_capacity", refuse)
        self._run()
        self.assertEqual((refund.state, refund.error), ("failed", "fr_FR"))

    def test_a_rejection_by_the_provider_has_not_paid(self):
        refund = self._online()
        self._asks(self._serve() + "/402")
        self._run()
        self.assertEqual(refund.state, "failed")
        self.assertIn("rejected", refund.error)
        self.assertEqual(refund.refund_transaction_id.state, "error")

    def test_an_unknown_refund_found_at_the_provider_is_booked(self):
        refund = self._online()
        refund._mark_sent()
        refund._move_to("unknown")
        refund.with_user(self.lead).action_confirm("re_1")
        self.assertEqual((refund.state, refund.reference), ("confirmed", "re_1"))
        self.assertRecordValues(
            refund.refund_transaction_id,
            [{"state": "done", "amount": -100, "provider_reference": "re_1"}],
        )
        self.assertRecordValues(
            refund.payment_id,
            [
                {
                    "amount": 100,
                    "payment_type": "outbound",
                    "journal_id": refund.transaction_id.provider_id.journal_id.id,
                }
            ],
        )
        self.assertEqual(refund.move_id.amount_residual, 0)
        self.assertEqual(refund.request_id.state, "done")
        self.assertEqual(refund.transaction_id._return_capacity(10000), 100)

    def test_an_answer_noted_by_core_is_not_booked_twice(self):
        refund = self._online()
        refund._mark_sent()
        refund._move_to("unknown")
        child = refund.transaction_id._create_child_transaction(100, is_refund=True)
        child.provider_reference = "re_2"
        child._set_done()
        self.assertEqual(refund.state, "confirmed")
        child._post_process()
        refund.with_user(self.lead).action_confirm("re_2")
        self.assertEqual(refund.refund_transaction_id, child)
        self.assertEqual(refund.payment_id, child.payment_id)
        self.assertEqual(refund.transaction_id.child_transaction_ids, child)
        self.assertEqual(refund.move_id.amount_residual, 0)

    def test_what_the_provider_refused_and_a_person_paid_is_booked_by_hand(self):
        refund = self._online()
        self._asks(self._serve() + "/402")
        self._run()
        refund.with_user(self.lead).action_confirm("bank 7")
        self.assertRecordValues(refund, [{"state": "confirmed", "tender": "manual"}])
        self.assertRecordValues(
            refund.payment_id, [{"amount": 100, "payment_type": "outbound"}]
        )
        self.assertFalse(refund.payment_id.payment_transaction_id)
        self.assertEqual(refund.move_id.amount_residual, 0)

    def test_a_late_yes_after_an_error_confirms_the_refund(self):
        refund = self._online()
        self._asks(self._serve() + "/402")
        self._run()
        refund.refund_transaction_id._set_done(extra_allowed_states=("error",))
        self.assertEqual(refund.state, "confirmed")
        self.assertFalse(refund.error)
        with self.assertRaisesRegex(UserError, "not possible any more"):
            refund.with_user(self.lead).action_retry("once more")
        self.assertEqual(refund.state, "confirmed")

    def test_a_worker_that_dies_on_the_second_try_is_noticed(self):
        refund = self._online()
        self._asks(self._serve() + "/402")
        self._run()
        refund.with_user(self.lead).action_retry()
        refund._mark_sent()
        refund.sent_at = fields.Datetime.now() - timedelta(hours=1)
        self.env["return.refund"]._mark_lost()
        self.assertEqual(refund.state, "unknown")

    def test_a_provider_that_stays_silent_for_days_needs_a_person(self):
        refund = self._online()
        self.patch(
            type(self.env["payment.transaction"]),
            "_send_refund_request",
            lambda transaction: transaction._set_pending(),
        )
        self._run()
        refund.sent_at = fields.Datetime.now() - timedelta(days=4)
        self._run()
        self.assertEqual(refund.state, "unknown")
        refund.with_user(self.lead).action_confirm("re_3")
        self.assertEqual(refund.refund_transaction_id.state, "done")
        self.assertEqual(len(refund.transaction_id.child_transaction_ids), 1)
        self.assertEqual(refund.payment_id.amount, 100)

    def test_a_lost_refund_counts_when_another_is_sent(self):
        refund = self._online(2)
        refund._mark_sent()
        refund._move_to("unknown")
        other = refund.copy({"idempotency_key": "other", "state": "queued"})
        self._run()
        self.assertEqual(other.state, "failed")
        self.assertIn("0.00", other.error)
        self.assertFalse(refund.transaction_id.child_transaction_ids)

    def test_money_paid_back_by_hand_is_booked_without_a_credit_note_too(self):
        order = self._order((self.product, 2), invoice=False)
        self._pay_online(order)._post_process()
        self.patch(
            type(self.env["sale.order"]), "_return_tender", lambda order: "manual"
        )
        refund = self._inspected(order, 1).sudo().refund_ids
        self._run()
        self.assertFalse(refund.move_id)
        refund.with_user(self.agent).action_confirm("bank 8")
        self.assertRecordValues(
            refund.payment_id,
            [
                {
                    "amount": 100,
                    "payment_type": "outbound",
                    "partner_id": order.partner_id.id,
                }
            ],
        )
        self.assertEqual(refund.request_id.state, "done")
