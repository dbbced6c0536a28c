"""The report says what became of each line, and the money in company currency."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestRequestReport(ReturnCase):
    def _rows(self, requests, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        report = self.env["return.request.report"].with_user(user or self.agent)
        return report.search([("request_id", "in", requests.ids)])

    def _row(self, request):
        row = self._rows(request)
        return (
            row.outcome,
            row.quantity,
            row.amount_sold,
            row.amount_refunded,
            row.amount_retained,
        )

    def test_a_return_is_money_once_it_is_booked(self):
        request = self._request(self._order((self.product, 2)), 1)
        self.assertEqual(self._row(request), ("open", 1, 100, 0, 0))
        request.with_user(self.lead).action_approve()
        self.assertEqual(self._row(request), ("money", 1, 100, 0, 0))
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        self.assertEqual(self._row(request), ("money", 1, 100, 100, 0))

    def test_an_exchange_keeps_the_revenue(self):
        request = self._approved(
            self._order((self.product, 2)), 1, line_vals={"remedy": "exchange"}
        )
        self.assertEqual(self._row(request), ("exchange", 1, 100, 0, 100))

    def test_a_partial_refund_keeps_the_rest(self):
        request = self._approved(
            self._order((self.product, 1)),
            1,
            line_vals={"remedy": "partial_refund", "amount_agreed": 30},
        )
        self.assertEqual(self._row(request), ("kept", 1, 100, 30, 70))

    def test_refused_cancelled_and_drafts(self):
        refused = self._request(self._order(), 1)
        refused.action_refuse("worn")
        cancelled = self._request(self._order(), 1)
        cancelled.action_cancel()
        draft = self._request(self._order(), 1, submit=False)
        self.assertEqual(self._row(refused), ("refused", 1, 100, 0, 0))
        self.assertEqual(self._row(cancelled), ("ended", 1, 100, 0, 0))
        self.assertFalse(self._rows(draft))

    def test_taxes_and_discounts_are_what_the_buyer_paid(self):
        product = self._product("Vase", 50.0, self.tax)
        order = self._order((product, 2))
        request = self._approved(order, 1)
        self.assertEqual(self._rows(request).amount_sold, 55)

    def test_amounts_are_in_the_currency_of_the_company(self):
        order = self._order((self.product, 1))
        # two of the order's currency for one of the company's
        order.currency_rate = 2
        self.assertEqual(self._rows(self._approved(order, 1)).amount_sold, 50)

    def test_it_is_grouped_by_reason_outcome_and_month(self):
        request = self._approved(self._order((self.product, 2)), 1)
        self.env.flush_all()
        [(reason, outcome, _month, count, sold)] = (
            self.env["return.request.report"]
            .with_user(self.agent)
            ._read_group(
                [("request_id", "=", request.id)],
                ["reason_id", "outcome", "asked_at:month"],
                ["__count", "amount_sold:sum"],
            )
        )
        self.assertEqual((reason, outcome), (self.reason, "money"))
        self.assertEqual((count, sold), (1, 100))

    def test_agents_read_it_and_nobody_else(self):
        request = self._approved(self._order(), 1)
        self.assertEqual(len(self._rows(request, self.lead)), 1)
        with self.assertRaises(AccessError):
            self._rows(request, self.keeper)
        other = self.env["res.company"].create({"name": "Second shop"})
        stranger = self._user("stranger", "return_policy.group_return_agent")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertFalse(self._rows(request, stranger))
