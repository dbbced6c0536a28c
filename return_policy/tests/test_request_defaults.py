"""What a context or a hidden field says never gets into the records of returns."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestRequestDefaults(ReturnCase):
    def _vals(self, order, **line):
        sold = order.order_line[:1]
        return {
            "sale_order_id": order.id,
            "reason_id": self.reason.id,
            "line_ids": [(0, 0, {"sale_line_id": sold.id, "qty_requested": 1, **line})],
        }

    def _with_defaults(self, records, **values):
        """Return records in the context which somebody sends with a call."""
        return records.with_context(
            **{f"default_{name}": value for name, value in values.items()}
        )

    def test_no_default_makes_an_offer_that_nobody_has_agreed_to(self):
        self.company.write({"return_agent_max": 10, "return_lead_max": 10})
        requests = self.env["return.request"].with_user(self.agent)
        request = self._with_defaults(
            requests, state="needs_info", offer_state="open", asked_at="2020-01-01"
        ).create(self._vals(self._order(), amount_agreed=90))
        self.assertEqual((request.state, request.offer_state), ("draft", "none"))
        self.assertFalse(request.asked_at)
        with self.assertRaises(UserError), self.cr.savepoint():
            request.action_offer_accepted("The buyer says yes")
        self.assertEqual(request.state, "draft")

    def test_what_people_fill_in_may_have_a_default(self):
        order = self._order()
        requests = self.env["return.request"].with_user(self.agent)
        request = self._with_defaults(
            requests, sale_order_id=order.id, note="Too dark", name="RR1"
        ).create({})
        self.assertEqual((request.sale_order_id, request.note), (order, "Too dark"))
        self.assertNotEqual(request.name, "RR1")

    def test_no_default_settles_or_frees_a_line(self):
        order = self._order()
        request = (
            self.env["return.request"]
            .with_user(self.agent)
            .create({"sale_order_id": order.id, "reason_id": self.reason.id})
        )
        line = self._with_defaults(
            self.env["return.request.line"].with_user(self.agent),
            is_settled=True,
            is_short=True,
            qty_settled=1,
            inspected_at="2026-01-01",
            qty_approved=50,
        ).create(
            {
                "request_id": request.id,
                "sale_line_id": order.order_line.id,
                "qty_requested": 1,
            }
        )
        self.assertFalse(
            line.is_settled or line.is_short or line.qty_settled or line.inspected_at
        )
        self.assertEqual(line.qty_approved, 1)

    def test_no_default_pays_a_refund_or_silences_a_notice(self):
        self._policy(auto_approve=True, refund_on="approval")
        order = self._order(pay=False)
        self._pay_online(order)
        request = self.env["return.request"].with_user(self.agent)
        request = request.create(self._vals(order))
        self._with_defaults(
            request, state="confirmed", sent_at="2026-01-01", is_auto=True
        ).action_submit()
        known = request.sudo()
        self.assertEqual(known.refund_ids.mapped("state"), ["queued"])
        notices = self.env["return.notice"].search([("request_id", "=", request.id)])
        self.assertTrue(notices)
        self.assertFalse(any(notices.mapped("sent_at")))
        submitted = known.log_ids.filtered(lambda entry: entry.event == "submitted")
        self.assertFalse(submitted.is_auto)

    def test_an_open_offer_takes_no_other_lines(self):
        lamp, shade = self.product, self._product("Shade", 30)
        order = self._order((lamp, 1), (shade, 1))
        lines = self.env["return.request.line"].with_user(self.agent)
        request = self.env["return.request"].with_user(self.agent)
        request = request.create(self._vals(order, amount_agreed=5))
        request.action_submit()
        request.action_offer()
        self.assertEqual(request.offer_state, "open")
        other = {"sale_line_id": order.order_line[1].id, "qty_requested": 1}
        with self.assertRaises(UserError), self.cr.savepoint():
            lines.create({**other, "request_id": request.id, "amount_agreed": 30})
        draft = request.create({"sale_order_id": order.id, "reason_id": self.reason.id})
        line = lines.create({**other, "request_id": draft.id, "amount_agreed": 30})
        with self.assertRaises(UserError), self.cr.savepoint():
            line.request_id = request
        self.assertEqual(request.line_ids.sale_line_id, order.order_line[0])
        self.assertEqual(request.amount_offered, 5)

    def test_sellers_do_not_say_what_was_given_back_before_billing(self):
        seller = new_test_user(
            self.env,
            "defaults_sales",
            groups="sales_team.group_sale_salesman_all_leads",
        )
        order = self._order()
        line = order.order_line.with_user(seller)
        vals = {"order_id": order.id, "product_id": self.product.id}
        calls = (
            lambda: line.write({"return_unbilled": 1000}),
            lambda: line.create({**vals, "return_unbilled": 1000}),
            lambda: self._with_defaults(line, return_unbilled=1000).create(vals),
        )
        for call in calls:
            with self.assertRaises(AccessError), self.cr.savepoint():
                call()
        self.assertEqual(order.order_line.return_unbilled, 0)
        self.assertEqual(line.create(vals).return_unbilled, 0)

    def test_the_words_of_a_buyer_stay_as_they_were_sent(self):
        order = self._order()
        buyers = self.env["return.request"]
        request = buyers.create({**self._vals(order), "is_buyer_ask": True})
        request.note = "It does not shine."
        request.action_submit()
        with self.assertRaises(UserError), self.cr.savepoint():
            request.with_user(self.agent).note = "It shines."
        self.assertEqual(request.note, "It does not shine.")
        own = self._request(self._order(), 1, note="On the phone: too dark.")
        own.note = "On the phone: too bright."
        self.assertEqual(own.note, "On the phone: too bright.")

    def test_nobody_says_by_hand_which_moves_extra_goods_made(self):
        request = self._approved(self._order(), 1)
        self._receive(request)
        items = self.env["return.extra.item"].with_user(self.keeper)
        vals = {"request_id": request.id, "product_id": self.product.id}
        with self.assertRaises(AccessError), self.cr.savepoint():
            items.create({**vals, "is_done": True})
        item = self._with_defaults(items, is_done=True, **vals).create({"quantity": 1})
        self.assertFalse(item.is_done)
        came = item.sudo().arrival_move_id
        other = request.sudo().picking_ids.move_ids
        for user in (self.keeper, self.agent):
            for name in ("arrival_move_id", "leaving_move_id"):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    item.with_user(user).write({name: other.id})
        self.assertEqual(item.sudo().arrival_move_id, came)
        self.assertFalse(item.sudo().leaving_move_id)
        item.with_user(self.agent).disposition = "restock"
        item.with_user(self.agent).action_settle()
        self.assertTrue(item.is_done)

    def test_rows_of_an_inspection_stay_with_their_request(self):
        order = self._order()
        request, other = self._approved(order, 1), self._approved(order, 1)
        request.with_user(self.keeper).action_open_inspection()
        unit = request.sudo().line_ids.unit_ids.with_user(self.keeper)
        for vals in ({"request_id": other.id}, {"company_id": False}):
            with self.assertRaises(AccessError), self.cr.savepoint():
                unit.write(vals)
        self.assertEqual(unit.sudo().request_id, request.sudo())
