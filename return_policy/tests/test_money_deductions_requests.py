"""Deductions where requests of one order meet, or their reasons change meanwhile."""

from odoo.tests import tagged

from .deduction_common import DeductionCase


@tagged("post_install", "-at_install")
class TestRequestsOfOneOrder(DeductionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coat = cls._product("Coat", 200.0)
        cls.shirt = cls._product("Shirt", 80.0)
        cls.hat = cls._product("Hat", 70.0)

    def _ordered(self):
        self._less(50, 300)
        return self._bought((self.coat, 1), (self.shirt, 1), (self.hat, 1))

    def test_an_open_request_is_worth_what_the_others_leave_it(self):
        order = self._ordered()
        first = self._ask(order, self.hat)
        second = self._ask(order, self.shirt)
        self.assertEqual((first.amount_total, second.amount_total), (20, 80))
        first.action_cancel()
        self.assertEqual((second.amount_deducted, second.amount_total), (38.57, 30))
        self.assertIn("38.57", second.deduction_text)

    def test_a_reason_changed_later_gives_back_no_more_than_before(self):
        order = self._ordered()
        self._assert_back(self._back(order, self.shirt), 30, promotion=38.57)
        self.reason.liability = "merchant"
        second = self._back(order, self.hat, reason=self.reason_quality)
        # what the hat itself had to bear when its promotion was lost
        self._assert_back(second, 70, promotion=-10)

    def test_a_reason_changed_before_it_is_submitted_counts(self):
        order = self._ordered()
        line = order.order_line.filtered(lambda line: line.product_id == self.shirt)
        request = (
            self.env["return.request"]
            .with_user(self.agent)
            .create(
                {
                    "sale_order_id": order.id,
                    "reason_id": self.reason.id,
                    "line_ids": [(0, 0, {"sale_line_id": line.id})],
                }
            )
        )
        self.assertEqual(request.amount_total, 30)
        self.reason.liability = "merchant"
        request.action_submit()
        self.assertFalse(request.line_ids.is_voluntary)
        self.assertEqual(request.amount_total, 68.57)
