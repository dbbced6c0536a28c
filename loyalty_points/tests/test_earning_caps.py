from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestEarningCaps(PointsCommon):
    def test_an_order_earns_no_more_than_its_cap(self):
        self.program.points_max_order = 100
        order = self._delivered((80, 1), (50, 1))
        self.assertEqual(self._balance(), (0, 100))
        entries = self._booked(order, "earn")
        self.assertEqual(entries.mapped("points"), [80, 20])
        self.assertEqual(entries.mapped("shortfall"), [0, -30])
        self._delivered((80, 1))
        self.assertEqual(self._balance(), (0, 180))

    def test_deliveries_of_one_order_share_its_cap(self):
        self.program.points_max_order = 150
        order = self._order((100, 3))
        for earned in (100, 150, 150):
            self._deliver(order, 1)
            self.assertEqual(self._balance(), (0, earned))
        last = self._booked(order, "earn")[-1]
        self.assertEqual((last.points, last.shortfall), (0, -100))
        order.order_line.sudo()._points_earn()
        self.assertEqual(len(self._booked(order, "earn")), 3)

    def test_days_and_months_begin_where_the_program_is_at_home(self):
        self.env.company.partner_id.tz = "Asia/Shanghai"
        self.program.points_max_day = 100
        self.program.points_max_month = 150
        for moment, total in (
            ("2026-10-31 15:00:00", 100),  # 23:00 on 31 October
            ("2026-10-31 16:00:00", 200),  # midnight: November
            ("2026-11-01 15:59:00", 200),  # still the 1st
            ("2026-11-01 16:00:00", 250),  # the 2nd: 50 left in November
            ("2026-11-30 15:59:00", 250),
            ("2026-11-30 16:00:00", 350),
        ):
            with freeze_time(moment):
                self._delivered((120, 1))
            self.assertEqual(self._balance(), (0, total), moment)

    def test_caps_are_per_member(self):
        self.program.points_max_day = 100
        other = self.env["res.partner"].create({"name": "Other"})
        orders = self._order((120, 1)) + self._order((120, 1), partner=other)
        self._deliver(orders)
        self.assertEqual(self._balance(), (0, 100))
        self.assertEqual(self._balance(other), (0, 100))

    @mute_logger("odoo.sql_db")
    def test_negative_caps_are_refused(self):
        for field in ("points_max_order", "points_max_day", "points_max_month"):
            with self.subTest(field), self.assertRaises(CheckViolation):
                self.program[field] = -1
                self.env.flush_all()

    def test_queries_of_many_orders_at_once_stay_the_same(self):
        self.program.points_max_day = 100
        self.program.points_max_order = 50
        self._count(1)
        self.assertEqual(self._count(3), self._count(12))

    def _count(self, number):
        partners = self.env["res.partner"].create(
            [{"name": f"Buyer {n}"} for n in range(number)]
        )
        self.program.points_ledger = False
        orders = self.env["sale.order"].union(
            *(self._delivered((60, 1), (70, 1), partner=each) for each in partners)
        )
        self.program.points_ledger = True
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        orders.order_line.sudo()._points_earn()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
