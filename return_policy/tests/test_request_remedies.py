"""Which remedies are proposed, and what each of them needs."""

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import ReturnCase

PROTECTION = "price_protection"


@tagged("post_install", "-at_install")
class TestRequestRemedies(ReturnCase):
    def _draft(self, remedy="return_refund", order=None, quantity=1, **vals):
        return self._request(
            order or self._order(),
            quantity,
            submit=False,
            line_vals={"remedy": remedy, **vals},
            reason_id=self.reason_price.id if remedy == PROTECTION else self.reason.id,
        )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reason_price = cls.env.ref("return_policy.reason_no_reason_price")

    def _denied(self, request, words):
        with self.assertRaisesRegex(UserError, words), self.cr.savepoint():
            request.action_submit()
        self.env.invalidate_all()
        self.assertEqual(request.state, "draft")

    def test_only_what_reason_and_policy_leave_open_is_proposed(self):
        line = self._draft().line_ids
        allowed = set(line.remedies_allowed.split(","))
        self.assertIn("return_refund", allowed)
        self.assertNotIn("cancel", allowed)
        codes = ("return_refund", "exchange")
        remedies = self.env["return.remedy"].search([("code", "in", codes)])
        self.reason.remedy_ids = remedies
        self.env.invalidate_all()
        self.assertEqual(line.remedies_allowed, "return_refund,exchange")
        line.remedy = "repair"
        self.assertEqual(line.remedies_allowed, "return_refund,exchange,repair")
        self.assertEqual(line.verdict, "refused")
        self.assertIn("Exchange", line.verdict_text)

    def test_unshipped_goods_are_cancelled(self):
        order = self._order(deliver=False, invoice=False)
        line = self._draft(order=order).line_ids
        self.assertIn("cancel", line.remedies_allowed.split(","))

    def test_the_proposals_of_many_lines_cost_no_query_each(self):
        few, many = (
            self._request(self._order(*[(self.product, 1)] * size), submit=False)
            for size in (1, 6)
        )
        counts = []
        for request in (few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            request.line_ids.mapped("product_id.name")
            before = self.cr.sql_log_count
            request.line_ids.mapped("remedies_allowed")
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_what_is_given_in_exchange_has_to_be_sold(self):
        other = self._product("Big lamp", 120.0)
        request = self._draft("exchange", exchange_product_id=other.id)
        other.sale_ok = False
        self._denied(request, "Big lamp cannot be given in exchange")
        other.write({"sale_ok": True, "active": False})
        self._denied(request, "Big lamp cannot be given in exchange")
        other.active = True
        request.action_submit()
        self.assertEqual(request.state, "submitted")

    def test_what_is_given_in_exchange_has_to_be_shipped(self):
        course = self._product("Course", 100.0, type="service", is_storable=False)
        request = self._draft("exchange", exchange_product_id=course.id)
        self._denied(request, "Course cannot be given in exchange")
        self.assertEqual(request.state, "draft")

    def test_the_same_product_is_given_again_even_when_no_longer_sold(self):
        request = self._draft("exchange")
        self.product.sale_ok = False
        request.action_submit()
        self.assertEqual(request.state, "submitted")

    def test_price_protection_proposes_what_is_cheaper_today(self):
        order = self._order((self.product, 3))
        self.product.list_price = 80
        request = self._draft(PROTECTION, order, 2)
        line = request.line_ids
        self.assertRecordValues(
            line, [{"price_paid": 200, "price_today": 160, "amount_agreed": 40}]
        )
        self.assertEqual(
            request.price_summary, "Lamp: $\xa0200.00 paid, $\xa0160.00 today."
        )
        line.qty_requested = 3
        self.assertEqual(line.amount_agreed, 60)
        line.amount_agreed = 55
        request.action_submit()
        request.action_approve()
        self.assertEqual(request.amount_total, 55)
        self.assertEqual(request.sudo().credit_note_ids.amount_total, 55)
        self.assertEqual(line.sudo().sale_line_id.qty_returnable, 3)

    def test_prices_are_compared_with_their_taxes(self):
        included = self._product("Vase", 113.0, self.tax_included)
        excluded = self._product("Bowl", 100.0, self.tax)
        order = self._order((included, 1), (excluded, 1))
        included.list_price, excluded.list_price = 90.4, 90.0
        request = self._draft(PROTECTION, order)
        self.assertRecordValues(
            request.line_ids,
            [
                {"price_paid": 113, "price_today": 90.4, "amount_agreed": 22.6},
                {"price_paid": 110, "price_today": 99, "amount_agreed": 11},
            ],
        )

    def test_the_pricelist_of_the_order_says_the_price_of_today(self):
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Friends",
                "item_ids": [
                    (0, 0, {"compute_price": "percentage", "percent_price": 10})
                ],
            }
        )
        self.partner.property_product_pricelist = pricelist
        order = self._order((self.product, 1))
        self.assertEqual(order.amount_total, 90)
        pricelist.item_ids.percent_price = 25
        line = self._draft(PROTECTION, order).line_ids
        self.assertEqual((line.price_today, line.amount_agreed), (75, 15))

    def test_there_is_no_price_protection_where_nothing_is_cheaper(self):
        request = self._draft(PROTECTION)
        self.assertEqual(request.line_ids.amount_agreed, 0)
        self._denied(request, "not lower than what was paid")
        request.line_ids.amount_agreed = 5
        request.action_submit()
        self.assertEqual(request.state, "submitted")

    def test_the_form_shows_what_matters_to_its_lines(self):
        request = self._draft()
        self.assertFalse(request.has_exchange or request.has_agreed)
        with Form(request) as form:
            with form.line_ids.edit(0) as line:
                line.remedy = "exchange"
            self.assertTrue(form.has_exchange)
            with form.line_ids.edit(0) as line:
                line.remedy = "partial_refund"
            self.assertTrue(form.has_agreed)
            self.assertFalse(form.has_exchange)
