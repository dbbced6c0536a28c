"""Who may do what with returns, called the way RPC calls."""

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import Form, new_test_user, tagged

from .common import ReturnCase

REQUEST_STEPS = (
    "action_submit",
    "action_approve",
    "action_refuse",
    "action_cancel",
    "action_need_info",
    "action_answer",
    "action_ask_cancel",
    "action_open_offer",
    "action_offer",
    "action_offer_accepted",
    "action_offer_declined",
    "action_deny",
    "action_settle",
    "action_close_short",
    "action_open_inspection",
    "action_inspect",
    "action_scanned",
    "action_view_order",
    "action_view_pickings",
    "action_view_credit_notes",
    "action_view_refunds",
    "action_confirm_refunds",
)


@tagged("post_install", "-at_install")
class TestRequestAccess(ReturnCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(cls.env, "return_portal", groups="base.group_portal")
        cls.clerk = new_test_user(cls.env, "return_clerk", groups="base.group_user")
        cls.salesman = new_test_user(
            cls.env, "return_sales", groups="sales_team.group_sale_salesman_all_leads"
        )

    def _call(self, user, records, method, *args):
        """Call a method as the user does over RPC."""
        return call_kw(
            self.env[records._name].with_user(user), method, [records.ids, *args], {}
        )

    def _denied(self, user, records, method, *args):
        with self.assertRaises(AccessError), self.cr.savepoint():
            self._call(user, records, method, *args)

    def test_the_order_of_a_request_opens_for_an_agent(self):
        order = self._order()
        program = self.env["loyalty.program"].create({"name": "Card"})
        card = self.env["loyalty.card"].create({"program_id": program.id})
        order.sudo().coupon_point_ids.create(
            {"order_id": order.id, "coupon_id": card.id, "points": 7}
        )
        opened = order.with_user(self.agent)
        self.assertEqual(opened.coupon_point_ids.mapped("points"), [7])

    def test_strangers_get_nothing_from_any_step(self):
        order = self._order()
        request = self._inspected(order, 1)
        refund = request.sudo().refund_ids
        picking = request.sudo().picking_ids
        self.partner.user_ids = self.portal
        order.partner_id = self.portal.partner_id
        self.env.invalidate_all()
        before = request.sudo().read()
        for user in (self.portal, self.clerk, self.env.ref("base.public_user")):
            for step in REQUEST_STEPS:
                self._denied(user, request, step)
            for step in ("action_confirm", "action_retry"):
                self._denied(user, refund, step, "reference")
            for step in ("action_return", "action_view_return_requests"):
                self._denied(user, order, step)
            self._denied(user, request.line_ids, "action_view_details")
            for step in ("action_inspect_return", "action_return_scanned"):
                self._denied(user, picking, step)
            for model in (
                "return.request",
                "return.request.line",
                "return.refund",
                "return.decision.log",
            ):
                self._denied(user, self.env[model].search([]), "read", ["id"])
        self.env.invalidate_all()
        self.assertEqual(request.sudo().read(), before)

    def test_private_steps_are_not_callable(self):
        request = self._request(self._order(), 1)
        steps = ("_approve", "_refuse", "_override", "_send_offer", "_answer_info")
        for step in (*steps, "_move_to", "_settle", "_log", "_stop_waiting"):
            self._denied(self.lead, request, step)

    def test_an_agent_works_without_sales_stock_or_accounting_rights(self):
        order = self._order()
        request = self._request(order, 1)
        self._call(self.agent, request, "action_approve")
        self.assertEqual(request.state, "approved")
        self._denied(self.agent, request, "action_inspect")
        for records in (order, request.sudo().picking_ids, order.invoice_ids):
            self.assertTrue(records.with_user(self.agent).has_access("read"))
            self.assertFalse(records.with_user(self.agent).has_access("write"))

    def test_a_refused_line_is_approved_by_a_lead_only(self):
        order = self._order()
        request = self._request(order, 1)
        request.sudo().line_ids.verdict = "refused"
        self._denied(self.agent, request, "action_approve")
        wizard = self.env["return.request.reason"].with_user(self.agent)
        dialog = wizard.create(
            {"purpose": "override", "request_ids": request.ids, "reason": "please"}
        )
        self._denied(self.agent, dialog, "action_done")
        self.assertEqual(request.state, "submitted")
        action = self._call(self.lead, request, "action_approve")
        dialog = (
            self.env["return.request.reason"]
            .with_user(self.lead)
            .with_context(**action["context"])
            .create({"reason": "Regular customer"})
        )
        self._call(self.lead, dialog, "action_done")
        self.assertEqual(request.state, "approved")
        log = request.sudo().log_ids[:1]
        self.assertEqual((log.event, log.reason), ("override", "Regular customer"))
        self.assertEqual(log.user_id, self.lead)

    def test_the_warehouse_grades_and_nothing_else(self):
        request = self._approved(self._order(), 1)
        for step in ("action_approve", "action_refuse", "action_cancel"):
            self._denied(self.keeper, request, step)
        line = request.line_ids
        self._denied(self.keeper, line, "write", {"qty_requested": 2})
        self._receive(request)
        self._call(self.keeper, line, "write", {"grade": "b"})
        self._denied(self.agent, line, "write", {"grade": "a"})
        self.assertEqual(line.grade, "b")
        self._call(self.keeper, request, "action_inspect")
        self.assertEqual(request.goods_state, "inspected")

    def test_sales_people_see_the_button_count_but_not_the_desk(self):
        order = self._order()
        self._request(order, 1)
        seen = order.with_user(self.salesman)
        self.assertEqual(seen.return_request_count, 1)
        self._denied(self.salesman, order, "action_return")

    def test_other_companies_stay_apart(self):
        company = self.env["res.company"].create({"name": "Other shop"})
        other = new_test_user(
            self.env,
            "return_other",
            groups="return_policy.group_return_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        request = self._request(self._order(), 1)
        self._denied(other, request, "action_approve")
        self._denied(other, request, "read", ["name"])
        order = self._order()
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.env["return.request"].with_user(other).create(
                {
                    "sale_order_id": order.id,
                    "line_ids": [(0, 0, {"sale_line_id": order.order_line.id})],
                }
            )
        self.assertFalse(order.return_request_ids)

    def test_agents_and_warehouse_open_every_document_of_a_return(self):
        order = self._order()
        self._pay_online(order)
        request = self._inspected(order, 1)
        self.env.invalidate_all()
        documents = request.sudo().refund_ids, order.picking_ids
        for records in (order, order.invoice_ids, request, *documents):
            for record in records:
                Form(record.with_user(self.agent))
        for record in order.picking_ids | request.sudo().picking_ids:
            Form(record.with_user(self.keeper))
        Form(request.with_user(self.keeper))
