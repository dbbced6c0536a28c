"""Every door by which money leaves counts for all others, whichever comes first."""

from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestDoors(ReturnCase):
    @contextmanager
    def _refused(self, text):
        with self.assertRaises(UserError) as caught:
            yield
        self.assertRegex(str(caught.exception), text)

    def _run(self):
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)
        self.env["return.refund"]._cron_send()

    def _online(self):
        """Return an order whose invoice was paid online."""
        order = self._order((self.product, 2), pay=False)
        payment = self._pay_online(order)
        payment.invoice_ids = order.invoice_ids
        payment._post_process()
        return order, payment

    def _credit_by_hand(self, order, quantity, post=True):
        invoice = order.invoice_ids.filtered(lambda m: m.move_type == "out_invoice")
        note = invoice._reverse_moves([{}])
        note.invoice_line_ids.quantity = quantity
        if post:
            note.action_post()
        return note

    def _pay(self, note):
        return (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=note.ids)
            .create({})
            ._create_payments()
        )

    def test_a_credit_note_by_hand_warns_and_is_linked_to_the_open_request(self):
        order = self._order((self.product, 2))
        request = self._request(order, 1)
        note = self._credit_by_hand(order, 1, post=False)
        self.assertIn(request.name, note.return_warning)
        note.action_post()
        self.assertFalse(note.return_warning)
        self.assertEqual(note.return_hand_request_ids, request)
        self.assertEqual(request.sudo().hand_credit_ids, note)
        bodies = "".join(request.sudo().message_ids.mapped("body"))
        self.assertIn(note.name, bodies)

    def test_nobody_is_offered_what_a_credit_note_by_hand_gave_back(self):
        order = self._order((self.product, 2))
        request = self._request(order, 1)
        self._credit_by_hand(order, 1)
        request.line_ids.amount_agreed = 100.01
        with self.assertRaisesRegex(UserError, "100.01.*100.00.*200.00"):
            request.action_offer()
        self.assertEqual((request.state, request.offer_state), ("submitted", "none"))
        request.line_ids.amount_agreed = 100
        request.action_offer()
        self.assertEqual((request.state, request.offer_state), ("needs_info", "open"))

    def test_the_preview_of_an_open_request_counts_a_credit_note_by_hand(self):
        order = self._order((self.product, 1))
        self._policy(auto_approve=False)
        request = self._request(order, 1)
        note = self._credit_by_hand(order, 1, post=False)
        note.invoice_line_ids.price_unit = 30
        with self._refused("More would be given back"):
            note.action_post()
        request.action_cancel()
        note.action_post()
        self.assertEqual(self._request(order, 1, submit=False).amount_total, 70)

    def test_an_invoice_made_anew_is_worth_what_it_says(self):
        self.company.return_agent_max = 50
        order = self._order((self.product, 2), pay=False)
        invoice = order.invoice_ids
        reversal = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        reversal.create({"journal_id": invoice.journal_id.id}).modify_moves()
        again = order.invoice_ids.filtered(lambda move: move.state == "draft")
        again.action_post()
        self._pay(again)
        request = self._request(
            order,
            1,
            line_vals={"remedy": "refund_only"},
            reason_id=self.reason_quality.id,
        )
        self.assertEqual(request.amount_total, 100)
        request.action_approve()
        self.assertEqual(request.approval_level, "lead")
        request.with_user(self.lead).action_approve()
        self.assertEqual(request.sudo().credit_note_ids.amount_total, 100)
        self.assertEqual(request.sudo().refund_ids.amount, 100)

    def test_a_refund_by_hand_before_a_return_leaves_less_to_pay(self):
        order, payment = self._online()
        payment._refund(150)
        request = self._inspected(order, 1).sudo()
        self.assertEqual(request.credit_note_ids.amount_total, 100)
        self.assertFalse(request.refund_ids)
        note = "$\xa0100.00 went back to the buyer by hand already."
        self.assertEqual(request.money_note, note)
        second = self._inspected(order, 1).sudo()
        self.assertEqual(second.refund_ids.amount, 50)
        note = "$\xa050.00 went back to the buyer by hand already."
        self.assertEqual(second.money_note, note)

    def test_a_refund_by_hand_after_a_return_was_queued_is_held_to_the_rest(self):
        order, payment = self._online()
        self._inspected(order, 1)
        with self._refused("only .*100.00 of payment"):
            payment._refund(150)
        payment._refund(100)
        self._run()
        refund = order.sudo().return_refund_ids
        self.assertEqual(refund.state, "confirmed")
        self.assertEqual(payment._return_gone(), 200)

    def test_the_wizard_of_core_is_held_to_the_rest_too(self):
        order, payment = self._online()
        self._inspected(order, 1)
        wizard = (
            self.env["payment.refund.wizard"]
            .with_context(active_id=payment.payment_id.id)
            .create({"amount_to_refund": 150})
        )
        with self._refused("only .*100.00 of payment"):
            wizard.action_refund()
        self.assertFalse(payment.child_transaction_ids)

    def test_the_credit_note_of_a_request_paid_by_hand_is_not_paid_again(self):
        order, _payment = self._online()
        request = self._inspected(order, 2).sudo()
        self._pay(request.credit_note_ids)
        self._run()
        self.assertEqual(request.refund_ids.state, "failed")
        self.assertIn("Somebody refunded by hand", request.refund_ids.error)

    def test_a_person_confirms_no_payment_that_another_one_booked(self):
        order = self._order((self.product, 2))
        request = self._inspected(order, 2).sudo()
        self._run()
        self._pay(request.credit_note_ids)
        with self._refused("Somebody refunded by hand"):
            request.refund_ids.with_user(self.agent).action_confirm("bank 1")
        self.assertEqual(request.refund_ids.state, "sent")

    def test_money_comes_back_as_it_was_paid_online_and_by_hand(self):
        order = self._order((self.product, 2), pay=False)
        payment = self._pay_online(order, 50)
        payment.invoice_ids = order.invoice_ids
        payment._post_process()
        self._pay(order.invoice_ids)
        amounts = []
        for _piece in range(2):
            refunds = self._inspected(order, 1).sudo().refund_ids
            amounts.append({refund.tender: refund.amount for refund in refunds})
        self.assertEqual(amounts, [{"online": 25, "manual": 75}] * 2)

    def test_only_what_was_paid_of_a_mixed_payment_comes_back(self):
        order = self._order((self.product, 2), pay=False)
        payment = self._pay_online(order, 50)
        payment.invoice_ids = order.invoice_ids
        payment._post_process()
        register = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=order.invoice_ids.ids)
            .create({"amount": 100})
        )
        register._create_payments()
        request = self._inspected(order, 1).sudo()
        self.assertEqual(sum(request.refund_ids.mapped("amount")), 50)

    def _pay_alone(self, amount, **vals):
        """Pay the customer by hand, for no invoice."""
        payment = self.env["account.payment"].create(
            {
                "payment_type": "outbound",
                "partner_type": "customer",
                "partner_id": self.partner.id,
                "amount": amount,
                **vals,
            }
        )
        payment.action_post()
        return payment

    def test_a_payment_by_hand_tied_to_nothing_warns_the_agent(self):
        order = self._order((self.product, 2))
        request = self._request(order, 1)
        self.assertFalse(request.loose_money)
        payment = self._pay_alone(50)
        self._pay_alone(70, date="2020-01-01")
        self._pay_alone(30, partner_id=self.env["res.partner"].create({"name": "X"}).id)
        request.invalidate_recordset()
        self.assertIn(f"{payment.name} ($\xa050.00) went to", request.loose_money)
        request.with_user(self.lead).action_refuse("no")
        request.invalidate_recordset()
        self.assertFalse(request.loose_money)

    def test_a_credit_note_for_no_order_line_warns_until_it_is_settled(self):
        order = self._order((self.product, 2))
        request = self._request(order, 1)
        note = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": self.partner.id,
                "invoice_date": order.date_order.date(),
                "invoice_line_ids": [
                    (0, 0, {"name": "Sorry", "price_unit": 20, "tax_ids": False})
                ],
            }
        )
        note.action_post()
        self.assertIn(f"{note.name} ($\xa020.00)", request.loose_money)
        self._pay(note)
        request.invalidate_recordset()
        self.assertFalse(request.loose_money)

    def test_what_returns_paid_by_hand_is_no_loose_money(self):
        order = self._order((self.product, 2))
        first = self._inspected(order, 1).sudo()
        first.refund_ids._hand_over()
        first.refund_ids.with_user(self.agent).action_confirm("bank 7")
        second = self._request(order, 1)
        self.assertEqual(first.refund_ids.state, "confirmed")
        self.assertFalse(second.loose_money)

    def test_loose_money_of_many_requests_takes_two_searches(self):
        orders = [self._order((self.product, 1)) for _order in range(6)]
        requests = self.env["return.request"].union(
            *(self._request(order, 1) for order in orders)
        )
        self._pay_alone(50)
        counts = []
        for some in (requests[:2], requests):
            self.env.invalidate_all()
            some.mapped("sale_order_id.date_order")
            before = self.cr.sql_log_count
            some.mapped("loose_money")
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
