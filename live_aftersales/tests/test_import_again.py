from odoo.tests import tagged

from .common_import import COMPLETED, SHIPPED, UNPAID, ImportCase, utc

SECOND = {"order": "6900000000000000022", "line": "6911000000000000022"}


@tagged("post_install", "-at_install")
class TestImportAgain(ImportCase):
    def test_same_file_changes_nothing(self):
        self.shop.invoice_on_import = True
        rows = (
            self._row(**COMPLETED),
            self._row(**SECOND, 商家编码="NO-SUCH"),
            self._row("6900000000000000033", "6911000000000000033", **UNPAID),
        )
        self._import(*rows)
        before = self._write_dates()
        again = self._import(*rows)
        self.assertEqual(
            (again.new_count, again.changed_count, again.unchanged_count), (0, 0, 2)
        )
        self.assertEqual(self._write_dates(), before)
        self.assertEqual(again.held_count, 1)
        held = self.env["live.import.row"].search([("shop_id", "=", self.shop.id)])
        self.assertEqual(sorted(held.mapped("state")), ["held", "replaced"])

    def test_preview_touches_no_sales(self):
        self._import(self._row())
        before = self._write_dates()
        record = self._upload(self._file([self._row(**SHIPPED), self._row(**SECOND)]))
        record.action_preview()
        self.assertEqual(
            (record.state, record.new_count, record.changed_count), ("preview", 1, 1)
        )
        self.assertEqual(self._write_dates(), before)

    def test_later_export_ships_what_was_planned(self):
        self._import(self._row())
        planned = self._order().picking_ids
        self.assertEqual(planned.state, "confirmed")
        record = self._import(self._row(**SHIPPED))
        self.assertEqual(record.changed_count, 1)
        self.assertEqual(self._order().picking_ids, planned)
        self.assertEqual((planned.state, planned.move_ids.quantity), ("done", 1))
        self.assertEqual(planned.date_done, utc("2026-10-27 23:30:00"))
        self.assertFalse(self._order().order_line[0].return_received_at)
        self._import(self._row(**COMPLETED))
        self.assertEqual(
            self._order().order_line[0].return_received_at, utc("2026-11-02 04:42:13")
        )
        self.assertEqual(self._order().platform_state, "completed")

    def test_goods_that_left_skip_the_steps_of_the_warehouse(self):
        self.shop.warehouse_id.delivery_steps = "pick_ship"
        self._import(self._row())
        picked = self._order().picking_ids
        self._import(self._row(**SHIPPED))
        order = self._order()
        self.assertEqual(set(picked.mapped("state")), {"cancel"})
        delivery = order.picking_ids - picked
        self.assertEqual(
            (delivery.state, delivery.picking_type_code), ("done", "outgoing")
        )
        self.assertEqual(order.order_line[0].qty_delivered, 1)
        self._import(self._row(**COMPLETED))
        self.assertEqual(order.picking_ids, picked | delivery)

    def test_older_export_takes_nothing_back(self):
        self._import(self._row(**COMPLETED))
        before = self._write_dates()
        record = self._import(self._row())
        self.assertEqual(record.unchanged_count, 1)
        self.assertEqual(self._write_dates(), before)

    def test_update_time_of_the_file_decides(self):
        self._import(self._row(**SHIPPED, 更新时间="2026-10-28 12:00:00"))
        old = self._row(订单状态="已关闭", 更新时间="2026-10-26 12:00:00")
        self.assertEqual(self._import(old).unchanged_count, 1)
        self.assertEqual(self._order().platform_state, "shipped")

    def test_unpaid_order_is_confirmed_when_paid(self):
        self._import(self._row(**UNPAID, 商家改价="1"))
        cheaper = {"订单应付金额": "384.00", "优惠总金额": "20.00", "商家优惠": "17.00"}
        self._import(self._row(**cheaper))
        order = self._order()
        self.assertEqual((order.state, order.amount_total), ("sale", 384.0))
        self.assertEqual(order.date_order, utc("2026-10-26 20:00:00"))

    def test_other_amount_of_a_confirmed_order_is_held(self):
        self._import(self._row())
        record = self._import(self._row(订单应付金额="300.00"))
        self.assertEqual(record.row_ids.reason, "amount_changed")
        self.assertEqual(self._order().amount_total, 394.0)

    def test_part_of_an_order_does_not_change_the_whole(self):
        second = {"line": "6911000000000000012", "商家编码": "T-PAN"}
        self._import(self._row(), self._row(**second))
        record = self._import(self._row(**second))
        self.assertEqual(record.unchanged_count, 1)

    def test_shipping_one_of_two_lines_leaves_the_other_planned(self):
        second = {"line": "6911000000000000012", "商家编码": "T-PAN"}
        self._import(self._row(), self._row(**second))
        self._import(self._row(), self._row(**second, **SHIPPED))
        goods = self._order().order_line.filtered("platform_line_ref")
        self.assertEqual(
            {line.product_id: line.qty_delivered for line in goods},
            {self.crab: 0, self.pan: 1},
        )
        states = sorted(self._order().picking_ids.mapped("state"))
        self.assertEqual(states, ["confirmed", "done"])

    def test_order_cancelled_meanwhile_stays_cancelled_and_is_told(self):
        self._import(self._row())
        self._order()._action_cancel()
        record = self._import(self._row(**SHIPPED))
        self.assertEqual(self._order().state, "cancel")
        self.assertIn("cancelled here", record.warning_text)

    def test_queries_do_not_grow_with_unchanged_orders(self):
        rows = [
            self._row(f"69000000000000001{n}1", f"69110000000000001{n}1", **UNPAID)
            for n in range(9)
        ]
        self._import(*rows)
        counts = []
        for size in (3, 9):
            record = self._upload(self._file(rows[:size]))
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            record.action_preview()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[0], counts[1])
