"""One order sold live, its ticket and its people."""

from odoo.fields import Command, Datetime
from odoo.tests import TransactionCase, new_test_user


class LiveCase(TransactionCase):
    """A Douyin order of two lines, delivered yesterday and signed for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.company.chart_template:
            cls.env["account.chart.template"].try_loading(
                "generic_coa", cls.env.company
            )
        cls._set_up_people()
        cls._set_up_live()
        cls.dress, cls.cherry = cls.env["product.product"].create(
            [
                {"name": "Dress", "list_price": 229.0, "taxes_id": False},
                {
                    "name": "Cherry",
                    "list_price": 188.0,
                    "taxes_id": False,
                    "return_exclusion": "A6_2",
                },
            ]
        )
        cls.order = cls._order(cls.buyer.partner_id)
        cls.team = cls.env["helpdesk.ticket.team"].create(
            {"name": "Live", "user_ids": [Command.set(cls.agent.ids)]}
        )
        cls.ticket = cls._ticket(sale_order_id=cls.order.id)

    @classmethod
    def _set_up_people(cls):
        cls.agent = new_test_user(
            cls.env, "live_agent", "live_aftersales.group_agent", tz="Asia/Shanghai"
        )
        cls.lead = new_test_user(cls.env, "live_lead", "live_aftersales.group_lead")
        cls.warehouse = new_test_user(
            cls.env, "live_warehouse", "live_aftersales.group_warehouse"
        )
        cls.buyer = new_test_user(
            cls.env, "live_buyer", "base.group_portal", email="buyer@example.com"
        )

    @classmethod
    def _set_up_live(cls):
        cls.platform = cls.env.ref("live_aftersales.platform_douyin")
        cls.shop = cls.env["live.shop"].create(
            {"name": "Test shop", "platform_id": cls.platform.id}
        )
        cls.host = cls.env["live.host"].create({"name": "Deer", "code": "77001"})
        cls.session = cls.env["live.session"].create(
            {
                "host_id": cls.host.id,
                "shop_id": cls.shop.id,
                "start": Datetime.subtract(Datetime.now(), days=3),
                "end": Datetime.subtract(Datetime.now(), days=2),
            }
        )

    @classmethod
    def _order(cls, partner, delivered=True, **vals):
        order = cls.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "platform_id": cls.platform.id,
                "shop_id": cls.shop.id,
                "live_session_id": cls.session.id,
                "live_host_id": cls.host.id,
                "live_attribution": "exact",
                "live_attribution_reason": "room",
                "order_line": [
                    Command.create({"product_id": cls.dress.id, "product_uom_qty": 2}),
                    Command.create({"product_id": cls.cherry.id}),
                ],
                **vals,
            }
        )
        order.action_confirm()
        if delivered:
            order.picking_ids.move_ids.write({"quantity": 2, "picked": True})
            for move in order.picking_ids.move_ids:
                move.quantity = move.product_uom_qty
            order.picking_ids.button_validate()
            order.order_line.return_received_at = Datetime.now()
            order._create_invoices().action_post()
        return order

    @classmethod
    def _ticket(cls, **vals):
        return cls.env["helpdesk.ticket"].create(
            {
                "name": "Too big",
                "description": "<p>The dress is too big</p>",
                "partner_id": cls.buyer.partner_id.id,
                "team_id": cls.team.id,
                "user_id": cls.agent.id,
                **vals,
            }
        )

    def _open_request(self, action, user=None, **vals):
        """Fill in and save the form which an action opens, as the web client does."""
        defaults = {
            name.removeprefix("default_"): value
            for name, value in action["context"].items()
        }
        return (
            self.env["return.request"]
            .with_user(user or self.agent)
            .create({**defaults, **vals})
        )
