from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestSpending(PointsCommon):
    def setUp(self):
        super().setUp()
        self.source = self._released((150, 1))
        self.card = self._card()

    def _quotation(self, price=50):
        order = self._order((price, 1))
        order._action_cancel()
        order.action_draft()
        self._claim(order)
        return order

    def _claim(self, order):
        order._update_programs_and_rewards()
        order._apply_program_reward(self.program.reward_ids, self.card)

    def test_a_reward_spends_the_oldest_points_when_the_order_is_confirmed(self):
        self._released((80, 1))
        order = self._quotation()
        self.assertEqual(self._balance(), (230, 0))
        order.action_confirm()
        self.assertEqual(order.amount_total, 40)
        self.assertEqual(self._balance(), (130, 0))
        spend = self._booked(order, "spend")
        self.assertEqual(spend.points, -100)
        self.assertEqual(spend.lot_id.order_id, self.source)
        self.assertEqual(spend.lot_id.remaining, 50)
        self.assertEqual(sum(self.card.history_ids.mapped("used")), 100)

    def test_cancelling_gives_back_and_keeps_our_record(self):
        order = self._quotation()
        order.action_confirm()
        order._action_cancel()
        self.assertEqual(self._balance(), (150, 0))
        spend, back = self._booked(order, "spend"), self._booked(order, "give_back")
        self.assertEqual((spend.points, back.points), (-100, 100))
        self.assertEqual(back.reverses_id, spend)
        self.assertEqual(back.lot_id.order_id, self.source)

    def test_confirming_again_spends_again(self):
        order = self._quotation()
        order.action_confirm()
        order._action_cancel()
        order.action_draft()
        self._claim(order)
        order.action_confirm()
        self.assertEqual(self._balance(), (50, 0))
        self.assertEqual(sum(self._booked(order, "spend").mapped("points")), -200)

    def test_two_quotations_cannot_spend_the_same_points(self):
        first, second = self._quotation(), self._quotation()
        first.action_confirm()
        with self.assertRaisesRegex(UserError, "has 50 points available"):
            second.action_confirm()
        self.assertEqual(second.state, "draft")
        self.assertEqual(self._balance(), (50, 0))
        self.assertFalse(self._booked(second, "spend"))

    def test_two_quotations_confirmed_at_once_cannot_either(self):
        orders = self._quotation() + self._quotation()
        with self.assertRaisesRegex(UserError, "has 150 points available"):
            orders.action_confirm()
        self.assertEqual(self._balance(), (150, 0))

    def test_an_order_that_changes_hands_does_not_take_the_points_along(self):
        order = self._draft((50, 1))
        self._claim(order)
        order.partner_id = self.env["res.partner"].create({"name": "Other"})
        with self.assertRaisesRegex(UserError, "belongs to Buyer"):
            order.action_confirm()
        self.assertEqual((order.state, self._balance()), ("draft", (150, 0)))
        self.assertFalse(self._booked(order, "spend"))

    def test_the_code_of_another_member_opens_nothing(self):
        other = self.env["res.partner"].create({"name": "Other"})
        order = self._draft((50, 1), partner=other)
        self.assertIn("error", order._try_apply_code(self.card.code))
        order.action_confirm()
        self.assertEqual((order.amount_total, self._balance()), (50, (150, 0)))

    def test_a_reward_changed_on_a_confirmed_order_is_spent_and_given_back(self):
        order = self._order((50, 1))
        self._claim(order)
        self.assertEqual(self._balance(), (50, 0))
        self.assertEqual(self._booked(order, "spend").points, -100)
        order.order_line.filtered("is_reward_line").points_cost = 60
        self.assertEqual(self._balance(), (90, 0))
        self.assertEqual(sum(self._booked(order, "give_back").mapped("points")), 100)
        self.assertEqual(sum(self._booked(order, "spend").mapped("points")), -160)
        self.assertFalse(self._booked(order, "adjust"))

    def test_costs_that_floats_cannot_write_take_no_point_too_many(self):
        order = self._order((50, 1))
        self._claim(order)
        reward = order.order_line.filtered("is_reward_line")
        reward.points_cost = 60.0000001
        self.assertEqual(self._balance(), (90, 0))
        self.assertEqual(sum(self._booked(order, "spend").mapped("points")), -160)
        self.card.sudo().points = 100
        draft = self._quotation()
        line = draft.order_line.filtered("is_reward_line")
        line.points_cost = 0.1
        line.copy({"order_id": draft.id, "points_cost": 2.7})
        line.copy({"order_id": draft.id, "points_cost": 0.2})
        self.assertEqual(list(draft._points_costs().values()), [3])

    def test_pending_points_cannot_be_spent(self):
        self._delivered((500, 1))
        order = self._quotation()
        order.action_confirm()
        self.assertEqual(self._balance(), (50, 500))
        other = self._order((50, 1))
        self._claim(other)
        self.assertFalse(other.order_line.filtered("is_reward_line"))
        self.assertEqual(self._balance(), (50, 500))

    def test_the_balance_wizard_books_an_adjustment_with_its_reason(self):
        wizard = self.env["loyalty.card.update.balance"].create(
            {"card_id": self.card.id, "new_balance": 180, "description": "Late parcel"}
        )
        with self.assertRaises(AccessError):
            wizard.action_update_card_point()
        self.assertEqual(self._balance(), (150, 0))
        self.env.user.group_ids += self.env.ref("loyalty_points.group_points_manager")
        wizard.action_update_card_point()
        self.assertEqual(self._balance(), (180, 0))
        entry = self.entries.search([("kind", "=", "adjust")])
        self.assertEqual((entry.points, entry.description), (30, "Late parcel"))
        self.assertEqual(entry.create_uid, self.env.user)

    def test_points_are_whole_numbers(self):
        with self.assertRaisesRegex(ValidationError, "whole"):
            self.card.sudo().points = 10.5
        self.assertEqual(self._balance(), (150, 0))

    def test_a_merged_contact_takes_points_and_pending_points_along(self):
        other = self.env["res.partner"].create({"name": "Buyer again"})
        self._released((30, 1), partner=other)
        waiting = self._delivered((70, 1), partner=other)
        taken = self._card(other)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.buyer + other).ids, self.buyer)
        self.assertEqual(self._card(), self.card)
        self.assertEqual(self._balance(), (180, 70))
        self.assertEqual(
            (taken.active, taken.points, taken.points_pending), (False, 0, 0)
        )
        self.assertEqual(
            sum(self.entries.search([("kind", "=", "transfer")]).mapped("points")), 0
        )
        self._pass_time(waiting.order_line)
        self.assertEqual(self._balance(), (250, 0))
        self._credit(waiting)
        self.assertEqual(self._balance(), (180, 0))

    def test_a_merge_into_a_customer_without_a_card_keeps_the_card(self):
        other = self.env["res.partner"].create({"name": "New name"})
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.buyer + other).ids, other)
        self.assertEqual(self._card(other), self.card)
        self.assertEqual(self._balance(other), (150, 0))
