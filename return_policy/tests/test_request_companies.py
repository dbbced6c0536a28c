"""One click over requests of several companies and currencies."""

from odoo import Command
from odoo.tests import tagged

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestRequestCompanies(ReturnCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create(
            {"name": "Branch", "currency_id": cls.env.ref("base.EUR").id}
        )
        cls.env["account.chart.template"].try_loading("generic_coa", cls.other)
        cls.both = cls.company | cls.other
        cls.lead.company_ids = [Command.link(cls.other.id)]
        cls.foreign = cls.env["res.currency"].create(
            {
                "name": "JPX",
                "symbol": "¥",
                "rounding": 1,
                "rate_ids": [(0, 0, {"rate": 150})],
            }
        )

    def _sold(self, company, price, currency):
        env = self.env(context={**self.env.context, "allowed_company_ids": company.ids})
        pricelist = env["product.pricelist"].create(
            {
                "name": currency.name,
                "currency_id": currency.id,
                "company_id": company.id,
            }
        )
        order = env["sale.order"].create(
            {
                "partner_id": self.partner.id,
                "company_id": company.id,
                "pricelist_id": pricelist.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "product_uom_qty": 2,
                            "price_unit": price,
                            "tax_ids": False,
                        }
                    )
                ],
            }
        )
        order.action_confirm()
        self._deliver(order)
        self._invoice(order)
        return order

    def _asked(self, orders):
        """Return drafts about each order: one for money, one for goods and money."""
        desk = (
            self.env["return.request"]
            .with_user(self.lead)
            .with_context(allowed_company_ids=self.both.ids)
        )
        return desk.create(
            [
                {
                    "sale_order_id": order.id,
                    "reason_id": self.reason.id,
                    "line_ids": [
                        Command.create(
                            {
                                "sale_line_id": order.order_line.id,
                                "qty_requested": 1,
                                "remedy": remedy,
                            }
                        )
                    ],
                }
                for order in orders
                for remedy in ("refund_only", "return_refund")
            ]
        )

    def test_one_approval_books_each_company_in_its_own_currency(self):
        orders = self.env["sale.order"]
        for company, price, currency in (
            (self.company, 100, self.company.currency_id),
            (self.company, 15001, self.foreign),
            (self.other, 70.55, self.other.currency_id),
        ):
            orders |= self._sold(company, price, currency)
        requests = self._asked(orders)
        requests.action_submit()
        requests.filtered(lambda r: r.state == "submitted")._override("All at once")
        self.assertEqual(set(requests.mapped("state")), {"approved"})
        paid, back = requests[::2].sudo(), requests[1::2].sudo()
        for request, order, amount in zip(
            paid, orders, (100, 15001, 70.55), strict=True
        ):
            note = request.credit_note_ids
            self.assertEqual((note.state, note.amount_total), ("posted", amount))
            self.assertEqual(note.company_id, order.company_id)
            self.assertEqual(note.currency_id, order.currency_id)
            self.assertEqual(request.refund_ids.amount, amount)
        self.assertEqual(
            [request.picking_ids.company_id for request in back],
            [order.company_id for order in orders],
        )
