import base64
import csv
import io
from datetime import timedelta

from odoo import fields
from odoo.tests import TransactionCase
from odoo.tools import SQL, file_open

SHIPPED = {
    "订单状态": "已发货",
    "发货时间": "2026-10-27 23:30:00",
    "快递信息": "SF001822057408",
}
COMPLETED = SHIPPED | {"订单状态": "已完成", "订单完成时间": "2026-11-02 04:42:13"}
UNPAID = {"订单状态": "待支付", "支付完成时间": "-"}


def utc(text):
    """Return what the platform's wall clock shows, as Odoo stores it."""
    return fields.Datetime.to_datetime(text) - timedelta(hours=8)


class ImportCase(TransactionCase):
    """A Douyin shop, one host with one session, a few products."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.platform = cls.env.ref("live_aftersales.platform_douyin")
        cls.shop = cls.env["live.shop"].create(
            {
                "name": "Flagship Store",
                "platform_id": cls.platform.id,
                "invoice_on_import": False,
            }
        )
        cls.host = cls.env["live.host"].create({"name": "Xiaolu", "code": "77001"})
        cls.session = cls.env["live.session"].create(
            {
                "host_id": cls.host.id,
                "room_id": "7501827701082209999",
                "start": utc("2026-10-26 19:00:00"),
                "end": utc("2026-10-26 23:00:00"),
            }
        )
        cls.crab = cls._product("T-CRAB", 398, is_storable=True)
        cls.pan = cls._product("T-PAN", 119, is_storable=False)
        cls.card = cls._product("T-CARD", 148, type="service")
        cls.gift = cls._product("T-GIFT", 0)

    @classmethod
    def _product(cls, code, price, **vals):
        return cls.env["product.product"].create(
            {
                "name": code.title(),
                "default_code": code,
                "list_price": price,
                "taxes_id": [],
                **vals,
            }
        )

    @classmethod
    def _row(cls, order="6900000000000000011", line="6911000000000000011", **cells):
        """Return one row of an export: a paid crab, 10 off, 6 freight."""
        return {
            "主订单编号": f"\t{order}",
            "子订单编号": f"\t{line}",
            "选购商品": "阳澄湖大闸蟹",
            "商品规格": "规格:8只装",
            "商品数量": "1",
            "商家编码": "T-CRAB",
            "商品单价": "398.00",
            "订单应付金额": "394.00",
            "运费": "6.00",
            "优惠总金额": "10.00",
            "平台优惠": "2.00",
            "商家优惠": "7.00",
            "达人优惠": "1.00",
            "收件人": "李*##密文",
            "收件人手机号": "138****0001",
            "省": "北京市",
            "市": "北京市",
            "区": "朝阳区",
            "街道": "望京街道",
            "详细地址": "$$密文",
            "订单提交时间": "2026-10-26 20:00:00",
            "支付完成时间": "2026-10-26 20:05:00",
            "发货时间": "-",
            "订单完成时间": "-",
            "订单状态": "备货中",
            "达人ID": "77001",
            "达人昵称": "Xiaolu",
            "流量体裁": "直播",
            **cells,
        }

    @classmethod
    def _file(cls, rows, encoding="utf-8-sig", header=None):
        header = header or list(dict.fromkeys(name for row in rows for name in row))
        stream = io.StringIO(newline="")
        writer = csv.DictWriter(stream, header, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
        return stream.getvalue().encode(encoding)

    def _upload(self, data, filename="orders.csv", **vals):
        return self.env["live.import"].create(
            {
                "file": base64.b64encode(data),
                "filename": filename,
                "shop_id": self.shop.id,
                **vals,
            }
        )

    def _import(self, *rows, **vals):
        """Run an export of these rows and return the import."""
        record = self._upload(self._file(rows), **vals)
        record.action_run()
        self.assertEqual(record.state, "done", record.error)
        return record

    def _sample(self, name):
        with file_open(f"live_aftersales/tests/data/{name}", "rb") as file:
            return file.read()

    def _order(self, ref="6900000000000000011"):
        return self.env["sale.order"].search(
            [("shop_id", "=", self.shop.id), ("platform_order_ref", "=", ref)]
        )

    def _write_dates(self):
        """Return when anything an import could touch was last written."""
        self.env.flush_all()
        tables = ("sale_order", "sale_order_line", "stock_picking", "stock_move")
        tables += ("account_move", "res_partner", "live_buyer")
        found = {}
        for table in tables:
            found[table] = self.env.execute_query(
                SQL("SELECT id, xmin FROM %s ORDER BY id", SQL.identifier(table))
            )
        return found
