"""Answers line by line: approve some, refuse some, approve less than was asked."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestRequestAnswers(ReturnCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cup = cls._product("Cup", 30.0)

    def _asked(self):
        """Return a submitted request for two lamps and two cups, and its lines."""
        order = self._order((self.product, 2), (self.cup, 2))
        request = self._request(order)
        return request, *request.line_ids

    def _events(self, line):
        entries = line.request_id.sudo().log_ids.filtered(lambda e: e.line_id == line)
        return [(entry.event, entry.reason) for entry in entries.sorted("id")]

    def _unchanged(self, request, action, error=UserError):
        with self.assertRaises(error), self.cr.savepoint():
            action()
        self.env.invalidate_all()
        self.assertEqual(request.state, "submitted")
        self.assertFalse(request.sudo().picking_ids)
        self.assertFalse(any(request.line_ids.mapped("is_refused")))

    def test_one_line_is_approved_and_one_refused(self):
        request, lamp, cup = self._asked()
        self.assertEqual(request.amount_total, 260)
        cup.write({"answer": "refuse", "answer_reason": "Used"})
        self.assertEqual((request.amount_total, cup.qty_held), (200, 2))
        request.action_approve()
        self.assertEqual(request.state, "approved")
        self.assertRecordValues(
            lamp | cup,
            [
                {"is_refused": False, "qty_approved": 2, "qty_held": 2, "amount": 200},
                {"is_refused": True, "qty_approved": 0, "qty_held": 0, "amount": 0},
            ],
        )
        self.assertEqual(request.sudo().picking_ids.move_ids.product_id, self.product)
        self.assertEqual(cup.sudo().sale_line_id.qty_returnable, 2)
        self.assertEqual(self._events(lamp)[1:], [("approved", False)])
        self.assertEqual(self._events(cup)[1:], [("refused", "Used")])
        bodies = "".join(request.message_ids.mapped("body"))
        self.assertIn("Approved; Cup refused: Used", bodies)

    def test_what_is_refused_pays_nothing_and_holds_nothing_up(self):
        request, lamp, cup = self._asked()
        cup.write({"answer": "refuse", "answer_reason": "Used"})
        request.action_approve()
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        self.assertEqual(request.sudo().credit_note_ids.amount_total, 200)
        self.assertEqual((lamp.qty_settled, cup.qty_settled), (2, 0))
        self.assertFalse(cup.is_settled)
        request.sudo().refund_ids._move_to("sent")
        request.sudo().refund_ids.with_user(self.lead).action_confirm("77")
        self.assertEqual((request.state, request.money_state), ("done", "confirmed"))
        again = self._request(request.sale_order_id, submit=False)
        self.assertEqual(sum(again.line_ids.mapped("qty_requested")), 2)

    def test_less_is_approved_than_was_asked_for(self):
        request, lamp, _cup = self._asked()
        lamp.qty_approved = 1
        self.assertEqual(request.amount_total, 160)
        self._unchanged(request, request.action_approve)
        lamp.answer_reason = "One is worn"
        request.action_approve()
        self.assertEqual((lamp.qty_approved, lamp.qty_held, lamp.amount), (1, 1, 100))
        moves = request.sudo().picking_ids.move_ids
        self.assertEqual(
            {move.product_id: move.product_uom_qty for move in moves},
            {self.product: 1, self.cup: 2},
        )
        self.assertEqual(self._events(lamp)[1:], [("approved", "One is worn")])
        self.assertEqual(lamp.sudo().sale_line_id.qty_returnable, 1)

    def test_a_quantity_lies_between_nothing_and_what_was_asked_for(self):
        request, lamp, _cup = self._asked()
        for quantity in (-1, 0, 2.5, 3):
            with (
                self.subTest(quantity),
                self.assertRaises(ValidationError),
                self.cr.savepoint(),
            ):
                lamp.qty_approved = quantity
        self.env.invalidate_all()
        self.assertEqual(lamp.qty_approved, 2)
        request.action_need_info("One or two?")
        lamp.qty_requested = 1
        self.assertEqual(lamp.qty_approved, 1)

    def test_a_refusal_of_every_line_refuses_the_request(self):
        request, lamp, cup = self._asked()
        lines = lamp | cup
        lines.answer = "refuse"
        self._unchanged(request, request.action_approve)
        lines.answer_reason = "Used"
        request.action_approve()
        self.assertEqual(request.state, "refused")
        self.assertTrue(request.closed_at)
        self.assertFalse(request.sudo().picking_ids)
        self.assertEqual(lines.mapped("is_refused"), [True, True])
        self.assertEqual(self._events(cup)[1:], [("refused", "Used")])
        self.assertEqual(lamp.sudo().sale_line_id.qty_returnable, 2)
        before = len(request.sudo().log_ids)
        request.action_approve()
        self.assertEqual(
            (request.state, len(request.sudo().log_ids)), ("refused", before)
        )

    def test_an_answer_is_taken_back_before_it_is_carried_out(self):
        request, lamp, cup = self._asked()
        cup.write({"answer": "refuse", "answer_reason": "Used"})
        cup.answer = "approve"
        self.assertEqual(request.amount_total, 260)
        request.action_approve()
        self.assertFalse(cup.is_refused)
        self.assertEqual(self._events(cup)[1:], [("approved", False)])
        for vals in ({"answer": "refuse"}, {"qty_approved": 1}):
            with self.assertRaises(UserError), self.cr.savepoint():
                lamp.write(vals)
        self.env.invalidate_all()
        self.assertEqual((lamp.answer, lamp.qty_approved), ("approve", 2))

    def test_the_policys_own_sentence_is_reason_enough(self):
        request, _lamp, cup = self._asked()
        cup.sudo().write({"verdict": "refused", "verdict_text": "Excluded by art. 6"})
        self.assertTrue(request.has_refused_line)
        self._unchanged(request, request.action_approve, AccessError)
        cup.answer = "refuse"
        self.assertFalse(request.has_refused_line)
        request.action_approve()
        self.assertEqual(request.state, "approved")
        self.assertEqual(self._events(cup)[1:], [("refused", "Excluded by art. 6")])

    def test_an_override_is_logged_where_the_policy_refuses_and_nowhere_else(self):
        request, lamp, cup = self._asked()
        cup.sudo().verdict = "refused"
        request.with_user(self.lead)._override("Regular customer")
        self.assertEqual(self._events(lamp)[1:], [("approved", "Regular customer")])
        self.assertEqual(self._events(cup)[1:], [("override", "Regular customer")])

    def test_a_dialog_asks_for_the_override_of_all_that_was_chosen(self):
        (good, *_lines), (late, *_other) = self._asked(), self._asked()
        late.sudo().line_ids.verdict = "refused"
        both = (good | late).with_user(self.lead)
        action = both.action_approve()
        self.assertEqual(set(both.mapped("state")), {"submitted"})
        dialog = (
            self.env["return.request.reason"]
            .with_user(self.lead)
            .with_context(**action["context"])
            .create({"reason": "Fair"})
        )
        dialog.action_done()
        self.assertEqual(both.mapped("state"), ["approved", "approved"])

    def test_who_may_override_sees_the_button(self):
        request, *_lines = self._asked()
        self.assertFalse(request.with_user(self.agent).may_override)
        self.assertTrue(request.with_user(self.lead).may_override)
        self.company.return_override_by = "manager"
        self.env.invalidate_all()
        self.assertFalse(request.with_user(self.lead).may_override)

    def test_answers_are_the_agents(self):
        request, lamp, _cup = self._asked()
        vals = {"answer": "refuse", "answer_reason": "x"}
        with self.assertRaises(AccessError), self.cr.savepoint():
            lamp.with_user(self.keeper).write(vals)
        with self.assertRaises(AccessError), self.cr.savepoint():
            lamp.with_user(self.agent).write({"is_refused": True})
        draft = self._request(self._order(), 1, submit=False)
        with self.assertRaises(UserError), self.cr.savepoint():
            draft.line_ids.write(vals)
        self.env.invalidate_all()
        self.assertEqual((lamp.answer, request.state), ("approve", "submitted"))

    def test_answers_cost_no_query_for_each_request(self):
        requests = self.env["return.request"].union(
            *(self._request(self._order((self.product, 1))) for _number in range(6))
        )
        lines = requests.line_ids
        lines.write({"answer": "refuse", "answer_reason": "Used"})
        counts = [self._count(lines[:1]), self._count(lines[1:])]
        self.assertEqual(counts[0], counts[1])
        self.assertEqual(lines.mapped("is_refused"), [True] * 6)

    def _count(self, lines):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        lines.sudo()._carry_out_answers()
        self.env.flush_all()
        return self.cr.sql_log_count - before
