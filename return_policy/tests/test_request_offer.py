"""Partial refunds offered: sent, accepted, declined, offered anew."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import Form, tagged

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestRequestOffer(ReturnCase):
    def _offered(self, amount=30, quantity=1, **vals):
        """Return a request whose buyer was offered an amount for its first line."""
        request = self._request(self._order(), quantity, **vals)
        request.line_ids[0].amount_agreed = amount
        request.action_offer()
        self.assertEqual((request.state, request.offer_state), ("needs_info", "open"))
        return request

    def _events(self, request):
        entries = request.sudo().log_ids.sorted("id")
        return [(entry.event, entry.reason) for entry in entries]

    def _refused(self, request, action, error=UserError):
        """Check that an action raises and changes nothing."""
        before = request.sudo().read(["state", "offer_state", "amount_offered"])
        with self.assertRaises(error), self.cr.savepoint():
            action()
        self.env.invalidate_all()
        now = request.sudo().read(["state", "offer_state", "amount_offered"])
        self.assertEqual(now, before)

    def test_an_accepted_offer_is_approved_and_settled_at_once(self):
        request = self._offered()
        line = request.line_ids
        self.assertEqual((line.remedy, line.qty_held), ("return_refund", 1))
        self.assertEqual(request.next_action, "offer")
        request.action_offer_accepted("By phone")
        self.assertEqual((request.state, request.offer_state), ("approved", "accepted"))
        self.assertRecordValues(
            line,
            [
                {
                    "remedy": "partial_refund",
                    "amount": 30,
                    "qty_held": 0,
                    "is_settled": True,
                }
            ],
        )
        self.assertEqual((request.goods_state, request.money_state), ("none", "queued"))
        self.assertFalse(request.sudo().picking_ids)
        self.assertEqual(request.sudo().credit_note_ids.amount_total, 30)
        self.assertEqual(request.sudo().refund_ids.amount, 30)
        self.assertEqual(line.sudo().sale_line_id.qty_returnable, 2)
        self.assertEqual(
            self._events(request),
            [
                ("submitted", False),
                ("offered", False),
                ("offer_accepted", "By phone"),
                ("approved", False),
                ("settled", False),
            ],
        )

    def test_what_is_left_comes_back_for_what_is_left_of_its_price(self):
        request = self._offered(quantity=2)
        request.action_offer_accepted("By phone")
        later = self._inspected(request.sale_order_id, 2)
        self.assertEqual(later.sudo().credit_note_ids.amount_total, 170)

    def test_a_declined_offer_leaves_what_was_asked_for(self):
        request = self._offered()
        request.action_offer_declined("Too little")
        line = request.line_ids
        self.assertEqual(
            (request.state, request.offer_state, request.next_action),
            ("submitted", "declined", "review"),
        )
        self.assertEqual((line.remedy, line.amount_agreed), ("return_refund", 0))
        log = request.sudo().log_ids.sorted("id")[-1]
        self.assertEqual(log.inputs["amount_agreed"], 30)
        request.action_approve()
        self.assertEqual((request.state, request.goods_state), ("approved", "awaiting"))

    def test_another_offer_follows_a_declined_one(self):
        request = self._offered()
        request.action_offer_declined("Too little")
        request.line_ids.agreed_percent = 45
        self.assertEqual(request.amount_offered, 45)
        request.action_offer()
        request.action_offer_accepted("By mail")
        self.assertEqual(request.amount_total, 45)

    def test_the_dialog_takes_an_amount_or_a_percentage(self):
        request = self._request(self._order(), 2)
        action = request.action_open_offer()
        form = Form(request, view=action["views"][0][0])
        with form.line_ids.edit(0) as line:
            self.assertEqual(line.price_paid, 200)
            line.agreed_percent = 15
            self.assertEqual(line.amount_agreed, 30)
            line.amount_agreed = 33.33
        form.save()
        self.assertEqual(request.amount_offered, 33.33)
        request.action_offer()
        request.action_offer_accepted("By phone")
        self.assertEqual(request.line_ids.amount_agreed, 33.33)
        self.assertEqual(request.sudo().credit_note_ids.amount_total, 33.33)

    def test_nothing_is_offered_for_nothing_or_above_what_is_left(self):
        order = self._order()
        request = self._request(order, 1)
        self._refused(request, request.action_offer)
        request.line_ids.amount_agreed = 200
        request.action_offer()
        request.action_offer_declined("Taken back")
        self._request(order, 1)
        for amount, fits in ((100.01, False), (100, True)):
            request.line_ids.amount_agreed = amount
            if fits:
                request.action_offer()
            else:
                self._refused(request, request.action_offer)
        self.assertEqual(request.offer_state, "open")

    def test_an_open_offer_is_not_changed_under_the_buyers_eyes(self):
        request = self._offered()
        line = request.line_ids
        for vals in (
            {"amount_agreed": 10},
            {"qty_requested": 2},
            {"answer": "refuse"},
            {"remedy": "exchange"},
        ):
            self._refused(request, lambda vals=vals: line.write(vals))
        for step in (
            request.action_submit,
            request.action_approve,
            lambda: request.action_answer("Hm"),
            lambda: request.sudo()._answer_info("Hm"),
        ):
            self._refused(request, step)
        self.assertFalse(request.is_editable)
        self.assertEqual(line.amount_agreed, 30)

    def test_answers_to_an_offer_count_once(self):
        request = self._offered()
        request.action_offer()
        request.action_offer_accepted("By phone")
        request.action_offer_accepted("By phone")
        self._refused(request, lambda: request.action_offer_declined("No"))
        self.assertEqual(len(request.sudo().credit_note_ids), 1)
        other = self._offered()
        other.action_offer_declined("No")
        other.action_offer_declined("No")
        self._refused(other, lambda: other.action_offer_accepted("Yes"))
        self._refused(other, lambda: other.sudo()._accept_offer("Yes"))
        self.assertEqual(len(other.sudo().log_ids), 3)

    def test_the_other_answers_hold_when_the_buyer_accepts(self):
        order = self._order((self.product, 1), (self._product("Cup", 30.0), 1))
        request = self._request(order)
        lamp, cup = request.line_ids
        lamp.amount_agreed = 20
        cup.answer = "refuse"
        self._refused(request, request.action_offer)
        cup.answer_reason = "Used"
        request.action_offer()
        request.sudo()._accept_offer("Portal")
        self.assertEqual((lamp.remedy, cup.is_refused), ("partial_refund", True))
        self.assertEqual(request.sudo().credit_note_ids.amount_total, 20)

    def test_an_offer_against_the_policy_needs_the_role_and_a_reason(self):
        order = self._order()
        order.order_line.return_received_at = fields.Datetime.now() - timedelta(60)
        request = self._request(order, 1)
        request.line_ids.amount_agreed = 30
        self._refused(request, request.action_offer, AccessError)
        action = request.with_user(self.lead).action_offer()
        self.assertEqual(request.offer_state, "none")
        dialog = (
            self.env["return.request.reason"]
            .with_user(self.lead)
            .with_context(**action["context"])
            .create({"reason": "Regular customer"})
        )
        dialog.action_done()
        self.assertEqual(request.offer_state, "open")
        self.assertEqual(self._events(request)[-1], ("offered", "Regular customer"))
        request.action_offer_accepted("By phone")
        self.assertEqual(request.state, "approved")

    def test_a_partial_refund_asked_for_needs_an_amount(self):
        request = self._request(
            self._order(), 1, line_vals={"remedy": "partial_refund"}
        )
        self._refused(request, request.action_approve)
        request.line_ids.amount_agreed = 12.5
        request.action_approve()
        self.assertEqual(request.sudo().credit_note_ids.amount_total, 12.5)

    def test_an_offer_ends_with_its_request(self):
        for step in ("action_cancel", "action_refuse"):
            request = self._offered()
            getattr(request, step)("Too late")
            self.assertEqual(request.offer_state, "none")
            self._refused(request, lambda r=request: r.action_offer_accepted("Yes"))

    def test_others_neither_offer_nor_answer(self):
        request = self._offered()
        portal = self._user("stranger", "base.group_user")
        for user in (self.keeper, portal):
            for step in (
                "action_offer",
                "action_open_offer",
                "action_offer_accepted",
                "action_offer_declined",
            ):
                self._refused(
                    request,
                    lambda s=step, u=user: getattr(request.with_user(u), s)(),
                    AccessError,
                )
        for step in ("_accept_offer", "_decline_offer", "_send_offer", "_answer_info"):
            self._refused(
                request,
                lambda s=step: call_kw(
                    self.env["return.request"].with_user(self.lead),
                    s,
                    [request.ids, "x"],
                    {},
                ),
                AccessError,
            )
