from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common_import import SHIPPED, ImportCase

SECOND = {"order": "6900000000000000022", "line": "6911000000000000022"}


@tagged("post_install", "-at_install")
class TestImportHeld(ImportCase):
    def _assert_refused(self, data, *texts, filename="orders.csv"):
        count = self.env["sale.order"].search_count([])
        record = self._upload(data, filename)
        for method in (record.action_preview, record.action_run):
            with self.assertRaises(UserError) as caught:
                method()
            for text in texts:
                self.assertIn(text, str(caught.exception))
        self.assertEqual(record.state, "draft")
        self.assertEqual(self.env["sale.order"].search_count([]), count)

    def test_empty_file_is_refused(self):
        self._assert_refused(b" \n", "orders.csv is empty")

    def test_file_that_is_no_table_is_refused(self):
        self._assert_refused(b"PK this is no workbook", "neither a workbook nor")

    def test_file_without_key_columns_is_refused_naming_them(self):
        self._assert_refused(
            b"foo,bar\n1,2\n", "主订单编号", "子订单编号", "订单提交时间"
        )

    def test_shop_of_another_platform_is_refused(self):
        with self.assertRaises(UserError):
            self._upload(
                b"x", platform_id=self.env.ref("live_aftersales.platform_taobao").id
            )

    def test_bad_rows_are_held_and_the_others_taken(self):
        record = self._upload(self._sample("bad_rows.csv"))
        self.crab.default_code = "CRAB-8"
        record.action_run()
        self.assertEqual(
            (record.row_count, record.line_count, record.held_count), (7, 3, 4)
        )
        self.assertEqual(
            record.row_ids.sorted("row_number").mapped("reason"),
            ["id_lost_digits", "bad_quantity", "unknown_product", "bad_time"],
        )
        self.assertEqual((record.warning_count, record.paid_total), (1, 1032.9))
        order = self._order("6964774199762963761")
        self.assertEqual(order.amount_total, 1032.9)

    def test_archived_and_ambiguous_products_hold_the_row(self):
        self.pan.action_archive()
        self._product("T-TWICE", 1)
        self._product("T-TWICE", 1)
        record = self._import(
            self._row(商家编码="T-PAN"), self._row(**SECOND, 商家编码="T-TWICE")
        )
        self.assertEqual(
            record.row_ids.sorted("row_number").mapped("reason"),
            ["product_archived", "ambiguous_product"],
        )
        self.assertFalse(self._order())
        self.assertEqual(record.order_count, 0)

    def test_product_is_found_by_barcode(self):
        self.pan.barcode = "6901234567892"
        self._import(self._row(商家编码="-", 商品69码="6901234567892"))
        self.assertEqual(self._order().order_line[0].product_id, self.pan)

    def test_row_is_applied_once_its_product_exists(self):
        record = self._import(
            self._row(**SHIPPED),
            self._row(line="6911000000000000012", 商家编码="T-NEW", **SHIPPED),
        )
        row = record.row_ids
        row.action_retry()
        self.assertEqual((row.state, row.reason), ("held", "unknown_product"))
        self._product("T-NEW", 5, is_storable=True)
        row.action_retry()
        order = self._order()
        self.assertEqual((row.state, row.sale_order_id), ("applied", order))
        self.assertEqual(order.amount_total, 788.0)
        goods = order.order_line.filtered("platform_line_ref")
        self.assertEqual(goods.mapped("qty_delivered"), [1, 1])
        self.assertEqual(record.held_count, 0)
        with self.assertRaises(UserError):
            row.action_retry()

    def test_row_is_applied_with_what_a_person_corrected(self):
        record = self._import(self._row(商品数量="两件"))
        row = record.row_ids
        self.assertEqual((row.quantity, row.reason), ("两件", "bad_quantity"))
        first = row.raw_text.splitlines()[0]
        self.assertEqual(first, "主订单编号: \t6900000000000000011")
        row.write({"quantity": "2", "payable": "792.00"})
        row.action_retry()
        self.assertEqual(row.state, "applied")
        self.assertEqual(self._order().order_line[0].product_uom_qty, 2)
        self.assertEqual(self._order().amount_total, 792.0)

    def test_number_that_lost_digits_is_applied_when_entered_again(self):
        row = self._import(self._row(line="6.91793E+18")).row_ids
        self.assertEqual(row.reason, "id_lost_digits")
        row.line_ref = "6917930000000012345"
        row.action_retry()
        self.assertEqual(
            self._order().order_line[0].platform_line_ref, "6917930000000012345"
        )

    def test_order_which_odoo_refuses_does_not_block_the_others(self):
        # Without a rule nothing can be planned; what has left needs no plan.
        warehouse = self.shop.warehouse_id
        warehouse.delivery_route_id.rule_ids.action_archive()
        record = self._import(self._row(**SHIPPED), self._row(**SECOND))
        self.assertEqual(self._order().state, "sale")
        self.assertFalse(self._order(SECOND["order"]))
        self.assertEqual(record.row_ids.reason, "refused")
        self.assertEqual(record.row_ids.line_ref, SECOND["line"])
        warehouse.with_context(
            active_test=False
        ).delivery_route_id.rule_ids.action_unarchive()
        record.row_ids.action_retry()
        self.assertEqual(self._order(SECOND["order"]).state, "sale")

    def test_lead_may_import_without_being_a_sales_or_stock_user(self):
        lead = new_test_user(self.env, "import_lead", "live_aftersales.group_lead")
        record = self._upload(self._file([self._row(**SHIPPED)])).with_user(lead)
        record.action_preview()
        record.action_run()
        self.assertEqual(record.state, "done")
        self.assertEqual(self._order().picking_ids.state, "done")

    def test_agent_reads_imports_and_may_not_run_them(self):
        agent = new_test_user(self.env, "import_agent", "live_aftersales.group_agent")
        record = self._upload(self._file([self._row(), self._row(line="1.2E+18")]))
        record.action_preview()
        row = record.row_ids
        mine = record.with_user(agent)
        self.assertEqual(mine.held_count, 1)
        self.assertEqual(mine.row_ids.mapped("reason"), ["id_lost_digits"])
        for method in (mine.action_preview, mine.action_run, mine.row_ids.action_retry):
            with self.assertRaises(AccessError):
                method()
        self.assertEqual((record.state, row.state), ("preview", "held"))
        self.assertFalse(self._order())

    def test_warehouse_and_portal_users_see_no_imports(self):
        record = self._upload(self._file([self._row()]))
        for group in ("live_aftersales.group_warehouse", "base.group_portal"):
            user = new_test_user(self.env, f"no_{group[-6:]}", group)
            with self.assertRaises(AccessError):
                record.with_user(user).action_preview()
            with self.assertRaises(AccessError):
                record.with_user(user).read(["held_count"])

    def test_second_run_is_refused(self):
        record = self._import(self._row())
        with self.assertRaises(UserError):
            record.action_run()
