from freezegun import freeze_time

from odoo.fields import Command, Datetime
from odoo.tests import tagged

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestEarningWays(PointsCommon):
    def _pay(self, invoice):
        return (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"payment_date": invoice.date})
            ._create_payments()
        )

    def _earn_at(self, way):
        self.program.points_earn_at = way

    def _service_order(self):
        service = self.env["product.product"].create(
            {
                "name": "Advice",
                "type": "service",
                "invoice_policy": "order",
                "taxes_id": [Command.clear()],
            }
        )
        order = self.env["sale.order"].create(
            {
                "partner_id": self.buyer.id,
                "order_line": [
                    Command.create({"product_id": service.id, "price_unit": 70})
                ],
            }
        )
        order.action_confirm()
        return order

    def test_an_invoice_earns_its_share(self):
        self._earn_at("invoice")
        order = self._order((33.34, 3))
        invoice = order._create_invoices()
        invoice.invoice_line_ids.quantity = 1
        self.assertFalse(self._card())
        invoice.action_post()
        self.assertEqual(self._balance(), (0, 33))
        self._invoice(order)
        self.assertEqual(self._balance(), (0, 100))
        self._deliver(order)
        self.assertEqual(self._balance(), (0, 100))

    def test_invoices_that_miss_the_total_by_cents_earn_the_whole(self):
        self._earn_at("invoice")
        order = self._order((100, 1))
        invoice = self._invoice(order)
        self.assertEqual(self._balance(), (0, 100))
        self.assertEqual(self._booked(order, "earn").amount, 100)
        self.assertEqual(invoice.amount_total, 100)

    def test_an_invoice_reset_to_draft_takes_its_points_back(self):
        self._earn_at("invoice")
        order = self._order((100, 1))
        invoice = self._invoice(order)
        invoice.button_draft()
        self.assertEqual(self._balance(), (0, 0))
        invoice.action_post()
        self.assertEqual(self._balance(), (0, 100))
        self._credit(order, invoice=invoice)
        self.assertEqual(self._balance(), (0, 0))

    def test_a_payment_earns_and_its_removal_takes_back(self):
        self._earn_at("payment")
        order = self._order((100, 1))
        invoice = self._invoice(order)
        self.assertFalse(self._card())
        self._pay(invoice)
        self.assertEqual(self._balance(), (0, 100))
        invoice.line_ids.remove_move_reconcile()
        self.assertEqual(self._balance(), (0, 0))

    def test_what_was_credited_before_the_payment_is_not_earned(self):
        self._earn_at("payment")
        order = self._order((50, 2))
        invoice = self._invoice(order)
        self._credit(order, 1, invoice=invoice)
        self._pay(invoice)
        self.assertEqual(self._balance(), (0, 50))

    def test_points_earned_before_the_delivery_wait_for_it(self):
        self._earn_at("invoice")
        with freeze_time("2026-03-01 10:00:00"):
            order = self._order((50, 2))
            self._invoice(order)
        entry = self._booked(order, "earn")
        self.assertFalse(entry.available_on)
        with freeze_time("2026-06-01 10:00:00"):
            self.entries._release_due(10)
        self.assertEqual(self._balance(), (0, 100))
        with freeze_time("2026-06-02 10:00:00"):
            self._deliver(order, 1)
        self.assertFalse(entry.available_on)
        with freeze_time("2026-06-05 10:00:00"):
            self._deliver(order, 1)
        self.assertEqual(entry.available_on, Datetime.to_datetime("2026-06-12 10:00"))
        with freeze_time("2026-06-12 10:00:00"):
            self.entries._release_due(10)
        self.assertEqual(self._balance(), (100, 0))

    def test_goods_delivered_before_the_invoice_count_from_the_delivery(self):
        self._earn_at("invoice")
        with freeze_time("2026-03-01 10:00:00"):
            order = self._delivered((100, 1))
        with freeze_time("2026-03-05 10:00:00"):
            self._invoice(order)
        entry = self._booked(order, "earn")
        self.assertEqual(entry.earned_at, Datetime.to_datetime("2026-03-05 10:00:00"))
        self.assertEqual(
            entry.available_on, Datetime.to_datetime("2026-03-08 10:00:00")
        )

    def test_services_earn_when_they_are_invoiced(self):
        with freeze_time("2026-03-01 10:00:00"):
            order = self._service_order()
            self.assertFalse(self._card())
            self._invoice(order)
        self.assertEqual(self._balance(), (0, 70))
        entry = self._booked(order, "earn")
        self.assertEqual(
            entry.available_on, Datetime.to_datetime("2026-03-08 10:00:00")
        )
        self._credit(order)
        self.assertEqual(self._balance(), (0, 0))

    def test_services_wait_for_the_payment_where_that_is_chosen(self):
        self._earn_at("payment")
        order = self._service_order()
        invoice = self._invoice(order)
        self.assertFalse(self._card())
        self._pay(invoice)
        self.assertEqual(self._balance(), (0, 70))

    def test_a_line_keeps_the_way_it_first_earned(self):
        order = self._order((50, 2))
        self._deliver(order, 1)
        self._earn_at("payment")
        self._deliver(order, 1)
        self.assertEqual(self._balance(), (0, 100))

    def test_invoices_earn_nothing_where_deliveries_do(self):
        order = self._order((100, 1))
        self._pay(self._invoice(order))
        self.assertFalse(self._card())


@tagged("post_install", "-at_install")
class TestEarningEdits(PointsCommon):
    def test_a_new_price_after_the_delivery_is_followed_at_the_old_rate(self):
        order = self._delivered((100, 1))
        self.program.points_per_unit = 9
        order.order_line.price_unit = 80
        self.assertEqual(self._balance(), (0, 80))
        order.order_line.price_unit = 120
        self.assertEqual(self._balance(), (0, 120))
        order.order_line.discount = 50
        self.assertEqual(self._balance(), (0, 60))

    def test_a_new_quantity_earns_when_it_is_delivered(self):
        self.product.list_price = 10
        order = self._delivered((10, 2))
        order.order_line.product_uom_qty = 5
        self.assertEqual(self._balance(), (0, 20))
        self._deliver(order)
        self.assertEqual(self._balance(), (0, 50))

    def test_what_the_buyer_paid_is_noted_and_adds_up(self):
        order = self._order((33.34, 3))
        for _delivery in range(3):
            self._deliver(order, 1)
        amounts = self._booked(order, "earn").mapped("amount")
        self.assertAlmostEqual(sum(amounts), 100.02)
        self.assertEqual(len(amounts), 3)
