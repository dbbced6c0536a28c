from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import LiveCase


@tagged("post_install", "-at_install")
class TestTicket(LiveCase):
    def test_ticket_shows_the_order_as_it_was_sold_live(self):
        ticket = self.ticket.with_user(self.agent)
        self.assertEqual(ticket.live_session_id, self.session)
        self.assertEqual(ticket.live_host_id, self.host)
        self.assertEqual(ticket.platform_id, self.platform)
        self.assertEqual(ticket.shop_id, self.shop)
        self.assertEqual(ticket.live_attribution, "exact")
        self.assertEqual(ticket.order_amount, 646.0)
        self.assertEqual(ticket.return_policy_version_id.number, 1)

    def test_ticket_shows_the_verdict_on_each_line(self):
        lines = self.ticket.with_user(self.agent).sale_line_ids
        self.assertEqual(
            [(line.product_id.name, line.return_verdict) for line in lines],
            [("Dress", "allowed"), ("Cherry", "refused")],
        )
        self.assertEqual(lines[1].return_rule_code, "A6_2")

    def test_order_on_the_ticket_and_the_orders_of_the_ticket_agree(self):
        self.assertEqual(self.ticket.sale_order_ids, self.order)
        other = self._order(self.buyer.partner_id, delivered=False)
        self.ticket.sale_order_id = other
        self.assertEqual(self.ticket.sale_order_ids, self.order + other)
        self.ticket.sale_order_ids = self.order
        self.assertEqual(self.ticket.sale_order_id, self.order)

    def test_the_order_brings_its_buyer_onto_the_ticket(self):
        ticket = self.env["helpdesk.ticket"].new({"sale_order_id": self.order.id})
        ticket._onchange_sale_order_id()
        self.assertEqual(ticket.partner_id, self.buyer.partner_id)
        self.assertEqual(ticket.partner_email, "buyer@example.com")

    def test_normal_return_takes_three_steps_of_the_agent(self):
        line = self.ticket.with_user(self.agent).sale_line_ids[0]
        # 1: the button on the line (then the reason); 2: submit; 3: approve
        action = line.with_context(
            default_ticket_id=self.ticket.id
        ).action_live_return()
        request = self._open_request(
            action, reason_id=self.env.ref("return_policy.reason_no_reason").id
        )
        request.action_submit()
        request.action_approve()
        self.assertEqual(request.state, "approved")
        self.assertEqual(request.ticket_id, self.ticket)
        self.assertEqual(request.line_ids.sale_line_id, line)
        self.assertEqual(request.line_ids.qty_requested, 2.0)
        self.assertEqual(request.live_session_id, self.session)
        self.assertEqual(request.live_host_id, self.host)
        self.assertEqual(self.ticket.return_request_count, 1)

    def test_the_form_shows_verdict_and_money_before_it_is_saved(self):
        line = self.ticket.with_user(self.agent).sale_line_ids[0]
        action = line.with_context(
            default_ticket_id=self.ticket.id
        ).action_live_return()
        requests = self.env["return.request"].with_user(self.agent)
        form = Form(requests.with_context(**action["context"]))
        with form.line_ids.edit(0) as asked:
            self.assertEqual(asked.verdict, "allowed")
            self.assertEqual(asked.amount, 458.0)
        self.assertEqual(form.amount_total, 458.0)

    def test_new_return_of_the_ticket_takes_all_that_can_come_back(self):
        action = self.ticket.with_user(self.agent).action_new_return_request()
        values = [command[2] for command in action["context"]["default_line_ids"]]
        self.assertEqual(
            [(line["sale_line_id"], line["qty_requested"]) for line in values],
            [(self.order.order_line[0].id, 2.0)],
        )
        self.assertEqual(action["context"]["default_user_id"], self.agent.id)

    def test_where_everything_is_refused_the_refusal_is_shown(self):
        self.dress.return_exclusion = "A6_1"
        action = self.ticket.with_user(self.agent).action_new_return_request()
        self.assertEqual(len(action["context"]["default_line_ids"]), 2)

    def test_an_order_not_yet_shipped_tells_why_nothing_can_come_back(self):
        order = self._order(self.buyer.partner_id, delivered=False)
        ticket = self._ticket(sale_order_id=order.id).with_user(self.agent)
        with self.assertRaisesRegex(UserError, "not delivered yet"):
            ticket.action_new_return_request()
        self.assertFalse(ticket.return_request_ids)

    def test_return_without_order_tells_what_to_do(self):
        ticket = self._ticket().with_user(self.agent)
        with self.assertRaisesRegex(UserError, "Choose the order"):
            ticket.action_new_return_request()

    def test_one_return_opens_itself_and_several_open_a_list(self):
        request = self._open_request(self.ticket.action_new_return_request())
        action = self.ticket.with_user(self.agent).action_view_return_requests()
        self.assertEqual(action["res_id"], request.id)
        self._open_request(self.ticket.action_new_return_request())
        action = self.ticket.with_user(self.agent).action_view_return_requests()
        self.assertFalse(action.get("res_id"))
        self.assertEqual(action["domain"], [("ticket_id", "in", self.ticket.ids)])

    def test_a_refused_request_that_is_opened_again_answers_the_same_ticket(self):
        request = self._open_request(self.ticket.action_new_return_request())
        request.action_submit()
        request.action_refuse("Worn")
        again = self._open_request(request.action_open_again())
        self.assertEqual(again.ticket_id, self.ticket)
        self.assertEqual(self.ticket.return_request_ids, request | again)

    def test_points_of_the_buyer_show_on_the_ticket(self):
        program = self.env["loyalty.program"].create(
            {
                "name": "Members",
                "program_type": "loyalty",
                "points_ledger": True,
                "points_per_unit": 1,
            }
        )
        order = self._order(self.buyer.partner_id)
        self.assertEqual(order.order_line[0].return_last_moment.hour, 15)
        ticket = self._ticket(sale_order_id=order.id).with_user(self.agent)
        self.assertEqual(ticket.points_available, 0)
        self.assertEqual(ticket.points_pending, 646)
        action = ticket.action_view_points()
        card = self.env["loyalty.card"].browse(action["res_id"])
        self.assertEqual(card.program_id, program)

    def test_counts_of_many_tickets_do_not_ask_once_for_each(self):
        tickets = self.ticket
        for _number in range(20):
            tickets |= self._ticket(sale_order_id=self.order.id)
        tickets.invalidate_recordset()
        tickets.mapped("partner_id.name")
        with self.assertQueryCount(1):
            tickets.mapped("return_request_count")
        with self.assertQueryCount(2):
            tickets.mapped("points_pending")


