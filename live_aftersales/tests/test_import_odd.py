import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_import import COMPLETED, SHIPPED, UNPAID, ImportCase

SECOND = {"line": "6911000000000000012", "商家编码": "T-PAN"}
CLOSED = {"订单状态": "已关闭", "取消原因": "用户取消"}


@tagged("post_install", "-at_install")
class TestImportOdd(ImportCase):
    """What other files of the same kind do."""

    def test_freight_changed_before_payment_is_taken_over(self):
        self._import(self._row(**UNPAID))
        more = self._row(订单应付金额="398.00", 运费="10.00")
        self._import(more)
        self.assertEqual(
            (self._order().state, self._order().amount_total), ("sale", 398)
        )
        self.assertEqual(self._import(more).unchanged_count, 1)

    def test_freight_which_fell_away_before_payment_is_removed(self):
        self._import(self._row(**UNPAID))
        self._import(self._row(订单应付金额="388.00", 运费="0.00"))
        self.assertEqual(self._order().amount_total, 388)
        self.assertEqual(len(self._order().order_line), 1)

    def test_freight_and_a_line_more_before_payment_come_together(self):
        self._import(self._row(**UNPAID))
        rows = self._row(订单应付金额="398.00", 运费="10.00"), self._row(**SECOND)
        self._import(*rows)
        self.assertEqual(self._order().amount_total, 398 + 394)
        self.assertEqual(self._import(*rows).unchanged_count, 1)

    def test_other_freight_of_a_confirmed_order_is_held(self):
        self._import(self._row())
        record = self._import(self._row(订单应付金额="398.00", 运费="10.00"))
        self.assertEqual(record.row_ids.reason, "amount_changed")
        self.assertIn("运费: 10.00", record.row_ids.message)
        self.assertEqual(self._order().amount_total, 394)

    def test_delivery_costs_of_our_own_are_not_the_platforms_freight(self):
        self._import(self._row())
        order = self._order()
        order.order_line.create(
            {
                "order_id": order.id,
                "product_id": self.card.id,
                "is_delivery": True,
                "price_unit": 5,
            }
        )
        self.assertEqual(self._import(self._row()).unchanged_count, 1)

    def test_who_pays_the_discount_may_change_before_payment(self):
        self._import(self._row(**UNPAID))
        self._import(self._row(平台优惠="4.00", 商家优惠="5.00"))
        goods = self._order().order_line[0]
        self.assertEqual((goods.discount_platform, goods.discount_merchant), (4, 5))

    def test_line_closed_before_it_left_does_not_hold_up_the_invoice(self):
        self.shop.invoice_on_import = True
        closed = self._row(**SECOND) | CLOSED
        self._import(self._row(**SHIPPED), closed)
        order = self._order()
        self.assertEqual(order.amount_total, 788)
        self.assertEqual(order.invoice_ids.amount_total, 388 + 12)
        self._import(self._row(**COMPLETED), closed)
        self.assertEqual(len(order.invoice_ids), 1)

    def test_status_confirms_the_order_where_the_time_of_payment_is_missing(self):
        row = self._row(**COMPLETED)
        row.pop("支付完成时间")
        record = self._import(row)
        self.assertEqual((record.paid_count, record.paid_total), (1, 394))
        self.assertEqual(self._order().state, "sale")
        self.assertEqual(self._order().picking_ids.state, "done")
        self.assertEqual(self._import(row).unchanged_count, 1)

    def test_orders_held_as_a_whole_are_not_counted(self):
        record = self._import(self._row(商家编码="NO-SUCH"))
        self.assertEqual(
            (record.order_count, record.paid_count, record.live_count), (0, 0, 0)
        )

    def test_line_number_used_twice_stays_held_until_it_is_corrected(self):
        twice = {"商家编码": "T-LATE", "商品数量": "2", "订单应付金额": "792.00"}
        record = self._import(self._row(商家编码="T-LATE"), self._row(**twice))
        self._product("T-LATE", 5)
        first, second = record.row_ids.sorted("row_number")
        record.row_ids.action_retry()
        self.assertEqual((first.state, second.state), ("applied", "held"))
        self.assertEqual(self._order().amount_total, 394)
        second.line_ref = "6911000000000000099"
        second.action_retry()
        self.assertEqual(self._order().amount_total, 394 + 792)

    def test_two_held_rows_corrected_to_one_line_number_are_not_both_applied(self):
        rows = [self._row(商品数量="x"), self._row(**SECOND) | {"商品数量": "x"}]
        record = self._import(*rows)
        record.row_ids.write({"quantity": "1", "line_ref": "6911000000000000077"})
        record.row_ids.action_retry()
        self.assertEqual(sorted(record.row_ids.mapped("state")), ["applied", "held"])
        self.assertEqual(self._order().amount_total, 394)

    def test_row_that_disagrees_with_its_order_stays_held(self):
        other = self._row(**SECOND) | {"订单提交时间": "2026-10-25 20:00:00"}
        row = self._import(self._row(), other).row_ids
        row.action_retry()
        self.assertEqual((row.state, row.reason), ("held", "order_conflict"))
        self.assertEqual(self._order().amount_total, 394)
        row.order_ref = "6900000000000000088"
        row.action_retry()
        self.assertEqual(self._order("6900000000000000088").amount_total, 394)

    def test_sum_of_joined_lines_is_not_taken_for_each(self):
        joined = {"商家编码": "T-CRAB;T-PAN", "商品单价": "200.00;198.00"}
        rows = self._import(self._row(line="69942;69943", **joined)).row_ids
        rows.action_retry()
        self.assertEqual(rows.mapped("state"), ["held", "held"])
        self.assertFalse(self._order())
        rows[0].payable, rows[1].payable = "196.00", "198.00"
        rows.action_retry()
        self.assertEqual(rows.mapped("state"), ["applied", "applied"])
        self.assertEqual(self._order().amount_total, 394)

    def test_another_file_starts_the_import_anew(self):
        record = self._upload(self._file([self._row()]))
        record.action_preview()
        other = self._row("6900000000000000022", "6911000000000000022")
        record.file = base64.b64encode(self._file([other]))
        self.assertEqual(record.state, "draft")
        record.action_run()
        self.assertFalse(self._order())
        self.assertTrue(self._order("6900000000000000022"))
        with self.assertRaises(UserError):
            record.file = base64.b64encode(self._file([self._row()]))
        self.assertEqual(record.state, "done")

    def _warehouse_of(self, company):
        """Return the warehouse of a new company; not every server makes one."""
        model = self.env["stock.warehouse"]
        return model.search([("company_id", "=", company.id)], limit=1) or model.create(
            {"name": company.name, "code": "ODD", "company_id": company.id}
        )

    def test_shop_ships_from_a_warehouse_of_its_own_company(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        warehouse = self._warehouse_of(company)
        shop = self.env["live.shop"].create(
            {
                "name": "Elsewhere",
                "platform_id": self.platform.id,
                "company_id": company.id,
            }
        )
        self.assertEqual(shop.warehouse_id, warehouse)

    def test_company_without_accounts_gets_orders_and_is_told_of_the_invoices(self):
        company = self.env["res.company"].create({"name": "No Chart"})
        self._warehouse_of(company)
        self.shop = (
            self.env["live.shop"]
            .with_company(company)
            .create({"name": "No Chart", "platform_id": self.platform.id})
        )
        record = self._import(self._row(**SHIPPED))
        self.assertEqual(self._order().picking_ids.state, "done")
        self.assertFalse(self._order().invoice_ids)
        self.assertIn("could not be invoiced", record.warning_text)
