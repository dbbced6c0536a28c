from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestSpendingLimits(PointsCommon):
    """How few points an order may spend, and how much of it points may pay."""

    def setUp(self):
        super().setUp()
        self.source = self._released((1000, 1))
        self.card = self._card()
        self.fixed = self.program.reward_ids
        self.per_point = self.fixed.sudo().create(
            {
                "program_id": self.program.id,
                "reward_type": "discount",
                "discount_mode": "per_point",
                "discount": 0.1,
                "required_points": 1,
            }
        )

    def _claim(self, order, reward):
        order._update_programs_and_rewards()
        return order._apply_program_reward(reward, self.card)

    def _paid_by_points(self, order):
        rewards = order.order_line.filtered("reward_id")
        return (-sum(rewards.mapped("price_total")), sum(rewards.mapped("points_cost")))

    def test_the_value_of_a_point_follows_the_cheapest_money_reward(self):
        self.assertEqual(self.program.points_value, 0.1)
        self.per_point.sudo().discount = 0.02
        self.assertEqual(self.program.points_value, 0.02)
        self.program.sudo().points_value = 0.015
        self.assertEqual(self.program.points_value, 0.015)
        self.per_point.sudo().unlink()
        self.assertEqual(self.program.points_value, 0.1)
        self.fixed.sudo().write({"discount_mode": "percent", "discount": 5})
        self.assertEqual(self.program.points_value, 0.1)

    def test_too_few_points_are_refused_when_the_reward_is_claimed(self):
        self.program.sudo().points_minimum = 101
        order = self._draft((50, 1))
        with self.assertRaisesRegex(UserError, "spends 101 points or none"):
            self._claim(order, self.fixed)
        self.program.sudo().points_minimum = 100
        self._claim(self._draft((50, 1)), self.fixed)

    def test_too_few_points_are_refused_again_at_the_confirmation(self):
        order = self._draft((50, 1))
        self._claim(order, self.fixed)
        self.program.sudo().points_minimum = 101
        with self.assertRaisesRegex(UserError, "spends 101 points or none"):
            order.action_confirm()
        self.assertEqual(self._balance(), (1000, 0))

    def test_rewards_are_not_offered_to_who_has_too_few_points(self):
        self.program.sudo().points_minimum = 1001
        order = self._draft((50, 1))
        order._update_programs_and_rewards()
        self.assertFalse(order._get_claimable_rewards())
        self.program.sudo().points_minimum = 1000
        self.assertTrue(order._get_claimable_rewards())

    def test_a_discount_per_point_is_cut_to_the_share(self):
        self.program.sudo().points_share_max = 0.3
        order = self._draft((99.99, 1))
        self._claim(order, self.per_point)
        self.assertEqual(self._paid_by_points(order), (30.0, 300))
        order.action_confirm()
        self.assertEqual(order.amount_total, 69.99)
        self.assertEqual(self._balance(), (700, 0))

    def test_a_cut_discount_costs_no_point_too_many(self):
        self.program.sudo().points_share_max = 0.1
        self.per_point.sudo().discount = 0.01
        self.card.sudo().points = 101
        order = self._draft((1.01, 1))
        self._claim(order, self.per_point)
        self.assertEqual(self._paid_by_points(order), (0.1, 10))

    def test_a_cut_discount_follows_the_order(self):
        self.program.sudo().points_share_max = 0.5
        order = self._draft((100, 1))
        self._claim(order, self.per_point)
        self.assertEqual(self._paid_by_points(order), (50, 500))
        order.order_line[0].price_unit = 40
        order._update_programs_and_rewards()
        self.assertEqual(self._paid_by_points(order), (20, 200))

    def test_taxes_count_for_the_share(self):
        tax = self.env["account.tax"].create({"name": "10 %", "amount": 10})
        self.program.sudo().points_share_max = 0.5
        order = self._draft((100, 1))
        order.order_line.tax_ids = tax
        self._claim(order, self.per_point)
        self.assertEqual(self._paid_by_points(order), (55, 550))
        order.action_confirm()
        self.assertEqual(order.amount_total, 55)

    def test_a_fixed_discount_above_the_share_is_refused(self):
        self.program.sudo().points_share_max = 0.1
        order = self._draft((99, 1))
        with self.assertRaisesRegex(UserError, "points pay 10 % of an order at most"):
            self._claim(order, self.fixed)
        order = self._draft((100, 1))
        self._claim(order, self.fixed)
        order.action_confirm()
        self.assertEqual(self._balance(), (900, 0))

    def test_a_share_lowered_meanwhile_is_refused_at_the_confirmation(self):
        order = self._draft((50, 1))
        self._claim(order, self.fixed)
        self.program.sudo().points_share_max = 0.1
        refused = self.assertRaisesRegex(UserError, "points pay 10 % of an order")
        with refused, self.env.cr.savepoint():
            order.action_confirm()
        self.assertEqual(order.state, "draft")
        self.assertEqual(self._balance(), (1000, 0))

    def test_a_reward_added_to_a_confirmed_order_is_limited_too(self):
        self.program.sudo().points_minimum = 101
        order = self._order((50, 1))
        with self.assertRaisesRegex(UserError, "spends 101 points or none"):
            self._claim(order, self.fixed)

    def test_the_limits_have_sensible_values(self):
        for values in ({"points_minimum": -1}, {"points_share_max": 0}):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.program.sudo().write(values)
                self.env.flush_all()

    def _other_card(self, kind):
        """Return a card with 30.5 of an eWallet or a gift card, 1 is worth 1."""
        reward = {
            "reward_type": "discount",
            "discount_mode": "per_point",
            "discount": 1,
            "required_points": 1,
        }
        values = {
            "name": kind,
            "program_type": kind,
            "applies_on": "future",
            "trigger": "auto" if kind == "ewallet" else "with_code",
            "reward_ids": [Command.create(reward)],
        }
        program = self.env["loyalty.program"].sudo().create(values)
        return self.card.sudo().create(
            {
                "program_id": program.id,
                "partner_id": self.buyer.id if kind == "ewallet" else False,
                "points": 30.5,
            }
        )

    def test_ewallets_and_gift_cards_are_left_alone(self):
        self.program.sudo().write({"points_minimum": 500, "points_share_max": 0.1})
        for kind in ("ewallet", "gift_card"):
            card = self._other_card(kind)
            order = self._draft((50, 1))
            if kind == "gift_card":
                order._try_apply_code(card.code)
            else:
                order._update_programs_and_rewards()
            order._apply_program_reward(card.program_id.reward_ids, card)
            order.action_confirm()
            self.assertEqual((order.amount_total, card.points), (19.5, 0), kind)
            self._credit(order)
            self.assertEqual(card.points, 0, kind)
            self.assertFalse(card.points_entry_ids)
            card.points = 12.25
            self.assertEqual(card.points, 12.25)
        self.assertEqual(self.card.points, 1000)
