from odoo.tests import tagged

from .common_import import COMPLETED, SHIPPED, UNPAID, ImportCase, utc


@tagged("post_install", "-at_install")
class TestImport(ImportCase):
    def test_order_costs_what_the_buyer_paid(self):
        record = self._import(self._row())
        order = self._order()
        goods, freight = order.order_line
        self.assertEqual(order.amount_total, 394.0)
        self.assertEqual((goods.price_unit, freight.price_unit), (388.0, 6.0))
        self.assertEqual(freight.is_delivery, True)
        self.assertEqual(goods.platform_list_price, 398.0)
        self.assertEqual(
            (goods.discount_platform, goods.discount_merchant, goods.discount_host),
            (2.0, 7.0, 1.0),
        )
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.date_order, utc("2026-10-26 20:00:00"))
        self.assertEqual((record.new_count, record.paid_total), (1, 394.0))

    def test_buyer_stays_masked(self):
        self._import(self._row())
        buyer = self._order().partner_id
        self.assertEqual((buyer.name, buyer.phone), ("李*", "138****0001"))
        self.assertEqual((buyer.street, buyer.street2), ("望京街道", "朝阳区"))
        self.assertEqual(buyer.city, "北京市")

    def test_buyers_are_written_to_in_the_language_of_the_company(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.shop.company_id.partner_id.lang = "zh_CN"
        self._import(self._row())
        self.assertEqual(self._order().partner_id.lang, "zh_CN")

    def test_price_of_a_piece_is_not_rounded(self):
        self._import(
            self._row(商品数量="3", 商品单价="33.50", 订单应付金额="100.00", 运费="0")
            | {"优惠总金额": "0.50", "平台优惠": "0.50", "商家优惠": "", "达人优惠": ""}
        )
        order = self._order()
        self.assertEqual(order.amount_total, 100.0)
        self.assertAlmostEqual(order.order_line.price_unit, 100 / 3, places=10)

    def test_gift_costs_nothing(self):
        zero = dict.fromkeys(
            ("商品单价", "订单应付金额", "运费", "优惠总金额"), "0.00"
        ) | dict.fromkeys(("平台优惠", "商家优惠", "达人优惠"), "")
        gift = self._row(line="6911000000000000012", 商家编码="T-GIFT", **zero)
        record = self._import(self._row(), gift | {"订单状态": "已关闭"})
        order = self._order()
        self.assertEqual((record.gift_count, record.line_count), (1, 2))
        self.assertEqual(order.amount_total, 394.0)
        self.assertEqual(order.platform_state, "paid")
        closed = order.order_line.filtered("platform_closed")
        self.assertEqual(closed.product_id, self.gift)
        self.assertFalse(closed.move_ids)

    def test_shipped_order_is_delivered_without_stock(self):
        self._import(self._row(**COMPLETED))
        order = self._order()
        picking = order.picking_ids
        goods = order.order_line[0]
        self.assertEqual(
            (picking.state, picking.picking_type_code), ("done", "outgoing")
        )
        self.assertEqual(picking.date_done, utc("2026-10-27 23:30:00"))
        self.assertEqual(picking.move_ids.date, utc("2026-10-27 23:30:00"))
        self.assertEqual(picking.carrier_tracking_ref, "SF001822057408")
        self.assertEqual(goods.qty_delivered, 1)
        self.assertEqual(goods.return_received_at, utc("2026-11-02 04:42:13"))
        self.assertEqual(order.delivery_status, "full")

    def test_services_and_unstored_goods_are_delivered_too(self):
        self._import(
            self._row(商家编码="T-CARD", **SHIPPED),
            self._row(line="6911000000000000012", 商家编码="T-PAN", **SHIPPED),
        )
        lines = self._order().order_line.filtered("platform_line_ref")
        self.assertEqual(lines.mapped("qty_delivered"), [1, 1])

    def test_goods_with_serial_numbers_wait_for_the_warehouse(self):
        self.crab.tracking = "serial"
        record = self._import(self._row(**SHIPPED))
        picking = self._order().picking_ids
        self.assertEqual(len(picking), 1)
        self.assertNotIn(picking.state, ("done", "cancel"))
        self.assertIn("serial number", record.warning_text)

    def test_delivery_writes_to_nobody(self):
        self.env.company.stock_move_email_validation = True
        self._import(self._row(**SHIPPED))
        comment = self.env.ref("mail.mt_comment")
        messages = self._order().picking_ids.message_ids
        self.assertFalse(messages.filtered(lambda m: m.subtype_id == comment))

    def test_unpaid_order_is_kept_and_not_confirmed(self):
        record = self._import(self._row(**UNPAID))
        order = self._order()
        self.assertEqual((order.state, order.amount_total), ("draft", 394.0))
        self.assertFalse(order.picking_ids)
        self.assertEqual((record.unpaid_count, record.paid_count), (1, 0))

    def test_order_closed_without_payment_is_cancelled(self):
        self._import(
            self._row(**UNPAID, 取消原因="超时未支付") | {"订单状态": "已关闭"}
        )
        self.assertEqual(self._order().state, "cancel")

    def test_order_refunded_before_shipping_is_cancelled(self):
        self._import(self._row())
        self.assertEqual(self._order().picking_ids.state, "confirmed")
        self._import(self._row(订单状态="已关闭"))
        order = self._order()
        self.assertEqual((order.state, order.amount_total), ("cancel", 394.0))
        self.assertEqual(order.picking_ids.state, "cancel")

    def test_order_closed_after_shipping_stays_delivered(self):
        self._import(self._row(**SHIPPED))
        self._import(self._row(**SHIPPED | {"订单状态": "已关闭"}))
        order = self._order()
        self.assertEqual((order.state, order.platform_state), ("sale", "closed"))
        self.assertEqual(order.picking_ids.state, "done")

    def test_delivered_order_is_invoiced_on_the_day_it_left(self):
        self.shop.invoice_on_import = True
        self._import(
            self._row(**SHIPPED),
            self._row(order="6900000000000000022", line="6911000000000000022"),
        )
        invoice = self._order().invoice_ids
        self.assertEqual((invoice.state, invoice.amount_total), ("posted", 394.0))
        self.assertEqual(str(invoice.invoice_date), "2026-10-27")
        self.assertFalse(self._order("6900000000000000022").invoice_ids)

    def test_closed_period_dates_the_delivery_today_and_says_so(self):
        self.shop.invoice_on_import = True
        self.env.company.fiscalyear_lock_date = "2026-10-31"
        record = self._import(self._row(**SHIPPED))
        order = self._order()
        self.assertEqual(order.picking_ids.state, "done")
        self.assertGreater(str(order.picking_ids.date_done), "2026-10-31")
        self.assertIn("period", record.warning_text)
        self.assertEqual(order.invoice_ids.state, "posted")
        self.assertGreater(str(order.invoice_ids.date), "2026-10-31")

    def test_order_takes_the_return_policy(self):
        self._import(self._row())
        self.assertTrue(self._order().return_policy_version_id)

    def test_unknown_status_is_kept_and_told(self):
        record = self._import(self._row(订单状态="外星人签收"))
        order = self._order()
        self.assertEqual(order.platform_status, "外星人签收")
        self.assertEqual((order.platform_state, order.state), ("unknown", "sale"))
        self.assertEqual(record.warning_count, 1)
        self.assertEqual(record.activity_ids.user_id, record.user_id)
        self.assertIn("外星人签收", record.activity_ids.note)

    def test_text_which_looks_like_a_formula_stays_text(self):
        name = "=cmd|' /C calc'!A0 <script>alert(1)</script>"
        self._import(self._row(选购商品=name))
        self.assertEqual(self._order().order_line[0].name, f"{name} 规格:8只装")
