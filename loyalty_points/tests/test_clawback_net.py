from odoo.tests import tagged

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestClawbackNet(PointsCommon):
    """A program that deducts spent points from refunds."""

    def setUp(self):
        super().setUp()
        self.program.points_negative = "net"
        self.order = self._released((100, 1))
        self._card().sudo().points = 30

    def _said(self, note):
        return [body for body in note.message_ids.mapped("body") if "points" in body]

    def test_a_credit_note_by_hand_books_the_debt_and_says_so(self):
        self.assertEqual(self.program.points_value, 0.1)
        note = self._credit(self.order)
        self.assertEqual(note.amount_total, 100)
        self.assertEqual(self._balance(), (-70, 0))
        (said,) = self._said(note)
        self.assertIn("70 refunded points of Buyer were spent before", said)
        self.assertIn("7.00", said)

    def test_a_credit_note_that_leaves_no_debt_says_nothing(self):
        self._card().sudo().points = 100
        note = self._credit(self.order)
        self.assertEqual(self._balance(), (0, 0))
        self.assertFalse(self._said(note))

    def test_other_programs_say_nothing(self):
        self.program.points_negative = "negative"
        self.assertFalse(self._said(self._credit(self.order)))

    def test_what_would_be_owed_is_told_and_nothing_is_booked(self):
        line = self.order.order_line.sudo()
        self.assertFalse(line._points_missing())
        entries = self.entries.search_count([])
        self.order.state = "cancel"
        self.assertEqual(line._points_missing(), {self.program: 70})
        self.assertEqual(self.entries.search_count([]), entries)
        self.assertEqual(self._balance(), (30, 0))

    def test_points_deducted_from_a_refund_are_noted_and_not_owed(self):
        def deducted(moves):
            return {(moves[:1], self.program): 60}

        self.patch(self.registry["account.move"], "_points_deducted", deducted)
        note = self._credit(self.order)
        self.assertEqual(self._balance(), (-10, 0))
        claws = self._booked(self.order, "clawback")
        self.assertEqual(sum(claws.mapped("shortfall")), 60)
        note.button_draft()
        self.assertEqual(self._balance(), (30, 0))
        self.assertEqual(self.order.points_earned, 100)
