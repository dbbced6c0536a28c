"""A provider that times out, answers twice, late, in part or not at all."""

import requests

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestProvider(ReturnCase):
    """A provider under our control, behind core's own hook for refunds."""

    def setUp(self):
        super().setUp()
        self.paid = []  # what the provider really sent to the buyer
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)

    def _answers(self, answer):
        """Have the provider pay and answer as told."""
        self.patch(
            type(self.env["payment.transaction"]), "_send_refund_request", answer
        )

    def _pays(self, transaction):
        self.paid.append(-transaction.amount)
        transaction.provider_reference = f"re_{len(self.paid)}"

    def _refunds(self, *quantities):
        order = self._order((self.product, 2), pay=False)
        self.payment = self._pay_online(order)
        self.payment.invoice_ids = order.invoice_ids
        self.payment._post_process()
        found = self.env["return.refund"]
        for quantity in quantities:
            found |= self._inspected(order, quantity).sudo().refund_ids
        return found

    def _run(self):
        self.env["return.refund"]._cron_send()

    def _webhook(self, amount, reference):
        """Tell of a refund as providers do: a transaction of their own, then done."""
        child = self.payment._create_child_transaction(amount, is_refund=True)
        child.provider_reference = reference
        child._set_done()
        child._post_process()
        return child

    def _booked(self):
        done = self.payment.child_transaction_ids.filtered(
            lambda tx: tx.state == "done"
        )
        return sorted(-tx.amount for tx in done)

    def _times_out(self, transaction):
        self._pays(transaction)
        slow = requests.exceptions.Timeout("slow")
        raise ValidationError(str(slow)) from slow

    @mute_logger("odoo.addons.return_policy.models.return_refund_send")
    def test_an_answer_lost_after_paying_comes_by_webhook_and_is_booked_once(self):
        refund = self._refunds(1)
        self._answers(lambda transaction: self._times_out(transaction))
        self._run()
        self.assertEqual(refund.state, "unknown")
        child = self._webhook(100, "re_1")
        self.assertEqual((refund.state, refund.reference), ("confirmed", "re_1"))
        self.assertEqual(refund.refund_transaction_id, child)
        self.assertEqual(refund.move_id.amount_residual, 0)
        self.assertEqual(refund.request_id.state, "done")
        self._run()
        self.assertEqual((self.paid, self._booked()), ([100], [100]))

    def test_the_same_answer_twice_is_booked_once(self):
        refund = self._refunds(1)

        def answer(transaction):
            self._pays(transaction)
            transaction._set_done()
            transaction._set_done()

        self._answers(answer)
        self._run()
        refund.refund_transaction_id._set_done()
        refund.refund_transaction_id._post_process()
        self.assertEqual(refund.state, "confirmed")
        self.assertEqual((self.paid, self._booked()), ([100], [100]))
        payments = self.env["account.payment"].search(
            [("payment_transaction_id", "=", refund.refund_transaction_id.id)]
        )
        self.assertEqual(payments.mapped("amount"), [100])

    @mute_logger("odoo.addons.return_policy.models.return_refund_send")
    def test_two_equal_refunds_each_find_their_own_answer(self):
        first, second = self._refunds(1, 1).sorted("id")
        self._answers(lambda transaction: self._times_out(transaction))
        self._run()
        self.assertEqual((first.state, second.state), ("unknown", "unknown"))
        self._webhook(100, "re_1")
        self._webhook(100, "re_2")
        self.assertEqual((first.state, second.state), ("confirmed", "confirmed"))
        self.assertNotEqual(first.refund_transaction_id, second.refund_transaction_id)
        self.assertEqual(self._booked(), [100, 100])

    @mute_logger("odoo.addons.return_policy.models.return_refund_send")
    def test_a_refund_paid_in_part_is_not_sent_again_as_a_whole(self):
        refund = self._refunds(2)
        self._answers(lambda transaction: self._times_out(transaction))
        self._run()
        self._webhook(60, "re_1")
        self.assertEqual(refund.state, "unknown")
        refund.with_user(self.lead).action_retry("only a part arrived")
        self._run()
        self.assertEqual(refund.state, "failed")
        self.assertIn("140.00", refund.error)
        self.assertEqual(self.paid, [200])

    @mute_logger("odoo.addons.return_policy.models.return_refund_send")
    def test_a_retry_after_a_lost_answer_is_the_choice_of_a_person(self):
        refund = self._refunds(1)
        self._answers(lambda transaction: self._times_out(transaction))
        for _minute in range(3):
            self._run()
        self.assertEqual((refund.state, refund.attempts), ("unknown", 1))
        self.assertEqual(self.paid, [100])

    def test_an_answer_days_later_confirms_and_books(self):
        refund = self._refunds(1)
        self._answers(lambda transaction: transaction._set_pending())
        self._run()
        child = refund.refund_transaction_id
        self.assertEqual(refund.state, "sent")
        # nobody is told to pay outside what the provider is paying
        request = refund.request_id
        self.assertEqual((request.next_action, request.next_actor), ("send", "system"))
        child.provider_reference = "re_9"
        child._set_done()
        child._post_process()
        self.assertEqual((refund.state, refund.reference), ("confirmed", "re_9"))
        self.assertEqual(refund.move_id.amount_residual, 0)
        self.assertEqual(refund.request_id.state, "done")

    def test_what_the_provider_refuses_can_be_sent_again(self):
        refund = self._refunds(1)
        self._answers(lambda transaction: transaction._set_error("no funds"))
        self._run()
        self.assertEqual((refund.state, refund.error), ("failed", "no funds"))

        def answer(transaction):
            self._pays(transaction)
            transaction._set_done()

        self._answers(answer)
        refund.with_user(self.lead).action_retry()
        self._run()
        self.assertEqual((refund.state, self.paid), ("confirmed", [100]))
        self.assertEqual(self._booked(), [100])
