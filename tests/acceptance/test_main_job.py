"""The main job, 1 to 6: an export goes in, a buyer's problem comes out settled."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tests import TransactionCase, freeze_time, tagged

from . import shop

moment = Datetime.to_datetime
# Noon of 6 November 2026 in Shanghai: the last orders of the file are a day old.
NOW = "2026-11-06 04:00:00"
# Two T-shirts for 124.20 and earphones for 239.20, signed for on 4 November.
SHIRT, BUDS = "6989816179211525338", "6983729866553027301"
# Three pairs of shoes, signed for on 29 October: too late since 6 November, 0:00.
SHOES = "6936893756944458747"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMainJob(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = shop.exports()
        cls.company = shop.open_company(cls.env)
        cls.staff = shop.hire(cls.env, cls.company)
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.shop = shop.open_shop(cls.env, cls.company)
        cls.program = shop.member_program(cls.env, cls.company)
        for model, name in (
            ("live.session", "live_sessions.csv"),
            ("product.template", "products.csv"),
        ):
            shop.load_list(cls.env, cls.staff["lead"], model, cls.folder / name)
        shop.load_orders(
            cls.env, cls.staff["lead"], cls.shop, cls.folder / "douyin_orders.csv"
        )
        # what autovacuum does on a living database; core's joins need it to be quick
        cls.env.flush_all()
        cls.env.cr.execute("ANALYZE")
        cls.reason = cls.env["return.reason"].search(
            [("regime", "=", "no_reason"), ("child_ids", "=", False)], limit=1
        )

    def setUp(self):
        super().setUp()
        # committing is the job's business; here one transaction sees everything
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 60)

    def as_role(self, role, records):
        return records.with_user(self.staff[role])

    def line(self, ref):
        return self.env["sale.order.line"].search([("platform_line_ref", "=", ref)])

    def ticket(self, line):
        """A buyer writes; the agent opens a ticket about the order."""
        return self.as_role("agent", self.env["helpdesk.ticket"]).create(
            {
                "name": "T恤想退一件",
                "description": "<p>买大了，想退一件。</p>",
                "partner_id": line.order_id.partner_id.id,
                "user_id": self.staff["agent"].id,
                "sale_order_id": line.order_id.id,
                "company_id": self.company.id,
            }
        )

    def request(self, ticket, line, quantity):
        """The agent presses "New return request" and keeps one line of the form."""
        action = ticket.action_new_return_request()
        context = action["context"]
        self.assertIn(
            line.id, [row[2]["sale_line_id"] for row in context["default_line_ids"]]
        )
        return self.as_role("agent", self.env["return.request"]).create(
            {
                "sale_order_id": context["default_sale_order_id"],
                "ticket_id": context["default_ticket_id"],
                "reason_id": self.reason.id,
                "line_ids": [
                    Command.create({"sale_line_id": line.id, "qty_requested": quantity})
                ],
            }
        )

    def send_back(self, request, grade="a"):
        """The parcel arrives; the warehouse receives and grades it."""
        picking = self.as_role("warehouse", request.sudo().picking_ids)
        self.assertEqual(picking.state, "assigned")
        picking.move_ids.picked = True
        picking.button_validate()
        asked = self.as_role("warehouse", request)
        asked.line_ids.grade = grade
        asked.action_inspect()
        return picking

    def points(self, line):
        entries = self.env["loyalty.points.entry"].search(
            [
                ("program_id", "=", self.program.id),
                ("partner_id", "=", line.order_id.partner_id.id),
            ]
        )
        pending = entries.filtered(lambda entry: entry.bucket == "pending")
        card = entries.card_id
        available = sum((entries - pending).mapped("points"))
        self.assertEqual(card.points, available)
        return sum(pending.mapped("points")), available

    def returned(self, ticket, line, quantity):
        """Return a request which the desk approved and the warehouse inspected."""
        request = self.request(ticket, line, quantity)
        request.action_submit()
        if request.state == "submitted":
            request.action_approve()
        self.assertEqual(request.state, "approved")
        picking = self.send_back(request)
        self.assertEqual(
            picking.sudo().location_dest_id,
            line.order_id.warehouse_id.return_location_id,
        )
        self.assertEqual(request.goods_state, "inspected")
        return request

    def test_the_order_is_what_the_file_says(self):
        shirt = self.line(SHIRT)
        order = shirt.order_id
        self.assertEqual(shirt.price_total, 124.20)
        self.assertEqual(
            (shirt.discount_merchant, shirt.platform_list_price), (13.8, 69)
        )
        self.assertEqual(order.amount_total, 363.40)
        self.assertEqual(order.live_host_id.name, "阿杰严选")
        self.assertEqual(order.live_session_id.room_id, "7861967423183515891")
        self.assertEqual(order.live_attribution, "inferred")
        self.assertEqual(order.date_order, moment("2026-10-25 06:10:11"))
        self.assertEqual(shirt.qty_delivered, 2)
        self.assertEqual(order.invoice_ids.amount_total, 363.40)
        self.assertEqual(self.points(shirt), (363, 0))

    def test_each_line_has_the_verdict_of_its_policy(self):
        shirt, buds, shoes = map(self.line, (SHIRT, BUDS, SHOES))
        self.assertEqual(shirt.order_id.return_policy_version_id.number, 1)
        self.assertEqual(shirt.return_verdict, "allowed")
        self.assertEqual(shirt.return_last_moment, moment("2026-11-11 15:59:59"))
        self.assertEqual(shoes.return_verdict, "refused")
        self.assertEqual(shoes.return_last_moment, moment("2026-11-05 15:59:59"))
        crabs = self.env["sale.order.line"].search(
            [("product_id.default_code", "=", "CRAB-8"), ("qty_delivered", ">", 0)]
        )
        self.assertEqual(set(crabs.mapped("return_rule_code")), {"A6_2"})
        self.assertEqual(set(crabs.mapped("return_verdict")), {"refused"})
        # art. 7 holds only with the buyer's confirmation on record
        self.assertEqual(buds.return_verdict, "allowed")
        self.env["return.purchase.confirmation"].create(
            {
                "sale_line_id": buds.id,
                "confirmed_at": buds.order_id.date_order,
                "wording": "激活后不支持七天无理由退货，我已知晓。",
                "source": "agent",
            }
        )
        buds.invalidate_recordset()
        self.assertEqual(buds.return_verdict, "refused")
        self.assertEqual(buds.return_rule_code, "A7_2")

    def test_a_return_comes_out_settled_goods_money_points_and_follow_up(self):
        shirt = self.line(SHIRT)
        ticket = self.ticket(shirt)
        request = self.returned(ticket, shirt, 1)
        note = request.sudo().credit_note_ids
        self.assertEqual((note.move_type, note.state), ("out_refund", "posted"))
        self.assertEqual(note.amount_total, 62.10)
        self.assertEqual(note.invoice_line_ids.sale_line_ids, shirt)
        bill = shirt.order_id.invoice_ids - note
        self.assertEqual(bill.amount_residual, 301.30)
        self.assertEqual(shirt.order_id.invoice_status, "invoiced")
        self.assertEqual(self.points(shirt), (301, 0))
        self._refund_on_the_platform(request)
        self._follow_up(ticket)
        self.assertEqual(
            request.log_ids.sorted("id").mapped("event")[-1], "refund_confirmed"
        )
        self.assertEqual(request.policy_version_id.number, 1)

    def _refund_on_the_platform(self, request):
        """The platform holds the money: somebody refunds there and says so here."""
        refund = request.sudo().refund_ids
        self.assertEqual((refund.tender, refund.amount), ("platform", 62.10))
        self.assertEqual(refund.state, "queued")
        self.env["return.refund"]._cron_send()
        self.assertEqual((refund.state, request.state), ("sent", "approved"))
        self.as_role("agent", refund).action_confirm("7436000000000001")
        self.assertEqual((refund.state, request.state), ("confirmed", "done"))
        self.assertEqual(request.amount_refunded, 62.10)

    def _follow_up(self, ticket):
        """The agent works through the plan; what was said stays on the ticket."""
        plan = self.env.ref("live_aftersales.plan_after_settlement")
        self.assertEqual(len(ticket.followup_ids), len(plan.template_ids))
        self.assertEqual(ticket.followup_ids.user_id, self.staff["agent"])
        ticket.followup_ids[:1].action_feedback("钱已收到，很满意。")
        ticket.invalidate_recordset()
        done = ticket.followup_ids.filtered("date_done")
        self.assertEqual(done.feedback, "钱已收到，很满意。")
        self.assertEqual(len(ticket.followup_ids), len(plan.template_ids))

    def test_two_halves_give_back_the_whole_and_a_third_is_refused(self):
        shirt, buds = self.line(SHIRT), self.line(BUDS)
        ticket = self.ticket(shirt)
        halves = self.returned(ticket, shirt, 1) + self.returned(ticket, shirt, 1)
        notes = halves.sudo().credit_note_ids
        self.assertEqual(sum(notes.mapped("amount_total")), 124.20)
        self.assertEqual(self.points(shirt), (239, 0))
        offered = ticket.action_new_return_request()["context"]["default_line_ids"]
        self.assertEqual([row[2]["sale_line_id"] for row in offered], buds.ids)
        third = self.as_role("agent", self.env["return.request"]).create(
            {
                "sale_order_id": shirt.order_id.id,
                "reason_id": self.reason.id,
                "line_ids": [
                    Command.create({"sale_line_id": shirt.id, "qty_requested": 1})
                ],
            }
        )
        with self.assertRaises(UserError):
            third.action_submit()
        self.assertEqual(third.state, "draft")
        self.assertEqual(shirt.qty_delivered, 0)
        kept = sum(shirt.order_id.invoice_ids.mapped("amount_total_signed"))
        self.assertAlmostEqual(kept, 239.20, places=2)

    def test_points_are_released_when_the_window_closes(self):
        shirt = self.line(SHIRT)
        release = self.env["loyalty.points.entry"]._cron_release
        with freeze_time("2026-11-11 15:59:00"):
            release()
            self.assertEqual(self.points(shirt), (363, 0))
        with freeze_time("2026-11-11 16:00:00"):
            release()
            self.assertEqual(self.points(shirt), (0, 363))

    def paid_online(self):
        """Return an order of two shirts, paid by the demo provider and delivered."""
        shirt = self.env["product.product"].search([("default_code", "=", "TEE-M")])
        order = self.env["sale.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "王小雨"}).id,
                "company_id": self.company.id,
                "order_line": [
                    Command.create({"product_id": shirt.id, "product_uom_qty": 2})
                ],
            }
        )
        payment = shop.pay_online(self.env, self.company, order)
        self.assertEqual(order.state, "sale")
        order.picking_ids.move_ids.write({"quantity": 2, "picked": True})
        order.picking_ids._action_done()
        if order.invoice_status == "to invoice":
            order._create_invoices().action_post()
        order.order_line.return_received_at = "2026-11-05 08:00:00"
        return order, payment

    def test_an_order_paid_online_is_refunded_through_its_provider(self):
        order, payment = self.paid_online()
        half = order.amount_total / 2
        request = self.returned(self.ticket(order.order_line), order.order_line, 1)
        refund = request.sudo().refund_ids
        self.assertEqual((refund.tender, refund.amount), ("online", half))
        self.env["return.refund"]._cron_send()
        self.assertEqual((refund.state, request.state), ("confirmed", "done"))
        child = payment.child_transaction_ids
        self.assertEqual((child.state, child.amount), ("done", -half))
        self.env["return.refund"]._cron_send()
        self.assertEqual(len(payment.child_transaction_ids), 1)
        note = request.sudo().credit_note_ids
        self.assertIn(note.payment_state, ("paid", "in_payment"))
