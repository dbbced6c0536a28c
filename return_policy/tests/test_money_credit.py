"""Credit notes: exact to the cent, reconciled, and never billed again."""

from odoo import SUPERUSER_ID
from odoo.tests import freeze_time, tagged

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestCreditNote(ReturnCase):
    def _credited(self, order, quantity=None):
        request = self._inspected(order, quantity)
        return request.sudo().credit_note_ids

    def _assert_settled(self, order):
        """The order has nothing more to bill, by hand or by core."""
        self.assertEqual(set(order.order_line.mapped("qty_to_invoice")), {0})
        self.assertEqual(order.invoice_status, "invoiced")

    def test_taxes_on_top_are_credited_with_the_goods(self):
        product = self._product("Cup", 19.99, self.tax)
        order = self._order((product, 3))
        credit = self._credited(order, 1)
        self.assertEqual(order.amount_total, 65.97)
        self.assertEqual(credit.amount_untaxed, 19.99)
        self.assertEqual(credit.amount_tax, 2.0)
        self._assert_settled(order)

    def test_three_single_returns_give_back_every_cent(self):
        for tax in (self.tax, self.tax_included, self.env["account.tax"]):
            product = self._product("Pen", 33.33, tax)
            order = self._order((product, 3))
            total = order.amount_total
            credits_ = [self._credited(order, 1) for _turn in range(3)]
            self.assertEqual(
                round(sum(credit.amount_total for credit in credits_), 2), total
            )
            self.assertEqual(order.order_line.qty_delivered, 0)
            self._assert_settled(order)

    def test_a_price_that_does_not_divide_is_credited_exactly(self):
        product = self._product("Set", 10.0, self.tax_included, invoice_policy="order")
        order = self._order((product, 3, 3.3333))
        self.assertEqual(order.amount_total, 10.0)
        amounts = [self._credited(order, 1).amount_total for _turn in range(3)]
        self.assertEqual(amounts, [3.33, 3.34, 3.33])

    def test_the_invoice_shows_the_refund_as_reversal(self):
        order = self._order((self.product, 2))
        invoice = order.invoice_ids
        credit = self._credited(order, 1)
        self.assertEqual(credit.reversed_entry_id, invoice)
        self.assertEqual(credit.invoice_line_ids.sale_line_ids, order.order_line)
        self.assertEqual(credit.invoice_line_ids.price_unit, 100)
        self.assertEqual(credit.journal_id, invoice.journal_id)

    def test_an_open_invoice_is_lowered_and_no_money_sent(self):
        order = self._order((self.product, 2), pay=False)
        invoice = order.invoice_ids
        request = self._inspected(order, 1)
        self.assertEqual(invoice.amount_residual, 100)
        self.assertEqual(request.sudo().credit_note_ids.amount_residual, 0)
        self.assertFalse(request.sudo().refund_ids)
        self.assertEqual(request.state, "done")
        self.assertIn("never paid", request.money_note)

    def test_what_was_never_billed_is_not_credited_and_not_billed(self):
        order = self._order((self.product, 2), invoice=False)
        request = self._inspected(order, 1)
        self.assertFalse(request.sudo().credit_note_ids)
        self.assertIn("Not invoiced yet", request.money_note)
        self.assertEqual(order.order_line.qty_to_invoice, 1)
        invoice = self._invoice(order)
        self.assertEqual(invoice.amount_total, 100)
        self._assert_settled(order)

    def test_goods_in_inspection_leave_nothing_to_bill_or_credit(self):
        product = self._product("Vase", 50, invoice_policy="delivery")
        order = self._order((product, 2))
        request = self._approved(order, 1)
        self._receive(request)
        self.assertEqual(order.order_line.qty_delivered, 1)
        self.assertEqual(order.order_line.qty_to_invoice, 0)
        request.with_user(self.keeper).action_inspect()
        self.assertEqual(request.sudo().credit_note_ids.amount_total, 50)
        self._assert_settled(order)

    def test_refund_without_return_is_not_billed_again(self):
        product = self._product("Soap", 50, invoice_policy="delivery")
        order = self._order((product, 2))
        request = self._approved(order, 1, line_vals={"remedy": "refund_only"})
        self.assertEqual(request.sudo().credit_note_ids.amount_total, 50)
        self.assertFalse(request.sudo().picking_ids)
        self.assertEqual(order.order_line.qty_delivered, 2)
        self._assert_settled(order)

    def test_half_paid_invoice_gives_back_only_what_is_too_much(self):
        order = self._order((self.product, 2), pay=False)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=order.invoice_ids.ids
        ).create({"amount": 150})._create_payments()
        request = self._inspected(order, 1)
        self.assertEqual(request.amount_total, 100)
        self.assertEqual(request.sudo().refund_ids.mapped("amount"), [50])

    def test_a_discount_of_the_order_is_shared_to_the_cent(self):
        other = self._product("Shade", 50.0)
        order = self._order((self.product, 2), (other, 1), deliver=False, invoice=False)
        self.env["sale.order.discount"].with_context(active_id=order.id).create(
            {"discount_type": "amount", "discount_amount": 33.0}
        ).action_apply_discount()
        self.assertEqual(order.amount_total, 217)
        self._deliver(order)
        self._invoice(order)
        lines = order.order_line.filtered(lambda line: line.price_total > 0)
        seen = []
        for line in (lines[0], lines[1], lines[0]):
            request = (
                self.env["return.request"]
                .with_user(self.agent)
                .create(
                    {
                        "sale_order_id": order.id,
                        "reason_id": self.reason.id,
                        "line_ids": [
                            (0, 0, {"sale_line_id": line.id, "qty_requested": 1})
                        ],
                    }
                )
            )
            request.action_submit()
            request.action_approve()
            self._receive(request)
            request.with_user(self.keeper).action_inspect()
            seen.append(request.sudo().credit_note_ids.amount_total)
        self.assertEqual(seen, [86.80, 43.40, 86.80])
        self.assertEqual(round(sum(seen), 2), 217)
        self._assert_settled(order)

    def test_two_credit_notes_of_one_invoice_in_one_batch_meet_their_invoice(self):
        order = self._order((self.product, 2))
        other = self._order((self.product, 2))
        requests = [self._approved(order, 1), self._approved(order, 1)]
        requests += [self._approved(other, 1)]
        requests = requests[0] | requests[1] | requests[2]
        for request in requests:
            self._receive(request)
        requests.with_user(self.keeper).action_inspect()
        for request in requests:
            self.assertEqual(
                request.sudo().credit_note_ids.reversed_entry_id,
                request.sale_order_id.invoice_ids.filtered(
                    lambda move: move.move_type == "out_invoice"
                ),
            )
            self.assertEqual(request.sudo().refund_ids.amount, 100)

    def _half_billed(self):
        """Return an order of which 1 of 2 is billed and paid."""
        order = self._order(deliver=False, invoice=False)
        invoice = order._create_invoices()
        invoice.invoice_line_ids.quantity = 1
        self._deliver(order)
        invoice.action_post()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        return order

    def test_two_requests_in_one_call_credit_no_more_than_was_billed(self):
        order = self._half_billed()
        requests = self._approved(order, 1) | self._approved(order, 1)
        for request in requests:
            self._receive(request)
        requests.with_user(self.keeper).action_inspect()
        credits_ = requests.sudo().credit_note_ids
        self.assertEqual(credits_.mapped("amount_total"), [100])
        self.assertEqual(sum(requests.sudo().refund_ids.mapped("amount")), 100)
        self.assertEqual(requests.mapped("state"), ["approved", "done"])
        self.assertEqual(order.order_line.qty_to_invoice, 0)

    def test_two_requests_in_one_call_share_what_the_payments_can_give(self):
        order = self._order(pay=False)
        for _half in range(2):
            payment = self._pay_online(order, 100)
            payment.invoice_ids = order.invoice_ids
            payment._post_process()
        requests = self._approved(order, 1) | self._approved(order, 1)
        for request in requests:
            self._receive(request)
        requests.with_user(self.keeper).action_inspect()
        refunds = requests.sudo().refund_ids
        self.assertEqual(refunds.mapped("amount"), [50, 50, 50, 50])
        self.assertEqual(len(refunds.transaction_id), 2)

    def test_a_mixed_payment_goes_back_in_proportion(self):
        order = self._order(pay=False)
        for amount in (150, 50):
            payment = self._pay_online(order, amount)
            payment.invoice_ids = order.invoice_ids
            payment._post_process()
        refunds = self._inspected(order, 1).sudo().refund_ids
        self.assertEqual(sorted(refunds.mapped("amount")), [25, 75])
        rest = self._inspected(order, 1).sudo().refund_ids
        self.assertEqual(sorted(rest.mapped("amount")), [25, 75])

    def _order_with_freight(self, quantity):
        carrier = self.env["delivery.carrier"].create(
            {
                "name": "Parcel",
                "delivery_type": "fixed",
                "fixed_price": 12,
                "product_id": self._product("Freight", 12, type="service").id,
            }
        )
        order = self._order((self.product, quantity), deliver=False, invoice=False)
        order.set_delivery_line(carrier, 12)
        self._deliver(order)
        self._invoice(order)
        return order

    def test_freight_stays_when_the_buyer_had_changed_his_mind_on_a_part(self):
        order = self._order_with_freight(2)
        self._inspected(order, 1, reason_id=self.reason.id)
        request = self._inspected(order, 1, reason_id=self.reason_quality.id)
        self.assertEqual(request.amount_freight, 0)
        self.assertEqual(request.sudo().refund_ids.amount, 100)

    def test_freight_goes_back_with_the_last_of_several_faulty_parts(self):
        order = self._order_with_freight(2)
        vals = {"reason_id": self.reason_quality.id}
        amounts = [self._inspected(order, 1, **vals).amount_total for _half in "12"]
        self.assertEqual(amounts, [100, 112])

    def test_freight_credited_by_hand_is_not_given_again(self):
        order = self._order_with_freight(1)
        invoice = order.invoice_ids
        credit = invoice._reverse_moves()
        credit.invoice_line_ids.filtered(
            lambda line: line.product_id == self.product
        ).unlink()
        credit.action_post()
        self.assertEqual(credit.amount_total, 12)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=credit.ids
        ).create({})._create_payments()
        request = self._inspected(order, 1, reason_id=self.reason_quality.id)
        self.assertEqual(request.amount_freight, 0)
        self.assertEqual(request.sudo().credit_note_ids.amount_total, 100)
        self.assertEqual(request.sudo().refund_ids.amount, 100)

    def _bill(self, order, quantity, price):
        """Bill and get paid a part of the only line at a price of its own."""
        invoice = order._create_invoices()
        invoice.invoice_line_ids.write({"quantity": quantity, "price_unit": price})
        invoice.action_post()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        return invoice

    def test_a_line_of_several_invoices_is_credited_exactly_what_they_say(self):
        product = self._product("Plate", 33.33, self.tax)
        order = self._order((product, 3), invoice=False)
        first, second = self._bill(order, 1, 33.33), self._bill(order, 2, 30.01)
        billed = round(first.amount_total + second.amount_total, 2)
        self.assertEqual(billed, 102.68)
        requests = [self._inspected(order, 1).sudo() for _piece in range(3)]
        notes = order.sudo().return_request_ids.credit_note_ids
        self.assertEqual(round(sum(notes.mapped("amount_total")), 2), billed)
        taxes = round(first.amount_tax + second.amount_tax, 2)
        self.assertEqual(round(sum(notes.mapped("amount_tax")), 2), taxes)
        paid = [request.refund_ids.amount for request in requests]
        self.assertEqual(round(sum(paid), 2), billed)
        self.assertLessEqual(max(paid) - min(paid), 0.02)
        self._assert_settled(order)

    def test_jobs_book_on_the_day_it_is_in_the_shop(self):
        self._policy(tz="Asia/Shanghai")
        request = self._request(self._order(), 1)
        self.env.ref("base.user_root").tz = False
        with freeze_time("2026-11-30 17:30:00"):
            job = request.with_user(SUPERUSER_ID).with_context(tz=False)
            self.assertEqual(str(job._today()), "2026-12-01")
            self.agent.tz = "Europe/Berlin"
            mine = request.with_user(self.agent).with_context(tz=False)
            self.assertEqual(str(mine._today()), "2026-11-30")
        request.with_user(SUPERUSER_ID).with_context(tz=False).action_approve()
        self._receive(request)
        with freeze_time("2026-11-30 17:30:00"):
            job = request.with_user(SUPERUSER_ID).with_context(tz=False)
            job.action_inspect()
        self.assertEqual(str(job.credit_note_ids.invoice_date), "2026-12-01")
