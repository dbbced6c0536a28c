"""What the kept goods do not earn alone is deducted, to the cent and in words."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .deduction_common import DeductionCase


@tagged("post_install", "-at_install")
class TestDeductions(DeductionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coat = cls._product("Coat", 200.0)
        cls.shirt = cls._product("Shirt", 150.0)

    def test_300_less_50_is_priced_anew_and_given_back_with_the_rest(self):
        self._less(50, 300)
        order = self._bought((self.coat, 1), (self.shirt, 1))
        self.assertEqual(order.amount_total, 300)
        first = self._back(order, self.shirt)
        self._assert_back(first, 100, promotion=28.57)
        second = self._back(order, self.coat)
        self._assert_back(second, 200, promotion=-28.57)
        notes = (first | second).sudo().credit_note_ids
        self.assertEqual(sum(notes.mapped("amount_total")), 300)
        self.assertEqual(set(order.order_line.mapped("qty_to_invoice")), {0})

    def test_a_promotion_changed_later_binds_no_buyer(self):
        program = self._less(50, 300)
        order = self._bought((self.coat, 1), (self.shirt, 1))
        program.rule_ids.minimum_amount = 100
        self._assert_back(self._back(order, self.shirt), 100, promotion=28.57)

    def test_everything_at_once_gives_what_was_paid_and_deducts_nothing(self):
        self._less(50, 300)
        order = self._bought((self.coat, 1), (self.shirt, 1))
        self._assert_back(self._back(order, self.coat, self.shirt), 300)

    def test_the_deduction_is_seen_before_it_is_settled(self):
        self._less(50, 300)
        order = self._bought((self.coat, 1), (self.shirt, 1))
        request = self._ask(order, self.shirt)
        self.assertEqual((request.amount_deducted, request.amount_total), (28.57, 100))
        self.assertFalse(request.deduction_ids)
        self.assertRegex(
            request.deduction_text,
            r"asks for .*300\.00.*, the goods kept come to .*200\.00.*: .*28\.57",
        )

    def test_a_new_request_shows_the_deduction_before_it_is_saved(self):
        self._less(50, 300)
        order = self._bought((self.coat, 1), (self.shirt, 1))
        form = Form(self.env["return.request"].with_user(self.agent))
        form.sale_order_id = order
        form.reason_id = self.reason
        with form.line_ids.new() as line:
            line.sale_line_id = order.order_line[1]
            line.qty_requested = 1
        self.assertEqual((form.amount_deducted, form.amount_total), (28.57, 100))
        request = form.save()
        self.assertEqual((request.amount_deducted, request.amount_total), (28.57, 100))

    def test_two_open_requests_share_one_promotion(self):
        self._less(50, 300)
        order = self._bought((self.coat, 1), (self.shirt, 1))
        requests = self._ask(order, self.shirt) | self._ask(order, self.coat)
        self.assertEqual(requests.mapped("amount_total"), [100, 200])
        for request in requests:
            request.with_user(self.lead)._override("test")
            self._receive(request)
        requests.with_user(self.keeper).action_inspect()
        self.assertEqual(requests.mapped("amount_total"), [100, 200])
        self.assertEqual(requests.sudo().refund_ids.mapped("amount"), [100, 200])

    def test_an_open_request_is_worth_what_others_leave_it(self):
        hat = self._product("Hat", 60.0)
        self._less(50, 400)
        order = self._bought((self.coat, 1), (self.shirt, 1), (hat, 1))
        first, second = self._ask(order, hat), self._ask(order, self.shirt)
        self.assertEqual((first.amount_total, second.amount_total), (10, 150))
        first.action_cancel()
        self.assertEqual((second.amount_deducted, second.amount_total), (31.71, 100))

    def test_a_reason_edited_later_changes_nothing_settled(self):
        self._less(50, 300)
        order = self._bought((self.coat, 1), (self.shirt, 1))
        first = self._back(order, self.shirt)
        self.reason.liability = "merchant"
        self.assertEqual(first.amount_total, 100)
        second = self._back(order, self.coat, reason=self.reason_quality)
        self._assert_back(second, 200, promotion=-28.57)

    def test_a_promotion_taken_off_the_order_does_not_stop_the_money(self):
        self._less(50, 300)
        order = self._bought((self.coat, 1), (self.shirt, 1))
        first = self._back(order, self.shirt)
        self._assert_back(first, 100, promotion=28.57)
        discount = order.order_line.filtered(lambda line: line.price_total < 0)
        discount.reward_id = False  # no promotion any more, only less
        second = self._back(order, self.coat)
        self.assertFalse(second.settle_error)
        self._assert_back(second, 200, promotion=-28.57)

    def test_a_reason_edited_before_it_is_submitted_counts(self):
        self._less(50, 300)
        order = self._bought((self.coat, 1), (self.shirt, 1))
        line = order.order_line.filtered(lambda line: line.product_id == self.shirt)
        request = self.env["return.request"].create(
            {
                "sale_order_id": order.id,
                "reason_id": self.reason.id,
                "line_ids": [(0, 0, {"sale_line_id": line.id})],
            }
        )
        self.assertEqual(request.amount_total, 100)
        self.reason.liability = "merchant"
        request.action_submit()
        self.assertFalse(request.line_ids.is_voluntary)
        self.assertEqual(request.amount_total, 128.57)

    def test_a_fault_of_the_merchant_keeps_the_promotion(self):
        self._less(50, 300)
        order = self._bought((self.coat, 1), (self.shirt, 1))
        request = self._back(order, self.shirt, reason=self.reason_quality)
        self._assert_back(request, 128.57)

    def test_10_less_for_each_100_is_counted_again(self):
        reward = {
            "reward_type": "discount",
            "discount_mode": "per_point",
            "discount": 0.1,
            "required_points": 100,
        }
        self._program(
            reward, reward_point_mode="money", reward_point_amount=1, minimum_qty=1
        )
        order = self._bought((self.coat, 1), (self.shirt, 1))
        self.assertEqual(order.amount_total, 320)
        self._assert_back(self._back(order, self.shirt), 140, promotion=-2.86)

    def test_a_percentage_is_lost_below_its_threshold(self):
        reward = {"reward_type": "discount", "discount_mode": "percent"}
        self._program({**reward, "discount": 20}, 300)
        order = self._bought((self.coat, 1), (self.shirt, 1))
        self.assertEqual(order.amount_total, 280)
        self._assert_back(self._back(order, self.shirt), 80, promotion=40)

    def test_an_order_without_conditions_is_shared_as_it_was_paid(self):
        self._less(35, 0)
        order = self._bought((self.coat, 1), (self.shirt, 1))
        self._assert_back(self._back(order, self.shirt), 135)

    def test_taxes_of_each_rate_come_out_even(self):
        coat = self._product("Coat", 200.0, self.tax)
        shirt = self._product("Shirt", 150.0, self.tax_included)
        self._less(50, 300)
        order = self._bought((coat, 1), (shirt, 1))
        notes = self.env["account.move"]
        for product in (shirt, coat):
            notes |= self._back(order, product).sudo().credit_note_ids
        invoice = order.invoice_ids.filtered(lambda m: m.move_type == "out_invoice")
        self.assertEqual(len(notes), 2)
        billed, credited = invoice.invoice_line_ids, notes.invoice_line_ids
        for name in ("price_subtotal", "price_total"):
            self.assertEqual(
                round(sum(credited.mapped(name)), 2), round(sum(billed.mapped(name)), 2)
            )

    def test_goods_billed_at_delivery_are_deducted_alike(self):
        for product in (self.coat, self.shirt):
            product.invoice_policy = "delivery"
        self._less(50, 300)
        order = self._bought((self.coat, 1), (self.shirt, 1))
        self._assert_back(self._back(order, self.shirt), 100, promotion=28.57)
        self._assert_back(self._back(order, self.coat), 200, promotion=-28.57)

    def test_the_discount_of_goods_never_billed_is_billed(self):
        self._less(50, 300)
        order = self._bought((self.coat, 1), (self.shirt, 1), invoice=False)
        request = self._back(order, self.shirt)
        self.assertEqual(request.amount_total, 100)
        bill = request.sudo().credit_note_ids
        self.assertRecordValues(
            bill, [{"move_type": "out_invoice", "amount_total": 50, "state": "posted"}]
        )
        self.assertEqual(self._invoice(order).amount_total, 150)

    def test_a_deduction_is_written_once_and_by_nobody_else(self):
        self._less(50, 300)
        order = self._bought((self.coat, 1), (self.shirt, 1))
        request = self._back(order, self.shirt)
        request.with_user(self.agent).action_settle()
        request.with_user(self.keeper).action_inspect()
        deduction = request.deduction_ids
        self.assertEqual(len(deduction), 1)
        for user in (self.agent, self.lead, self.keeper):
            mine = deduction.with_user(user)
            self.assertEqual(mine.amount, 28.57)
            with self.assertRaises(AccessError):
                mine.amount = 1
            with self.assertRaises(AccessError):
                mine.unlink()
            with self.assertRaises(AccessError):
                mine.copy()
        self.assertEqual(request.deduction_ids.amount, 28.57)

    def test_previews_cost_no_more_queries_for_more_requests(self):
        self._less(50, 300)
        requests = [
            self._ask(self._bought((self.coat, 1), (self.shirt, 1)), self.shirt)
            for _number in range(8)
        ]
        few = self.env["return.request"].browse([r.id for r in requests[:2]])
        many = self.env["return.request"].browse([r.id for r in requests])
        counts = []
        for chosen in (few, few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            chosen.sudo()._preview_steps()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[2], counts[1])
