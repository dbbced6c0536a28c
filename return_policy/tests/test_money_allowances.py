"""Money back for goods the buyer keeps: exact, capped, never billed again."""

from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestAllowances(ReturnCase):
    def _allow(self, order, amount, remedy="partial_refund", approve=True):
        """Return a request for an agreed amount on the first line of an order."""
        line = order.order_line.filtered(lambda line: not line._is_return_side_line())
        request = (
            self.env["return.request"]
            .with_user(self.agent)
            .create(
                {
                    "sale_order_id": order.id,
                    "reason_id": self.reason_quality.id,
                    "line_ids": [
                        (
                            0,
                            0,
                            {
                                "sale_line_id": line[:1].id,
                                "remedy": remedy,
                                "amount_agreed": amount,
                            },
                        )
                    ],
                }
            )
        )
        request.action_submit()
        if approve and request.state == "submitted":
            request.with_user(self.lead)._override("test: approve whatever the rule")
        return request

    @contextmanager
    def _refused(self, text):
        """Expect an error with a text, and roll back what led to it."""
        with self.assertRaises(UserError) as caught:
            yield
        self.assertRegex(str(caught.exception), text)

    def _to_bill(self, order):
        return [
            (line.qty_to_invoice, line.qty_invoiced, line.invoice_status)
            for line in order.order_line
        ]

    def test_an_allowance_is_credited_and_billing_does_not_change(self):
        for policy in ("order", "delivery"):
            with self.subTest(policy):
                product = self._product("Vase", 100, self.tax, invoice_policy=policy)
                order = self._order((product, 2))
                before = self._to_bill(order)
                request = self._allow(order, 33).sudo()
                note = request.credit_note_ids
                self.assertRecordValues(
                    note,
                    [
                        {
                            "state": "posted",
                            "amount_total": 33,
                            "amount_untaxed": 30,
                            "amount_tax": 3,
                            "reversed_entry_id": order.invoice_ids[:1].id,
                        }
                    ],
                )
                sold = order.invoice_ids[:1].invoice_line_ids
                self.assertEqual(note.invoice_line_ids.account_id, sold.account_id)
                self.assertEqual(note.invoice_line_ids.tax_ids, sold.tax_ids)
                self.assertFalse(note.invoice_line_ids.sale_line_ids)
                self.assertEqual(self._to_bill(order), before)
                self.assertEqual(request.refund_ids.amount, 33)
                self.assertEqual(request.line_ids.qty_held, 0)
                self.assertEqual(order.order_line.qty_returnable, 2)

    def test_a_later_return_gives_what_was_paid_less_the_allowance(self):
        order = self._order((self.product, 2))
        self._allow(order, 50)
        one = self._inspected(order, 1).sudo()
        two = self._inspected(order, 1).sudo()
        self.assertEqual(one.credit_note_ids.amount_total, 75)
        self.assertEqual(two.credit_note_ids.amount_total, 75)
        self.assertEqual(sum(order.sudo().return_refund_ids.mapped("amount")), 200)
        self.assertEqual(order.order_line.qty_to_invoice, 0)

    def test_an_allowance_after_a_return_lowers_only_the_rest(self):
        order = self._order((self.product, 2))
        self.assertEqual(self._inspected(order, 1).amount_total, 100)
        self.assertEqual(self._allow(order, 30).amount_total, 30)
        self.assertEqual(self._inspected(order, 1).amount_total, 70)

    def test_an_allowance_is_never_more_than_what_is_left(self):
        order = self._order((self.product, 2))
        self._inspected(order, 1)
        with self._refused("100.00.*left"):
            self._allow(order, 100.01)
        self._allow(order, 60, "price_protection")
        with self._refused("40.00.*left"):
            self._allow(order, 41)
        self._allow(order, 40)
        self.assertEqual(sum(order.sudo().return_refund_ids.mapped("amount")), 200)

    def test_two_open_allowances_count_together(self):
        order = self._order((self.product, 1))
        self._allow(order, 60, approve=False)
        with self._refused("More would be given back"):
            self._allow(order, 60)

    def test_an_open_return_and_an_allowance_never_exceed_the_price(self):
        order = self._order((self.product, 1))
        later = self._approved(order, 1)
        self._allow(order, 40)
        self._receive(later)
        later.with_user(self.keeper).action_inspect()
        self.assertEqual(later.sudo().credit_note_ids.amount_total, 60)

    def test_an_allowance_needs_an_amount_before_it_is_paid(self):
        order = self._order((self.product, 1))
        request = self._allow(order, 0, approve=False)
        self.assertEqual(request.state, "submitted")
        with self._refused("Enter the agreed amount"):
            request.with_user(self.lead)._override("pay it")
        self.assertEqual(request.state, "submitted")

    def test_taxes_in_the_price_and_odd_cents_add_up(self):
        product = self._product("Cup", 9.99, self.tax_included)
        order = self._order((product, 3))
        for amount in (3.33, 0.01, 4.44):
            self._allow(order, amount)
        self._inspected(order, 1)
        self._allow(order, 2.22)
        self._inspected(order, 2)
        notes = order.sudo().return_request_ids.credit_note_ids
        invoice = order.invoice_ids.filtered(lambda m: m.move_type == "out_invoice")
        self.assertEqual(len(notes), 6)
        self.assertAlmostEqual(sum(notes.mapped("amount_total")), invoice.amount_total)
        self.assertAlmostEqual(sum(notes.mapped("amount_tax")), invoice.amount_tax)

    def test_what_was_not_billed_yet_is_credited_ahead_and_billed_in_full(self):
        order = self._order((self.product, 2), invoice=False)
        request = self._allow(order, 30).sudo()
        note = request.credit_note_ids
        self.assertRecordValues(note, [{"amount_total": 30, "state": "posted"}])
        self.assertFalse(request.refund_ids)
        self.assertEqual(order.order_line.qty_to_invoice, 2)
        invoice = self._invoice(order, pay=False)
        self.assertEqual(invoice.amount_total, 200)
        self.assertEqual(invoice.amount_residual, 170)
        self.assertEqual(note.amount_residual, 0)

    def _books(self, order):
        """Return what the documents of an order come to."""
        moves = order.invoice_ids | order.sudo().return_request_ids.credit_note_ids
        total = sum(-move.direction_sign * move.amount_total for move in moves)
        return round(total, 2)

    def test_an_allowance_on_goods_that_come_back_unbilled_is_billed_back(self):
        for policy in ("order", "delivery"):
            with self.subTest(policy):
                product = self._product("Jar", 100, self.tax, invoice_policy=policy)
                order = self._order((product, 3), invoice=False)
                self._pay_online(order)._post_process()
                self._allow(order, 33)
                request = self._inspected(order, 2).sudo()
                self.assertEqual(sum(request.refund_ids.mapped("amount")), 198)
                self.assertRecordValues(
                    request.credit_note_ids,
                    [{"move_type": "out_invoice", "amount_total": 22, "amount_tax": 2}],
                )
                self._invoice(order, pay=False)
                self.assertEqual(self._books(order), 330 - 33 - 198)

    def test_an_allowance_on_goods_billed_in_part_is_billed_back_for_the_rest(self):
        order = self._order((self.product, 3), invoice=False)
        self._pay_online(order)._post_process()
        self._allow(order, 30)
        invoice = order._create_invoices()
        invoice.invoice_line_ids.quantity = 1
        invoice.action_post()
        request = self._inspected(order, 3).sudo()
        self.assertEqual(sum(request.refund_ids.mapped("amount")), 270)
        self.assertEqual(request.credit_note_ids.amount_total, 70)
        self.assertEqual(set(order.order_line.mapped("qty_to_invoice")), {0})
        self.assertEqual(self._books(order), 0)
