"""Exchanges for other goods where money is not simple: parts, promotions, changes."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .exchange_common import ExchangeCase


@tagged("post_install", "-at_install")
class TestExchangeMoney(ExchangeCase):
    def setUp(self):
        super().setUp()
        self.dearer = self._product("Chandelier", 120)
        self.cheaper = self._product("Candle", 80)
        for product in self.product | self.dearer | self.cheaper:
            self._stock(product, 20)
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)

    def _other(self, order, product, quantity=None):
        return self._exchange(order, quantity, exchange_product_id=product.id)

    def _through(self, request):
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        self._ship(request)

    def test_what_is_delivered_first_and_billed_later_adds_up(self):
        lamp = self._product("Lamp by delivery", 100, invoice_policy="delivery")
        candle = self._product("Candle by delivery", 80, invoice_policy="delivery")
        self._stock(candle, 5)
        order = self._order((lamp, 2))
        request = self._other(order, candle, 1)
        self._through(request)
        new = request.sudo().exchange_order_id
        invoice = self._invoice(new, pay=False)
        self.assertEqual(invoice.amount_total, 80)
        self.assertEqual(invoice.amount_residual, 0)
        self.assertEqual(request.sudo().refund_ids.amount, 20)
        self.assertEqual(order.order_line.qty_to_invoice, 0)
        self.assertEqual(order.invoice_status, "invoiced")
        self.assertEqual(order.order_line.qty_return_sent, 0)

    def test_what_was_paid_and_never_billed_pays_the_new_invoice(self):
        lamp = self._product("Lamp by delivery", 100, invoice_policy="delivery")
        order = self._order((lamp, 2), invoice=False)
        payment = self._pay_online(order)
        payment._post_process()
        request = self._other(order, self.cheaper, 1)
        self._through(request)
        self.assertFalse(request.sudo().credit_note_ids)
        self.env["return.refund"]._cron_send()
        self.assertEqual(request.sudo().refund_ids.mapped("amount"), [20])
        new = self._invoice(request.sudo().exchange_order_id, pay=False)
        self.assertEqual((new.amount_total, new.amount_residual), (80, 0))
        rest = self._invoice(order, pay=False)
        self.assertEqual((rest.amount_total, rest.amount_residual), (100, 0))

    def test_taxes_in_and_beside_the_price_are_exact(self):
        lamp = self._product("Taxed lamp", 113, self.tax_included)
        torch = self._product("Taxed torch", 100, self.tax)
        self._stock(torch, 5)
        order = self._order((lamp, 3))
        request = self._other(order, torch, 2)
        new = request.sudo().exchange_order_id
        self.assertEqual(new.amount_total, 220)
        self.assertEqual(request.amount_difference, -6)
        self._through(request)
        self.assertEqual(request.sudo().refund_ids.amount, 6)
        credit = request.sudo().credit_note_ids
        self.assertEqual((credit.amount_untaxed, credit.amount_tax), (200, 26))
        invoice = self._invoice(new, pay=False)
        self.assertEqual((invoice.amount_residual, credit.amount_residual), (0, 6))

    def test_fewer_accepted_goods_bring_fewer_new_ones(self):
        self.company.return_ship_on = "inspected"
        order = self._order((self.product, 2))
        request = self._other(order, self.cheaper)
        new = request.sudo().exchange_order_id
        self._receive(request)
        request.line_ids.with_user(self.keeper).write({"grade": "b", "qty_accepted": 1})
        request.with_user(self.keeper).action_inspect()
        self.assertEqual(new.amount_total, 80)
        open_moves = new.picking_ids.move_ids.filtered(lambda m: m.state != "cancel")
        self.assertEqual(open_moves.product_uom_qty, 1)
        self._ship(request)
        self.assertEqual(request.sudo().refund_ids.amount, 20)
        self.assertEqual(request.replacement_state, "shipped")

    def test_nothing_accepted_cancels_the_new_order_and_pays_its_money_back(self):
        self.company.return_ship_on = "inspected"
        order = self._order((self.product, 1))
        request = self._other(order, self.dearer)
        new = request.sudo().exchange_order_id
        self._pay_online(new, 20)._check_amount_and_confirm_order()
        self._receive(request)
        request.line_ids.with_user(self.keeper).write({"grade": "missing"})
        request.with_user(self.keeper).action_inspect()
        self.assertEqual(new.state, "cancel")
        refund = request.sudo().refund_ids
        self.assertRecordValues(refund, [{"amount": 20, "tender": "online"}])
        self.assertEqual(refund.transaction_id, new.transaction_ids)
        self.assertFalse(request.sudo().credit_note_ids)

    def test_a_cancelled_request_gives_the_difference_back(self):
        request = self._other(self._order((self.product, 1)), self.dearer)
        new = request.sudo().exchange_order_id
        self._pay_online(new, 20)._check_amount_and_confirm_order()
        request.with_user(self.agent).action_cancel()
        self.assertEqual(new.state, "cancel")
        self.assertEqual(request.sudo().refund_ids.mapped("amount"), [20])

    def test_money_instead_of_new_goods_after_the_credit_note(self):
        self._policy(refund_on="received")
        request = self._other(self._order((self.product, 1)), self.cheaper)
        new = request.sudo().exchange_order_id
        self._receive(request)
        self.assertEqual(request.sudo().refund_ids.mapped("amount"), [20])
        request.with_user(self.agent).action_refund_instead("candle broken")
        self.assertEqual(new.state, "cancel")
        self.assertEqual(sorted(request.sudo().refund_ids.mapped("amount")), [20, 80])
        self.assertEqual(request.sudo().credit_note_ids.amount_total, 100)

    def test_of_an_order_paid_in_part_the_note_tells_where_the_credit_went(self):
        order = self._order((self.product, 1), pay=False)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=order.invoice_ids.ids
        ).create({"amount": 50})._create_payments()
        request = self._other(order, self.cheaper).sudo()
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        new = request.exchange_order_id
        self.assertFalse(request.refund_ids)
        self.assertEqual(
            request.money_note,
            "$\xa020.00 was never paid here; it lowers what the buyer owes. "
            f"$\xa080.00 pays for order {new.name}.",
        )
        request.with_user(self.agent).action_refund_instead("sold out")
        self.assertEqual(
            request.money_note,
            "$\xa030.00 was never paid here; it lowers what the buyer owes.",
        )
        refund = request.refund_ids
        refund._cron_send()
        refund.with_user(self.agent).action_confirm("bank 1")
        self.assertRecordValues(refund, [{"amount": 50, "state": "confirmed"}])
        self.assertEqual(request.credit_note_ids.amount_residual, 0)

    def test_a_refund_after_a_second_credit_note_leaves_nothing_open(self):
        self._policy(refund_on="received")
        order = self._order((self.product, 1), (self._product("Torch", 7), 1))
        request = self._request(order, submit=False)
        lamp, torch = request.line_ids
        lamp.write({"remedy": "exchange", "exchange_product_id": self.cheaper.id})
        torch.remedy = "refund_only"
        request.action_submit()
        request.with_user(self.lead)._override("mixed")
        self._receive(request)
        request.with_user(self.agent).action_refund_instead("sold out")
        refunds = request.sudo().refund_ids
        refunds._cron_send()
        refunds.with_user(self.agent).action_confirm("bank 1")
        notes = request.sudo().credit_note_ids
        self.assertEqual(sorted(notes.mapped("amount_total")), [7, 100])
        self.assertEqual(sorted(refunds.mapped("amount")), [7, 20, 80])
        self.assertEqual(set(notes.mapped("amount_residual")), {0})

    def test_money_instead_of_new_goods_before_the_credit_note(self):
        request = self._other(self._order((self.product, 1)), self.dearer)
        request.with_user(self.agent).action_refund_instead("changed their mind")
        self.assertEqual(request.sudo().exchange_order_ids.state, "cancel")
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        self.assertEqual(request.sudo().refund_ids.mapped("amount"), [100])

    def test_the_new_goods_can_come_back_for_what_they_cost(self):
        order = self._order((self.product, 1))
        self._pay_online(order)
        request = self._other(order, self.dearer)
        new = request.sudo().exchange_order_id
        self._pay_online(new, 20)._check_amount_and_confirm_order()
        self._through(request)
        self._invoice(new, pay=False)
        again = self._inspected(new)
        refunds = again.sudo().refund_ids
        self.assertEqual(sorted(refunds.mapped("amount")), [20, 100])
        self.assertEqual(set(refunds.mapped("tender")), {"online"})

    def test_the_same_money_never_goes_twice(self):
        order = self._order((self.product, 2))
        request = self._other(order, self.cheaper, 1)
        self._through(request)
        rest = self._inspected(order, 1)
        self.assertEqual(rest.sudo().refund_ids.mapped("amount"), [100])
        self.assertEqual(request.sudo().refund_ids.mapped("amount"), [20])
        with self.assertRaises(UserError):
            self._request(order, 1)

    def test_a_price_that_changes_meanwhile_changes_what_is_owed(self):
        request = self._other(self._order((self.product, 1)), self.dearer)
        new = request.sudo().exchange_order_id
        new.order_line.price_unit = 150
        self.assertEqual(request.amount_difference, 50)
        self.assertEqual(new._get_prepayment_required_amount(), 50)
        new.order_line.price_unit = 90
        new.action_confirm()
        self._through(request)
        self.assertEqual(request.sudo().refund_ids.amount, 10)

    def test_other_goods_of_the_request_are_refunded_in_full(self):
        order = self._order((self.product, 1), (self.cheaper, 1))
        request = self._request(order, submit=False)
        lamp, _candle = request.line_ids
        lamp.write({"remedy": "exchange", "exchange_product_id": self.dearer.id})
        request.action_submit()
        request.with_user(self.lead)._override("mixed")
        request.with_user(self.agent).action_difference_paid("cash")
        self._through(request)
        self.assertEqual(request.sudo().refund_ids.mapped("amount"), [80])
        credit = request.sudo().credit_note_ids
        self.assertEqual(credit.amount_total, 180)
        invoice = self._invoice(request.sudo().exchange_order_id, pay=False)
        self.assertEqual(invoice.amount_residual, 20, "cash still to be booked")
        self.assertEqual(credit.amount_residual, 80, "free for the refund")
