"""A return settled by clicking, in Chinese: the agent, the warehouse, the agent."""

from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import tagged

from ..acceptance import shop
from .driver import Journey

SHIRT = "6989816179211525338"


@tagged("post_install", "-at_install")
class TestDesk(Journey):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = shop.open_company(cls.env)
        cls.staff = shop.hire(cls.env, cls.company)
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.shop = shop.open_shop(cls.env, cls.company)
        shop.member_program(cls.env, cls.company)
        for model, name in (
            ("live.session", "live_sessions.csv"),
            ("product.template", "products.csv"),
        ):
            shop.load_list(cls.env, cls.staff["lead"], model, shop.OWN / name)
        shop.load_orders(
            cls.env, cls.staff["lead"], cls.shop, shop.OWN / "douyin_orders.csv"
        )
        cls.line = cls.env["sale.order.line"].search(
            [("platform_line_ref", "=", SHIRT), ("company_id", "=", cls.company.id)]
        )
        # the parcel came yesterday, whenever this runs
        order = cls.line.order_id
        order.order_line.return_received_at = Datetime.now() - timedelta(days=1)
        cls.ticket = cls.env["helpdesk.ticket"].create(
            {
                "name": "T恤买大了，想退一件",
                "description": "<p>主播说尺码正常，收到偏大，想退一件。</p>",
                "partner_id": order.partner_id.id,
                "sale_order_id": order.id,
                "user_id": cls.staff["agent"].id,
                "company_id": cls.company.id,
            }
        )

    def test_a_return_is_settled_by_agent_and_warehouse(self):
        self._agent_starts_the_return()
        request = self.ticket.return_request_ids
        self.assertEqual((request.state, request.goods_state), ("approved", "awaiting"))
        self.assertEqual(request.line_ids.qty_approved, 2)
        self._warehouse_receives_and_grades(request)
        request.invalidate_recordset()
        self.assertEqual(request.goods_state, "inspected")
        self.assertEqual(request.credit_note_ids.amount_total, 124.20)
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 60)
        self.env["return.refund"]._cron_send()
        self._agent_confirms_the_refund()
        request.invalidate_recordset()
        self.assertEqual((request.state, request.amount_refunded), ("done", 124.20))
        self.assertEqual(request.refund_ids.reference, "7436000000000001")
        self.assertEqual(len(self.ticket.followup_ids), 3)

    def _agent_starts_the_return(self):
        with self.screen("live_agent") as screen:
            screen.open(
                "/odoo/action-live_aftersales.action_live_ticket",
                ".o_kanban_view, .o_list_view",
            )
            screen.shot("desk-1-tickets")
            screen.open(
                f"/odoo/action-live_aftersales.action_live_ticket/{self.ticket.id}",
                ".o_form_view [name=live_order]",
            )
            screen.see("可退")
            screen.shot("desk-2-ticket")
            screen.click(css=".o_live_order .o_data_row:nth-child(2) button")
            screen.see(css="div[name=line_ids] .o_data_row")
            screen.shot("desk-3-new-return")
            screen.choose("div[name=reason_id] input", "尺")
            screen.click(css="button[name=action_submit]")
            screen.see(
                "审核", css=".o_arrow_button_current, .o_statusbar_status button"
            )
            screen.shot("desk-4-verdict")
            screen.click(css="button[name=action_approve]")
            screen.see(css=".o_arrow_button_current[data-value=approved]")
            screen.shot("desk-5-approved")

    def _warehouse_receives_and_grades(self, request):
        with self.screen("live_warehouse") as screen:
            screen.open(
                "/odoo/action-live_aftersales.action_live_return_pickings",
                ".o_data_row, .o_kanban_record",
            )
            screen.shot("desk-6-parcels")
            picking = request.picking_ids
            screen.open(
                "/odoo/action-live_aftersales.action_live_return_pickings/"
                f"{picking.id}",
                "button[name=button_validate]",
            )
            screen.click(css="button[name=button_validate]")
            screen.see(css="button[name=action_inspect_return]")
            screen.shot("desk-7-received")
            screen.click(css="button[name=action_inspect_return]")
            screen.see(css=".o_data_row td[name=grade]")
            screen.shot("desk-8-inspection")
            screen.click(css="button[name=action_all_new]")
            screen.see(css=".o_return_scan .alert-success")
            screen.shot("desk-9-inspected")

    def _agent_confirms_the_refund(self):
        with self.screen("live_agent") as screen:
            screen.open(
                "/odoo/action-live_aftersales.action_live_refunds", ".o_data_row"
            )
            screen.shot("desk-10-refunds")
            screen.click(css=".o_data_row button[name=action_confirm]")
            screen.fill(".modal div[name=reason] input", "7436000000000001")
            screen.shot("desk-11-confirm")
            screen.click(css=".modal button[name=action_done]")
            screen.gone(".modal")
            screen.open(
                f"/odoo/action-live_aftersales.action_live_ticket/{self.ticket.id}",
                ".o_form_view [name=live_order]",
            )
            screen.shot("desk-12-settled")
