from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestClawback(PointsCommon):
    def test_a_full_refund_takes_pending_points_with_it(self):
        order = self._delivered((100, 1))
        note = self._credit(order)
        self.assertEqual(self._balance(), (0, 0))
        claw = self._booked(order, "clawback")
        self.assertEqual(
            (claw.points, claw.bucket, claw.move_id), (-100, "pending", note)
        )
        self.assertEqual(order.points_earned, 0)

    def test_a_draft_credit_note_takes_nothing(self):
        order = self._delivered((100, 1))
        self._credit(order, post=False)
        self.assertEqual(self._balance(), (0, 100))

    def test_a_credit_note_that_fails_after_its_points_moved_leaves_nothing(self):
        order = self._delivered((100, 1))
        note = self._credit(order, post=False)
        entries = self.entries.search_count([])

        def fail(moves):
            moves.env.flush_all()
            raise UserError(str(self.entries.search_count([]) - entries))

        with self.assertRaisesRegex(UserError, "^1$"), self.env.cr.savepoint():
            self.patch(self.registry["account.move"], "_points_tell_debts", fail)
            note.action_post()
        self.assertEqual((note.state, self._balance()), ("draft", (0, 100)))
        self.assertEqual(self.entries.search_count([]), entries)
        self.patch(self.registry["account.move"], "_points_tell_debts", lambda _m: None)
        note.action_post()
        self.assertEqual(self._balance(), (0, 0))

    def test_a_credit_note_posted_twice_takes_once(self):
        note = self._credit(self._delivered((100, 2)), 1)
        with self.assertRaises(UserError):
            note.action_post()
        note.sudo().invoice_line_ids.sale_line_ids._points_take_back(note.sudo())
        self.assertEqual(self._balance(), (0, 100))

    def test_a_posted_document_that_is_deleted_leaves_no_trace_in_the_balance(self):
        order = self._delivered((100, 2))
        note = self._credit(order, 1)
        note.with_context(force_delete=True).unlink()
        self.assertEqual(self._balance(), (0, 200))
        self.assertEqual(order.points_earned, 200)
        self.program.sudo().points_earn_at = "invoice"
        billed = self._delivered((30, 1))
        self._invoice(billed).with_context(force_delete=True).unlink()
        self.assertEqual((self._balance(), billed.points_earned), ((0, 200), 0))

    def test_taxes_in_the_price_are_part_of_what_is_taken(self):
        self.product.taxes_id = self.env["account.tax"].create(
            {
                "name": "21 % inside",
                "amount": 21,
                "price_include_override": "tax_included",
                "type_tax_use": "sale",
            }
        )
        order = self.env["sale.order"].create(
            {
                "partner_id": self.buyer.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "price_unit": 33.33,
                            "product_uom_qty": 3,
                        }
                    )
                ],
            }
        )
        order.action_confirm()
        self._deliver(order)
        self.assertEqual((order.amount_total, self._balance()), (99.99, (0, 99)))
        for kept in (66, 33, 0):
            self._credit(order, 1)
            self.assertEqual(self._balance(), (0, kept))

    def test_partial_refunds_take_exactly_the_whole(self):
        order = self._delivered((33.34, 3))
        for kept in (66, 33, 0):
            self._credit(order, 1)
            self.assertEqual(self._balance(), (0, kept))

    def test_a_refund_of_part_of_the_price_takes_its_share(self):
        order = self._delivered((100, 1))
        note = self._credit(order, post=False)
        note.invoice_line_ids.price_unit = 12.5
        note.action_post()
        self.assertEqual(self._balance(), (0, 87))

    def test_several_credit_notes_posted_at_once_are_told_apart(self):
        order = self._delivered((100, 4))
        invoice = self._invoice(order)
        notes = self._credit(order, 1, post=False, invoice=invoice)
        notes += self._credit(order, 2, post=False, invoice=invoice)
        notes._post()
        taken = {claw.move_id: claw.points for claw in self._booked(order, "clawback")}
        self.assertEqual(taken, {notes[0]: -100, notes[1]: -200})
        self.assertEqual(self._balance(), (0, 100))

    def test_refunding_what_was_not_delivered_takes_nothing(self):
        order = self._order((10, 10))
        self._deliver(order, 5)
        self._credit(order, 5)
        self.assertEqual(self._balance(), (0, 50))

    def test_refunding_goods_invoiced_on_delivery_takes_their_points(self):
        self.product.invoice_policy = "delivery"
        order = self._order((10, 10))
        self._deliver(order, 5)
        self._credit(order, 1)
        self.assertEqual(self._balance(), (0, 40))
        self._deliver(order, 5)
        self.assertEqual(self._balance(), (0, 90))

    def test_what_was_refunded_before_the_delivery_is_not_earned(self):
        order = self._order((10, 10))
        self._credit(order, 2)
        self._deliver(order)
        self.assertEqual(self._balance(), (0, 80))

    def test_released_points_are_taken_from_the_balance(self):
        order = self._released((100, 1))
        self._delivered((40, 1))
        self._credit(order)
        self.assertEqual(self._balance(), (0, 40))
        self.assertEqual(self._booked(order, "clawback").bucket, "available")
        self.assertEqual(
            sorted(
                self._card().history_ids.mapped(lambda line: line.issued - line.used)
            ),
            [-100, 100],
        )

    def test_points_already_spent_make_a_debt_which_the_next_points_repay(self):
        order = self._released((100, 1))
        self._card().sudo().points = 30
        self._credit(order)
        self.assertEqual(self._balance(), (-70, 0))
        self._released((90, 1))
        self.assertEqual(self._balance(), (20, 0))
        open_lots = self.entries.search([("remaining", "!=", 0)])
        self.assertEqual(open_lots.mapped("remaining"), [20])

    def test_a_program_may_stop_at_zero_and_note_the_rest(self):
        self.program.points_negative = "zero"
        order = self._released((100, 1))
        self._card().sudo().points = 30
        note = self._credit(order)
        self.assertEqual(self._balance(), (0, 0))
        claws = self._booked(order, "clawback")
        self.assertEqual(sum(claws.mapped("points")), -30)
        self.assertEqual(sum(claws.mapped("shortfall")), 70)
        note.button_draft()
        self.assertEqual(self._balance(), (30, 0))
        self.assertEqual(order.points_earned, 100)

    def test_what_stopped_at_zero_is_not_asked_for_again(self):
        self.program.points_negative = "zero"
        order = self._released((50, 2))
        self._card().sudo().points = 0
        self._credit(order, 1)
        self._released((80, 1))
        self._credit(order, 1)
        self.assertEqual(self._balance(), (30, 0))

    def test_reopening_a_credit_note_undoes_what_it_took(self):
        order = self._delivered((100, 2))
        note = self._credit(order, 1)
        note.button_draft()
        self.assertEqual(self._balance(), (0, 200))
        claw, undo = self._booked(order, "clawback")
        self.assertEqual(
            (undo.reverses_id, undo.points, undo.bucket), (claw, 100, "pending")
        )
        self.assertEqual(undo.available_on, self._booked(order, "earn").available_on)
        note.action_post()
        self.assertEqual(self._balance(), (0, 100))
        note.button_cancel()
        self.assertEqual(self._balance(), (0, 200))
        note.button_draft()
        self.assertEqual(self._balance(), (0, 200))
        self._pass_time(order.order_line)
        self.assertEqual(self._balance(), (200, 0))

    def test_an_undone_credit_note_repays_the_debt_it_made(self):
        order = self._released((100, 1))
        self._card().sudo().points = 0
        note = self._credit(order)
        self.assertEqual(self._balance(), (-100, 0))
        note.button_draft()
        self.assertEqual(self._balance(), (0, 0))

    def test_a_cancelled_order_keeps_nothing(self):
        order = self._delivered((100, 1))
        order._action_cancel()
        self.assertEqual(self._balance(), (0, 0))
        order.action_draft()
        order.action_confirm()
        self.assertEqual(self._balance(), (0, 100))

    def test_a_credit_note_without_order_lines_touches_nothing(self):
        self._delivered((100, 1))
        note = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": self.buyer.id,
                "invoice_line_ids": [
                    Command.create({"name": "Sorry", "price_unit": 9})
                ],
            }
        )
        note.action_post()
        self.assertEqual(self._balance(), (0, 100))

    def test_the_refund_takes_points_at_the_rate_first_given(self):
        order = self._delivered((10, 2))
        self.program.points_per_unit = 9
        self._credit(order, 1)
        self.assertEqual(self._balance(), (0, 10))

    def test_queries_do_not_grow_with_the_number_of_lines(self):
        self._count_claw(1)
        self.assertEqual(self._count_claw(40), self._count_claw(4))

    def _count_claw(self, number):
        order = self._delivered(*[(10, 1)] * number)
        self._invoice(order)
        self.program.points_ledger = False
        note = self._credit(order)
        self.program.points_ledger = True
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        order.order_line.sudo()._points_take_back(note.sudo())
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
