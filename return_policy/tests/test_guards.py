"""What must never happen, and what bad input says: an error, and nothing changed."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestGuards(ReturnCase):
    def _assert_untouched(self, request, state="submitted"):
        self.env.invalidate_all()
        self.assertEqual(request.state, state)
        self.assertFalse(request.sudo().picking_ids)
        self.assertFalse(request.sudo().credit_note_ids)
        self.assertFalse(request.sudo().refund_ids)

    def _refuses(self, step, words, error=UserError):
        with self.assertRaisesRegex(error, words), self.cr.savepoint():
            step()

    def test_no_quantity_is_refused(self):
        request = self._request(self._order(), submit=False)
        request.line_ids.qty_requested = 0
        self._refuses(request.action_submit, "quantity above 0")
        self._assert_untouched(request, "draft")

    def test_more_than_was_delivered_is_refused(self):
        request = self._request(self._order(), 3, submit=False)
        self._refuses(request.action_submit, "3 asked for, but only 2")
        self._assert_untouched(request, "draft")

    def test_lines_of_one_order_are_never_paid_over_another(self):
        order, other = self._order(), self._order((self._product("Desk", 500), 1))
        request = self._request(order, 1, submit=False)
        self._refuses(
            lambda: request.write({"sale_order_id": other.id}),
            "not a line of order",
            ValidationError,
        )
        self.assertEqual(request.sale_order_id, order)
        sold = {"sale_line_id": other.order_line.id, "qty_requested": 1}
        commands = [(5,), (0, 0, sold)]
        request.write({"sale_order_id": other.id, "line_ids": commands})
        self.assertEqual(request.line_ids.sale_line_id.order_id, other)

    def test_a_credit_note_of_a_return_is_not_deleted(self):
        request = self._inspected(self._order(), 1)
        note = request.sudo().credit_note_ids
        clerk = new_test_user(
            self.env, "guard_books", groups="account.group_account_manager"
        )
        note.with_user(clerk).button_draft()
        self._refuses(note.with_user(clerk).unlink, request.name)
        self.assertTrue(note.exists())
        note.with_user(clerk).action_post()
        self.assertEqual(note.state, "posted")

    def test_nothing_delivered_nothing_comes_back(self):
        order = self._order(deliver=False)
        request = self._request(order, 3, submit=False)
        self._refuses(request.action_submit, "only 2 has not left")
        request.line_ids.qty_requested = 1
        request.action_submit()
        self.assertTrue(request.line_ids.is_unshipped)
        self.assertFalse(request.sudo().picking_ids)

    def test_open_requests_take_from_what_can_be_returned(self):
        order = self._order()
        self._request(order, 1)
        second = self._request(order, 2, submit=False)
        self._refuses(second.action_submit, "2 asked for, but only 1")
        second.line_ids.qty_requested = 1
        second.action_submit()
        self.assertEqual(second.state, "submitted")
        self.assertEqual(order.order_line.qty_returnable, 0)

    def test_a_return_by_core_takes_from_what_can_be_returned(self):
        order = self._order()
        wizard = (
            self.env["stock.return.picking"]
            .with_context(active_id=order.picking_ids.id, active_model="stock.picking")
            .create({})
        )
        wizard.product_return_moves.quantity = 2
        wizard.action_create_returns()
        request = self._request(order, 1, submit=False)
        self._refuses(request.action_submit, "only 0 can still")

    def test_refused_and_cancelled_requests_give_the_quantity_back(self):
        order = self._order()
        self._request(order, 2).action_refuse("worn")
        self._request(order, 2).action_cancel()
        self.assertEqual(self._request(order, 2).state, "submitted")

    def test_what_was_refunded_without_return_is_not_returned_again(self):
        order = self._order()
        self._approved(order, 2, line_vals={"remedy": "refund_only"})
        again = self._request(order, 1, submit=False)
        self._refuses(again.action_submit, "only 0 can still")

    def test_a_credit_note_by_hand_counts(self):
        order = self._order((self.product, 1))
        order.invoice_ids._reverse_moves([{"invoice_date": fields.Date.today()}])
        request = self._request(order, 1, submit=False)
        self._refuses(request.action_submit, "100.00 in credit notes made by hand")
        self._assert_untouched(request, "draft")

    def test_a_credit_note_by_hand_cannot_come_on_top(self):
        order = self._order((self.product, 1))
        request = self._inspected(order)
        credit = order.invoice_ids.filtered(
            lambda move: move.move_type == "out_invoice"
        )._reverse_moves([{"invoice_date": fields.Date.today()}])
        self._refuses(credit.action_post, "More would be given back")
        self.assertEqual(credit.state, "draft")
        self.assertEqual(len(request.sudo().refund_ids), 1)

    def test_a_closed_period_is_named_and_nothing_is_booked(self):
        order = self._order()
        request = self._request(order, 1, line_vals={"remedy": "refund_only"})
        self.company.sale_lock_date = fields.Date.today() + timedelta(days=3)
        override = request.with_user(self.lead)._override
        self._refuses(lambda: override("goodwill"), "closed period.*Sales Lock Date")
        self._assert_untouched(request)

    def test_a_closed_period_never_stops_the_goods(self):
        request = self._approved(self._order(), 1)
        self._receive(request)
        self.company.sale_lock_date = fields.Date.today() + timedelta(days=3)
        request.with_user(self.keeper).action_inspect()
        self.assertEqual(request.goods_state, "inspected")
        self.assertEqual(request.money_state, "due")
        self.assertEqual(request.next_action, "settle")
        self.assertIn("closed period", request.settle_error)
        self.assertFalse(request.sudo().credit_note_ids)
        self.company.sale_lock_date = False
        request.with_user(self.agent).action_settle()
        self.assertFalse(request.settle_error)
        self.assertEqual(request.sudo().refund_ids.amount, 100)

    def test_an_archived_product_can_still_be_returned(self):
        order = self._order()
        order.order_line.product_id.action_archive()
        request = self._inspected(order, 1)
        self.assertEqual(request.sudo().refund_ids.amount, 100)

    def test_a_cancelled_order_has_no_returns(self):
        order = self._order()
        request = self._request(order, submit=False)
        order._action_cancel()
        self._refuses(request.action_submit, "not a confirmed order")
        self._assert_untouched(request, "draft")

    def test_an_order_with_open_returns_is_not_cancelled(self):
        order = self._order()
        self._request(order, 1)
        self._refuses(order._action_cancel, "open return requests")
        self.assertEqual(order.state, "sale")

    def test_a_missing_or_archived_quarantine_is_named(self):
        request = self._request(self._order(), 1)
        self.warehouse.return_location_id.active = False
        self._refuses(request.action_approve, "no .active. quarantine location")
        self._assert_untouched(request)
        self.warehouse.return_location_id = False
        self._refuses(request.action_approve, "no .active. quarantine location")
        self._assert_untouched(request)

    def test_a_line_of_another_order_is_refused(self):
        order, other = self._order(), self._order()
        self._refuses(
            lambda: self._request(
                order, 1, line_vals={"sale_line_id": other.order_line.id}
            ),
            f"not a line of order {order.name}",
            ValidationError,
        )

    def test_every_button_twice_does_its_work_once(self):
        order = self._order()
        request = self._request(order, 1)
        request.action_submit()
        self.assertEqual(request.state, "submitted")
        request.action_approve()
        request.action_approve()
        self.assertEqual(len(request.sudo().picking_ids), 1)
        self._receive(request)
        for _click in range(2):
            request.with_user(self.keeper).action_inspect()
            request.with_user(self.agent).action_settle()
        self.assertEqual(len(request.sudo().credit_note_ids), 1)
        self.assertEqual(len(request.sudo().refund_ids), 1)
        logged = request.sudo().log_ids.mapped("event")
        self.assertEqual(
            sorted(logged), ["approved", "inspected", "settled", "submitted"]
        )

    def test_a_settled_request_is_not_cancelled(self):
        request = self._inspected(self._order(), 1)
        self._refuses(
            request.with_user(self.agent).action_cancel, "Goods have come back"
        )
        self.assertEqual(request.state, "approved")

    def test_cancelling_an_approved_request_cancels_its_transfer(self):
        order = self._order()
        request = self._approved(order, 1)
        request.with_user(self.agent).action_cancel()
        self.assertEqual(request.sudo().picking_ids.state, "cancel")
        self.assertEqual(order.order_line.qty_returnable, 2)

    def test_steps_alone_write_what_they_decide(self):
        request = self._request(self._order(), 1)
        for vals in ({"state": "approved"}, {"refund_on": "approval"}):
            self._refuses(lambda vals=vals: request.write(vals), "by hand", AccessError)
        for vals in ({"amount": 5}, {"verdict": "allowed"}, {"qty_settled": 9}):
            self._refuses(
                lambda vals=vals: request.line_ids.write(vals), "by hand", AccessError
            )
        self._refuses(lambda: request.line_ids.write({"qty_requested": 2}), "To review")
        self.assertEqual(request.line_ids.qty_requested, 1)

    def test_the_log_is_never_changed(self):
        log = self._request(self._order(), 1).sudo().log_ids
        self._refuses(lambda: log.write({"reason": "x"}), "never changed")
        self._refuses(log.unlink, "never deleted")
        self.assertEqual(log.event, "submitted")
