"""What the buyer did before stands beside the request, for whoever decides."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestRequestHistory(ReturnCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.start = fields.Datetime.now()

    def _asked(self, days=0, order=None):
        """Return a request sent so many days ago, of one piece."""
        request = self._request(order or self._order(), 1)
        request.sudo().submitted_at = self.start - timedelta(days=days)
        return request

    def test_a_buyer_without_returns_has_none(self):
        request = self._request(self._order(), 1)
        self._order()
        self.assertEqual(request.earlier_request_count, 0)
        self.assertEqual(
            request.buyer_history,
            "Orders in 12 months: 2. No return asked for before.",
        )

    def test_earlier_returns_are_counted_by_order_and_by_how_they_ended(self):
        often = self._order((self.product, 4))
        for days in (30, 20):
            self._asked(days, often).action_cancel("changed their mind")
        refused = self._asked(10)
        refused.action_refuse("worn")
        disputed = self._asked(5)
        disputed.action_dispute("goes to the platform")
        odd = self._approved(self._order(), 1)
        self._receive(odd)
        odd.line_ids.with_user(self.keeper).grade = "wrong"
        odd.with_user(self.keeper).action_inspect()
        odd.sudo().submitted_at = self.start - timedelta(days=1)
        for _more in range(3):
            self._order()
        request = self._request(self._order(), 1)
        self.assertEqual(request.earlier_request_count, 5)
        self.assertEqual(
            request.buyer_history,
            "Orders in 12 months: 8. A return was asked for on 4 of them before (50%). "
            "Refused: 1. Disputed: 1. Wrong or missing goods: 1.",
        )

    def test_what_came_later_and_what_is_over_a_year_ago_does_not_count(self):
        old = self._asked(366)
        inside = self._asked(364)
        request = self._asked(2)
        later = self._asked(1)
        draft = self._request(self._order(), 1, submit=False)
        self.assertEqual(request.earlier_request_count, 1)
        action = request.action_view_earlier_requests()
        self.assertEqual(action["res_id"], inside.id)
        self.assertEqual(later.earlier_request_count, 2)
        # what is not sent yet comes after everything
        self.assertEqual(draft.earlier_request_count, 3)
        self.assertEqual(old.earlier_request_count, 0)

    def test_of_two_sent_in_the_same_second_the_first_made_came_first(self):
        first, second = self._asked(3), self._asked(3)
        self.assertEqual(first.earlier_request_count, 0)
        self.assertEqual(second.earlier_request_count, 1)

    def test_everybody_of_a_company_is_one_buyer_and_another_shop_is_not_asked(self):
        firm = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        people = self.env["res.partner"].create(
            [{"name": name, "parent_id": firm.id} for name in ("Ms Wu", "Mr Xu")]
        )
        self.partner = people[0]
        self._asked(3)
        self.partner = people[1]
        request = self._request(self._order(), 1)
        self.assertEqual(request.earlier_request_count, 1)
        other = self.env["res.company"].create({"name": "Second shop"})
        self.agent.company_ids += other
        lines = [Command.create({"product_id": self.product.id})]
        elsewhere = self.env["sale.order"].with_company(other)
        order = elsewhere.create(
            {"partner_id": firm.id, "company_id": other.id, "order_line": lines}
        )
        order.state = "sale"
        stranger = self.env["return.request"].new({"sale_order_id": order.id})
        self.assertEqual(stranger.earlier_request_count, 0)
        self.assertEqual(
            stranger.buyer_history,
            "Orders in 12 months: 1. No return asked for before.",
        )

    def test_many_requests_are_read_at_once(self):
        requests = self.env["return.request"]
        for _order in range(10):
            requests |= self._request(self._order(), 1)
        requests = requests.with_user(self.agent)
        requests.mapped("buyer_history")
        self.env.invalidate_all()
        with self.assertQueryCount(9):
            requests.mapped("buyer_history")

    def test_the_form_of_a_new_request_shows_it(self):
        self._asked(3)
        order = self._order()
        with Form(self.env["return.request"].with_user(self.agent)) as form:
            self.assertFalse(form.buyer_history)
            form.sale_order_id = order
            self.assertIn("Orders in 12 months: 2.", form.buyer_history)
            self.assertEqual(form.earlier_request_count, 1)

    def test_the_warehouse_neither_reads_nor_opens_it(self):
        self._asked(3)
        request = self._request(self._order(), 1).with_user(self.keeper)
        with self.assertRaises(AccessError):
            request.read(["buyer_history"])
        with self.assertRaises(AccessError):
            request.action_view_earlier_requests()

    def test_a_contact_opens_the_returns_of_its_company(self):
        firm = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        self.partner = firm.create({"name": "Ms Wu", "parent_id": firm.id})
        asked = self._asked(3)
        self._request(self._order(), 1, submit=False)
        buyer = firm.with_user(self.agent)
        self.assertEqual(buyer.return_request_count, 1)
        self.assertEqual(buyer.action_view_returns()["res_id"], asked.id)
        with self.assertRaises(AccessError):
            firm.with_user(self.keeper).action_view_returns()
        with self.assertRaises(AccessError):
            firm.with_user(self.keeper).read(["return_request_count"])
