from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command, Datetime
from odoo.tests import tagged

from .common import PointsCommon

WEEK_LATER = Datetime.to_datetime("2026-03-08 10:00:00")


@tagged("post_install", "-at_install")
class TestEarning(PointsCommon):
    def test_points_are_earned_at_delivery_and_wait(self):
        order = self._order((99.99, 1))
        self.assertFalse(self._card())
        with freeze_time("2026-03-01 10:00:00"):
            self._deliver(order)
        self.assertEqual(self._balance(), (0, 99))
        entry = self._booked(order, "earn")
        self.assertEqual(entry.sale_line_id, order.order_line)
        self.assertEqual(entry.available_on, WEEK_LATER)
        self.assertEqual((order.points_earned, order.points_expected), (99, 99))

    def test_partial_deliveries_earn_exactly_the_whole(self):
        order = self._order((33.34, 3))
        for earned in (33, 66, 100):
            self._deliver(order, 1)
            self.assertEqual(self._balance(), (0, earned))
        self.assertEqual(self._booked(order, "earn").mapped("points"), [33, 33, 34])

    def test_the_same_delivery_never_earns_twice(self):
        order = self._delivered((100, 1))
        order.order_line.sudo()._points_earn()
        self.assertEqual(self._balance(), (0, 100))

    def test_goods_sent_again_after_an_exchange_do_not_earn_again(self):
        order = self._delivered((50, 2))
        picking = order.picking_ids
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        wizard.product_return_moves.quantity = 1
        wizard.action_create_exchanges()
        self._deliver(order)
        self.assertEqual(order.order_line.qty_delivered, 2)
        self.assertEqual(len(order.picking_ids), 3)
        self.assertEqual(self._balance(), (0, 100))

    def test_discounts_gifts_and_services_earn_nothing(self):
        order = self._order((100, 1), (0, 1), (-20, 1))
        service = self.env["product.product"].create(
            {"name": "Advice", "type": "service", "taxes_id": [Command.clear()]}
        )
        order.order_line = [
            Command.create({"product_id": service.id, "price_unit": 70})
        ]
        self._deliver(order)
        self.assertEqual(self._balance(), (0, 100))

    def test_a_line_keeps_the_rate_it_first_earned_with(self):
        order = self._order((10, 2))
        self._deliver(order, 1)
        self.program.points_per_unit = 5
        self._deliver(order, 1)
        self.assertEqual(self._balance(), (0, 20))
        self.assertEqual(self._order((10, 1)).points_expected, 50)

    def test_taxes_count_and_other_currencies_are_converted(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", euro.id)]).unlink()
        self.env["res.currency.rate"].create(
            {
                "name": "2020-01-01",
                "rate": 0.5,
                "currency_id": euro.id,
                "company_id": self.env.company.id,
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id}
        )
        tax = self.company_data["default_tax_sale"]
        order = self._order((100, 1), pricelist_id=pricelist.id)
        order.order_line.tax_ids = tax
        self._deliver(order)
        self.assertEqual(order.order_line.price_total, 115)
        self.assertEqual(self._balance(), (0, 230))

    def test_only_card_holders_earn_when_not_everybody_is_a_member(self):
        self.program.points_enrol_all = False
        self._delivered((100, 1))
        self.assertFalse(self._card())
        self.env["loyalty.card"].create(
            {"program_id": self.program.id, "partner_id": self.buyer.id, "points": 0}
        )
        self._delivered((40, 1))
        self.assertEqual(self._balance(), (0, 40))

    def test_another_company_does_not_earn_here(self):
        self.program.company_id = self.setup_other_company()["company"]
        self._delivered((100, 1))
        self.assertFalse(self._card())

    def test_queries_do_not_grow_with_the_number_of_lines(self):
        self._count_delivery([(10, 1)])
        few = self._count_delivery([(10, 1)] * 5)
        many = self._count_delivery([(10, 1)] * 50)
        self.assertEqual(many, few)

    def _count_delivery(self, lines):
        """Return the queries of earning alone; core's delivery needs its own."""
        self.program.points_ledger = False
        order = self._delivered(*lines)
        self.program.points_ledger = True
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        order.order_line.sudo()._points_earn()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_entries_are_neither_changed_nor_deleted_nor_made_by_hand(self):
        order = self._delivered((100, 1))
        entry = self._booked(order, "earn")
        admin = entry.with_user(self.env.ref("base.user_admin")).sudo()
        with self.assertRaises(UserError):
            admin.write({"points": 1})
        with self.assertRaises(UserError):
            admin.remaining = 5
        with self.assertRaises(UserError):
            admin.unlink()
        with self.assertRaises(UserError):
            admin.copy()
        entry.invalidate_recordset()
        self.assertEqual((entry.points, entry.remaining), (100, 100))
        self.assertEqual(self._balance(), (0, 100))
