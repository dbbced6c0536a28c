"""Spent points lower refunds by their worth: taxes, currencies, parts of a line."""

from odoo.fields import Command
from odoo.tests import tagged

from .points_common import PointsReturnCase


@tagged("post_install", "-at_install")
class TestPointsNet(PointsReturnCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.write({"points_negative": "net", "points_value": 0.1})
        cls.card.points = 0

    def _returned(self, order, quantity):
        """Return (credited, points deducted, their worth) of a return."""
        request = self._inspected(order, quantity).sudo()
        rows = request.deduction_ids
        self.assertEqual(request.amount_total, request.credit_note_ids.amount_total)
        self.assertEqual(request.refund_ids.amount, request.amount_total)
        self.assertGreaterEqual(self.card.points, 0)
        return (
            request.amount_total,
            sum(rows.mapped("points")),
            sum(rows.mapped("amount")),
        )

    def _settled(self, order):
        """See that all points of an order are gone and none is owed."""
        self.assertEqual(order.points_earned, 0)
        self.assertEqual((self.card.points, self.card.points_pending), (0, 0))
        self.assertFalse(self.card._points_prove(self.program))

    def test_parts_of_a_line_deduct_exactly_what_the_whole_is_worth(self):
        self.program.points_value = 0.005
        order = self._order((self.product, 3, 33.5))
        self._spend_all(order)
        parts = [self._returned(order, 1) for _piece in range(3)]
        self.assertEqual([points for _total, points, _worth in parts], [34, 33, 33])
        worths = [worth for _total, _points, worth in parts]
        self.assertAlmostEqual(sum(worths), 0.5, 9)
        self.assertAlmostEqual(sum(total for total, _p, _w in parts), 100, 9)
        self._settled(order)

    def test_the_worth_comes_off_prices_with_their_taxes(self):
        taxed = self._product("Cup", 113, self.tax_included)
        order = self._order((taxed, 2))
        self.assertEqual(order.points_earned, 226)
        self._spend_all(order)
        for _piece in range(2):
            self.assertEqual(self._returned(order, 1), (101.7, 113, 11.3))
        self._settled(order)
        kept = sum(order.invoice_ids.mapped("amount_total_signed"))
        self.assertAlmostEqual(kept, 22.6, 9)

    def test_the_worth_is_told_in_the_currency_of_the_order(self):
        other = self.env["res.currency"].with_context(active_test=False)
        other = other.search([("name", "=", "EUR")])
        if other == self.company.currency_id:
            other = self.env.ref("base.USD")
        other.active = True
        other.rate_ids = [
            Command.clear(),
            Command.create({"name": "2000-01-01", "rate": 0.5}),
        ]
        pricelist = self.env["product.pricelist"].create(
            {"name": "Abroad", "currency_id": other.id}
        )
        self.partner.property_product_pricelist = pricelist
        order = self._order((self.product, 2, 100))
        self.assertEqual(order.currency_id, other)
        self.assertEqual(order.points_earned, 400)
        self._spend_all(order)
        for _piece in range(2):
            self.assertEqual(self._returned(order, 1), (90, 200, 10))
        self._settled(order)

    def test_more_points_than_the_refund_is_worth_leave_a_debt(self):
        self.program.points_value = 2
        order = self._order((self.product, 1, 100))
        self._spend_all(order)
        request = self._inspected(order, 1).sudo()
        self.assertEqual(request.deduction_ids.points, 50)
        self.assertEqual(request.amount_total, 0)
        self.assertEqual(self.card.points, -50)
        self.assertFalse(self.card._points_prove(self.program))

    def test_a_credit_note_by_hand_before_the_return_leaves_only_the_rest(self):
        order = self._order((self.product, 2))
        self._spend_all(order)
        note = order.invoice_ids._reverse_moves()
        note.invoice_line_ids.quantity = 1
        note.action_post()
        self.assertEqual((note.amount_total, self.card.points), (100, -100))
        self.assertEqual(self._inspected(order, 1).sudo().amount_total, 90)
        self.assertEqual((order.points_earned, self.card.points), (0, -100))