@tagged("post_install", "-at_install")
class TestTicketAccess(LiveCase):
    def test_buyer_sees_the_ticket_but_nothing_of_the_desk(self):
        ticket = self.ticket.with_user(self.buyer)
        self.assertEqual(ticket.name, "Too big")
        for name in ("kind", "live_host_id", "return_request_ids", "points_pending"):
            with self.assertRaises(AccessError):
                ticket.read([name])

    def test_buyer_can_start_nothing(self):
        ticket = self.ticket.with_user(self.buyer)
        for method in (
            "action_new_return_request",
            "action_view_return_requests",
            "action_view_points",
        ):
            with self.assertRaises(AccessError):
                getattr(ticket, method)()
        line = self.order.order_line[0].with_user(self.buyer)
        with self.assertRaises(AccessError):
            line.with_context(default_ticket_id=self.ticket.id).action_live_return()
        self.assertFalse(self.ticket.return_request_ids)

    def test_warehouse_sees_no_money_of_the_ticket(self):
        ticket = self.ticket.with_user(self.warehouse)
        for name in ("return_request_ids", "sale_line_ids", "points_available"):
            with self.assertRaises(AccessError):
                ticket.read([name])
        with self.assertRaises(AccessError):
            ticket.action_new_return_request()

    def test_agent_works_without_the_rights_of_a_salesman(self):
        self.assertFalse(self.agent.has_group("sales_team.group_sale_salesman"))
        action = self.ticket.with_user(self.agent).action_view_live_order()
        self.assertEqual(action["res_id"], self.order.id)
        self.assertTrue(self.order.with_user(self.agent).amount_total)

    def test_who_may_not_answer_the_ticket_cannot_link_a_return_to_it(self):
        request = self._open_request(self.ticket.action_new_return_request())
        with self.assertRaises(AccessError):
            request.with_user(self.warehouse).ticket_id = False
        request.invalidate_recordset()
        self.assertEqual(request.ticket_id, self.ticket)

    def test_the_request_leads_back_to_its_ticket(self):
        request = self._open_request(self.ticket.action_new_return_request())
        self.assertEqual(request.action_view_ticket()["res_id"], self.ticket.id)
        with self.assertRaises(AccessError):
            request.with_user(self.buyer).action_view_ticket()
