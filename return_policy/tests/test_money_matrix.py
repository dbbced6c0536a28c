"""The money of orders that were not billed, or billed in part: exact in the end."""

from itertools import product as combinations

from odoo.tests import tagged

from .deduction_common import DeductionCase


@tagged("post_install", "-at_install")
class TestMatrix(DeductionCase):
    TERMS = {"outbound_freight": "standard"}

    def _refund_all(self):
        """Confirm every refund by hand, as the desk does."""
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)
        refunds = self.env["return.refund"]
        refunds._cron_send()
        for refund in refunds.search([("state", "=", "sent")]):
            refund.with_user(self.agent).action_confirm("bank")

    def _documents(self, order):
        """Return what all posted documents of an order come to."""
        moves = order.invoice_ids | order.sudo().return_request_ids.credit_note_ids
        posted = moves.filtered(lambda move: move.state == "posted")
        return round(
            sum(-move.direction_sign * move.amount_total for move in posted), 2
        )

    def _open(self, order):
        moves = order.invoice_ids | order.sudo().return_request_ids.credit_note_ids
        return round(sum(moves.mapped("amount_residual")), 2)

    def test_one_of_two_goods_back_before_anything_is_billed(self):
        for policy, tax in combinations(
            ("order", "delivery"), (self.tax, self.tax_included)
        ):
            with self.subTest(policy=policy, tax=tax.name):
                self.env["loyalty.program"].search([]).active = False
                self._less(30, 0)
                kept = self._product("Kept", 100, tax, invoice_policy=policy)
                back = self._product("Back", 50, tax, invoice_policy=policy)
                order = self._bought((kept, 1), (back, 1), invoice=False)
                self._pay_online(order)._post_process()
                request = self._back(order, back).sudo()
                given = round(sum(request.refund_ids.mapped("amount")), 2)
                self.assertEqual(given, request.amount_total)
                self.assertFalse(request.credit_note_ids)
                self._invoice(order, pay=False)
                self.assertEqual(
                    self._documents(order), round(order.amount_total - given, 2)
                )
                self.assertEqual(set(order.order_line.mapped("qty_to_invoice")), {0})

    def test_everything_back_before_anything_is_billed_leaves_nothing_to_bill(self):
        self._less(30, 0)
        order = self._bought((self.product, 2), carrier=self._carrier(), invoice=False)
        self._pay_online(order)._post_process()
        request = self._back(order, self.product, quantity=2).sudo()
        self.assertEqual(sum(request.refund_ids.mapped("amount")), 182)
        self.assertEqual(set(order.order_line.mapped("qty_to_invoice")), {0})
        self.assertEqual(order.invoice_status, "invoiced")
        self.assertFalse(request.credit_note_ids)

    def test_a_discount_billed_for_goods_never_billed_is_billed_back(self):
        self._less(30, 0)
        kept = self._product("Kept", 100, invoice_policy="delivery")
        back = self._product("Back", 50, invoice_policy="order")
        late = self._product("Late", 150, invoice_policy="delivery")
        order = self._bought((kept, 1), (back, 1), deliver=False, invoice=False)
        self._deliver(order)
        line = order.order_line.filtered(lambda sold: sold.product_id == back)
        line.product_id.invoice_policy = "delivery"
        self.assertTrue(late)
        self._pay_online(order)._post_process()
        invoice = order._create_invoices()
        invoice.invoice_line_ids.filtered(lambda x: x.product_id == back).unlink()
        invoice.action_post()
        self.assertEqual(invoice.amount_total, 70)
        request = self._back(order, back).sudo()
        self.assertEqual(sum(request.refund_ids.mapped("amount")), 40)
        bill = request.credit_note_ids
        self.assertRecordValues(
            bill, [{"move_type": "out_invoice", "amount_total": 10}]
        )
        self.assertEqual(self._documents(order), 80)
        self.assertEqual(set(order.order_line.mapped("qty_to_invoice")), {0})

    def test_a_down_payment_is_credited_when_nothing_is_left_to_bill(self):
        order = self._bought((self.product, 2), deliver=False, invoice=False)
        wizard = self.env["sale.advance.payment.inv"].create(
            {
                "sale_order_ids": [(6, 0, order.ids)],
                "advance_payment_method": "fixed",
                "fixed_amount": 50,
            }
        )
        wizard.create_invoices()
        advance = order.invoice_ids
        advance.action_post()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=advance.ids
        ).create({})._create_payments()
        one = self._ask(order, self.product, remedy="cancel")
        if one.state == "submitted":
            one.with_user(self.lead)._override("cancel")
        self.assertFalse(one.sudo().refund_ids)
        two = self._ask(order, self.product, remedy="cancel")
        if two.state == "submitted":
            two.with_user(self.lead)._override("cancel")
        self.assertEqual(two.sudo().refund_ids.amount, 50)
        note = two.sudo().credit_note_ids
        self.assertRecordValues(note, [{"move_type": "out_refund", "amount_total": 50}])
        self._refund_all()
        self.assertEqual(self._open(order), 0)
        self.assertEqual(self._documents(order), 0)

    def test_the_bill_for_deductions_is_set_against_the_payment(self):
        self._publish(fee_percent=10, preset="STORE")
        order = self._bought((self.product, 1), invoice=False)
        payment = self._pay_online(order)
        payment._post_process()
        request = self._back(order, self.product).sudo()
        self.assertEqual(request.refund_ids.amount, 90)
        bill = request.credit_note_ids
        self.assertRecordValues(
            bill, [{"move_type": "out_invoice", "amount_total": 10}]
        )
        self.assertEqual(bill.amount_residual, 0)

    def test_a_foreign_currency_is_given_back_to_the_cent(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "rate": 0.777, "company_id": self.company.id}
        )
        prices = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id}
        )
        self.partner.property_product_pricelist = prices
        product = self._product("Mug", 33.33, self.tax_included)
        order = self._bought((product, 3))
        self.assertEqual(order.currency_id, euro)
        for _piece in range(3):
            self._back(order, product)
        self.assertEqual(self._documents(order), 0)
        refunds = order.sudo().return_refund_ids
        self.assertEqual(
            round(sum(refunds.mapped("amount")), 2), round(order.amount_total, 2)
        )
