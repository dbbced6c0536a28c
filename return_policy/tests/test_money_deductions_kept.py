"""Gifts kept, deliveries that would not have been free, and restocking fees."""

from odoo.tests import tagged

from .deduction_common import DeductionCase


@tagged("post_install", "-at_install")
class TestGiftsAndFreight(DeductionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coat = cls._product("Coat", 200.0)
        cls.shirt = cls._product("Shirt", 80.0)

    def _gift(self, price):
        mug = self._product("Mug", 18.0)
        mug.return_gift_price = price
        reward = {"reward_type": "product", "reward_product_id": mug.id}
        self._program(reward, 250)
        return mug

    def test_a_gift_kept_costs_the_price_stated_before(self):
        mug = self._gift(15)
        order = self._bought((self.coat, 1), (self.shirt, 1))
        self.env.flush_all()
        mug.return_gift_price = 99  # raised afterwards, which binds nobody
        self._assert_back(self._back(order, self.shirt), 65, gift=15)

    def test_a_gift_that_comes_back_later_gives_its_price_back(self):
        mug = self._gift(15)
        order = self._bought((self.coat, 1), (self.shirt, 1))
        self._assert_back(self._back(order, self.shirt), 65, gift=15)
        self._assert_back(self._back(order, mug), 15, gift=-15)
        self._assert_back(self._back(order, self.coat), 200)

    def test_a_gift_that_comes_back_with_the_goods_is_not_charged(self):
        mug = self._gift(15)
        order = self._bought((self.coat, 1), (self.shirt, 1))
        self._assert_back(self._back(order, self.shirt, mug), 80)

    def test_a_gift_without_a_stated_price_is_never_charged(self):
        self._gift(0)
        order = self._bought((self.coat, 1), (self.shirt, 1))
        self._assert_back(self._back(order, self.shirt), 80)

    def test_a_delivery_free_from_99_is_charged_when_less_is_kept(self):
        carrier = self._carrier(free_over=True, amount=99)
        order = self._bought((self.shirt, 2), carrier=carrier)
        carrier.fixed_price = 50  # dearer afterwards, which binds nobody
        self.assertEqual(order.amount_total, 160)
        first = self._back(order, self.shirt)
        self._assert_back(first, 68, freight=12)
        self.assertRegex(
            first.deduction_ids.sentence,
            r"Delivery was free from .*99\.00.*, the goods kept come to .*80\.00",
        )
        self._assert_back(self._back(order, self.shirt), 92, freight=-12)

    def test_a_delivery_free_by_a_price_rule_is_charged_alike(self):
        carrier = self._carrier(
            delivery_type="base_on_rule",
            price_rule_ids=[
                (
                    0,
                    0,
                    {"variable": "price", "operator": operator, "max_value": 99}
                    | {"list_base_price": price, "sequence": sequence},
                )
                for sequence, (operator, price) in enumerate((("<", 7), (">=", 0)))
            ],
        )
        order = self._bought((self.shirt, 2), carrier=carrier)
        self._assert_back(self._back(order, self.shirt), 73, freight=7)

    def test_a_delivery_free_as_a_reward_is_charged_alike(self):
        self._program({"reward_type": "shipping"}, 99)
        order = self._bought((self.shirt, 2), carrier=self._carrier())
        self.assertEqual(order.amount_total, 160)
        self._assert_back(self._back(order, self.shirt), 68, freight=12)
        self._assert_back(self._back(order, self.shirt), 92, freight=-12)

    def test_a_delivery_always_free_or_still_free_is_not_charged(self):
        order = self._bought((self.shirt, 2), carrier=self._carrier(fixed_price=0))
        self._assert_back(self._back(order, self.shirt), 80)
        carrier = self._carrier(free_over=True, amount=99)
        order = self._bought((self.coat, 1), (self.shirt, 1), carrier=carrier)
        self._assert_back(self._back(order, self.shirt), 80)

    def test_the_terms_may_leave_promotions_and_deliveries_alone(self):
        self._policy(reprice=False, lost_freight=False)
        self._less(30, 150)
        carrier = self._carrier(free_over=True, amount=99)
        order = self._bought((self.shirt, 2), carrier=carrier)
        self._assert_back(self._back(order, self.shirt), 65)

    def test_what_the_goods_cannot_bear_waits_for_the_next_return(self):
        pin = self._product("Pin", 5.0)
        carrier = self._carrier(free_over=True, amount=99)
        order = self._bought((self.coat, 1), (pin, 1), carrier=carrier)
        first = self._back(order, self.coat)
        self._assert_back(first, 188, freight=12)
        belt = self._product("Belt", 96.0)
        order = self._bought((belt, 1), (pin, 1), carrier=carrier)
        request = self._back(order, pin)
        self.assertEqual((request.amount_total, request.amount_deducted), (0, 5))
        self.assertFalse(request.sudo().refund_ids)
        self._assert_back(self._back(order, belt), 101, freight=-5)


@tagged("post_install", "-at_install")
class TestFees(DeductionCase):
    TERMS = {"preset": "STORE", "fee_percent": 10, "outbound_freight": "standard"}

    def test_a_fee_of_ten_percent_is_deducted(self):
        order = self._bought((self.product, 2))
        first = self._back(order, self.product)
        self._assert_back(first, 90, fee=10)
        self.assertRegex(first.deduction_ids.sentence, r"fee of 10 %: .*10\.00")
        self.assertEqual(first.line_ids.fee_percent, 10)

    def test_a_fee_for_each_piece_and_a_percentage_come_together(self):
        self._policy(fee_flat=5)
        order = self._bought((self.product, 2))
        request = self._back(order, self.product, quantity=2)
        self._assert_back(request, 170, fee=30)
        self.assertRegex(request.deduction_ids.sentence, r"10 % and .*5\.00.* a piece")

    def test_no_fee_is_taken_for_a_fault_of_the_merchant(self):
        order = self._bought((self.product, 2))
        request = self._back(order, self.product, reason=self.reason_quality)
        self._assert_back(request, 100)

    def test_the_fee_of_a_submitted_request_stays(self):
        order = self._bought((self.product, 2))
        request = self._ask(order, self.product)
        self._policy(fee_percent=50)
        request.with_user(self.lead)._override("test")
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        self._assert_back(request, 90, fee=10)

    def test_a_fee_in_three_steps_is_the_fee_of_the_whole(self):
        for tax in (self.tax, self.tax_included, self.env["account.tax"]):
            order = self._bought((self._product("Pen", 33.37, tax), 3))
            requests = [self._back(order, order.order_line.product_id) for _i in "123"]
            total = sum(request.amount_total for request in requests)
            expected = order.amount_total - round(order.amount_total / 10, 2)
            self.assertEqual(round(total, 2), round(expected, 2))

    def test_the_fee_lowers_the_tax_of_its_goods(self):
        order = self._bought((self._product("Cup", 100.0, self.tax), 1))
        note = self._back(order, order.order_line.product_id).sudo().credit_note_ids
        self.assertEqual((note.amount_untaxed, note.amount_tax), (90, 9))

    def test_a_fee_on_goods_never_billed_is_billed(self):
        order = self._bought((self._product("Cup", 100.0, self.tax), 1), invoice=False)
        bill = self._back(order, order.order_line.product_id).sudo().credit_note_ids
        self.assertRecordValues(
            bill,
            [{"move_type": "out_invoice", "amount_untaxed": 10, "amount_tax": 1}],
        )

    def test_a_whole_return_gives_standard_delivery_back_without_express(self):
        self._policy(fee_percent=0)
        carrier = self._carrier(fixed_price=20, return_express_extra=8)
        order = self._bought((self.product, 2), carrier=carrier)
        self._assert_back(self._back(order, self.product), 100)
        request = self._ask(order, self.product)
        self.assertEqual((request.amount_freight, request.amount_total), (12, 112))
        request.with_user(self.lead)._override("test")
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        self._assert_back(request, 112, outbound=-12)

    def test_by_fault_of_the_merchant_express_goes_back_too(self):
        carrier = self._carrier(fixed_price=20, return_express_extra=8)
        order = self._bought((self.product, 1), carrier=carrier)
        request = self._back(order, self.product, reason=self.reason_quality)
        self._assert_back(request, 120, outbound=-20)
