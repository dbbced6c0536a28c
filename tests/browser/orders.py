"""Orders of one buyer, paid and delivered: the ground of the buyer's journeys."""

from datetime import timedelta

from odoo import Command
from odoo.fields import Datetime
from odoo.tests import new_test_user

from ..acceptance import shop
from .driver import Journey

DESK = "/odoo/action-live_aftersales.action_live_return_requests"


class OrderJourney(Journey):
    """A company with its people, goods, and a buyer who has a login."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = shop.open_company(cls.env)
        cls.staff = shop.hire(cls.env, cls.company)
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.buyer = new_test_user(
            cls.env,
            "wang_fang",
            groups="base.group_portal",
            name="王芳",
            email="wangfang@example.com",
            lang="zh_CN",
            tz="Asia/Shanghai",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.buyer.partner_id.phone = "13812345678"

    @classmethod
    def make(cls, name, price, **vals):
        """Return the variants of a new product in stock."""
        template = cls.env["product.template"].create(
            {
                "name": name,
                "type": "consu",
                "is_storable": True,
                "list_price": price,
                "invoice_policy": "order",
                "taxes_id": [Command.clear()],
                "company_id": cls.company.id,
                **vals,
            }
        )
        variants = template.product_variant_ids
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        for variant in variants:
            cls.env["stock.quant"]._update_available_quantity(
                variant, warehouse.lot_stock_id, 10
            )
        return variants

    @classmethod
    def make_in_colours(cls, name, price, colours):
        """Return the variants of a new product, one of each colour."""
        attribute = cls.env["product.attribute"].create(
            {
                "name": "颜色",
                "value_ids": [Command.create({"name": colour}) for colour in colours],
            }
        )
        values = [Command.set(attribute.value_ids.ids)]
        line = Command.create({"attribute_id": attribute.id, "value_ids": values})
        return cls.make(name, price, attribute_line_ids=[line])

    @classmethod
    def sell(cls, *goods, partner=None):
        """Return an order of (product, quantity), paid, delivered, signed yesterday.

        :param partner: whose order it is; the buyer's by default
        """
        order = cls.env["sale.order"].create(
            {
                "partner_id": (partner or cls.buyer.partner_id).id,
                "company_id": cls.company.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": count})
                    for product, count in goods
                ],
            }
        )
        order.action_confirm()
        order._create_invoices()._post()
        shop.pay_online(cls.env, cls.company, order)
        order.picking_ids.action_assign()
        order.picking_ids.move_ids.picked = True
        order.picking_ids._action_done()
        order.order_line.return_received_at = Datetime.now() - timedelta(days=1)
        return order

    def send_refunds(self):
        """Run the job that hands refunds to the payment provider."""
        # committing is the job's business; here one transaction sees everything
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 60)
        self.env["return.refund"]._cron_send()

    def approve_from_the_desk(self, request, name):
        """Open the request on the desk as an agent and approve it; count the clicks.

        :param name: of the pictures
        """
        with self.screen("live_agent") as screen:
            screen.open(DESK, ".o_kanban_record:not(.o_kanban_ghost)")
            screen.shot(f"{name}-desk")
            screen.click(request.name, css=".o_kanban_record")
            screen.see(css="button[name=action_approve]")
            screen.shot(f"{name}-request")
            screen.click(css="button[name=action_approve]")
            screen.see(css=".o_arrow_button_current[data-value=approved]")
            screen.shot(f"{name}-approved")
            self.assertLessEqual(screen.clicks, 3)
        request.invalidate_recordset()
