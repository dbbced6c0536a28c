from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import PointsCommon

FROZEN = {"points_rate": 100000, "points_basis": "unit", "points_earn_at": "delivery"}


@tagged("post_install", "-at_install")
class TestMinting(PointsCommon):
    """No salesperson makes points by what core lets them write on orders."""

    def setUp(self):
        super().setUp()
        self.source = self._released((150, 1))
        self.card = self._card()
        company = self.env.company
        self.seller = new_test_user(
            self.env,
            "points minter",
            "sales_team.group_sale_salesman_all_leads",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def _reward(self, order, cost=100, **values):
        return {
            "order_id": order.id,
            "name": "Present",
            "product_id": self.product.id,
            "price_unit": 0,
            "tax_ids": [Command.clear()],
            "coupon_id": self.card.id,
            "reward_id": self.program.reward_ids.id,
            "reward_identifier_code": f"present {order.id}",
            "points_cost": cost,
            **values,
        }

    def _lines(self):
        return self.env["sale.order.line"].with_user(self.seller)

    def test_defaults_do_not_choose_what_a_line_earns(self):
        order = self._order((10, 1))
        frozen = {**FROZEN, "points_program_id": self.program.id}
        line = {"product_id": self.product.id, "product_uom_qty": 1}
        for name, value in frozen.items():
            lines = self._lines().with_context(**{f"default_{name}": value})
            with self.subTest(name), self.assertRaisesRegex(UserError, "earns by"):
                lines.create({**line, "order_id": order.id})
        by_default = order.with_user(self.seller).with_context(
            **{f"default_{name}": value for name, value in frozen.items()}
        )
        with self.assertRaisesRegex(UserError, "earns by"):
            by_default.write({"order_line": [Command.create(line)]})
        self.env["ir.default"].sudo().set(
            "sale.order.line", "points_rate", 100000, user_id=self.seller.id
        )
        with self.assertRaisesRegex(UserError, "earns by"):
            self._lines().create({**line, "order_id": order.id})
        self._deliver(order)
        self.assertEqual(self._balance(), (150, 10))

    def test_defaults_are_no_points_of_a_card(self):
        self.env.user.group_ids += self.env.ref("loyalty_points.group_points_manager")
        other = self.env["res.partner"].create({"name": "Other"})
        values = {"program_id": self.program.id, "partner_id": other.id}
        for name in ("points_pending", "points_entry_count", "points_ledger"):
            cards = self.card.with_context(**{f"default_{name}": 5})
            with self.subTest(name), self.assertRaisesRegex(UserError, "follow"):
                cards.create(values)
        self.assertFalse(self._card(other))

    def test_the_card_of_a_confirmed_line_is_not_exchanged(self):
        order = self._order((10, 1))
        bare = self._reward(order, 1000, coupon_id=False, reward_id=False)
        line = self._lines().create(bare)
        with self.assertRaisesRegex(UserError, "once its order is confirmed"):
            line.coupon_id = self.card
        line.points_cost = 0
        self.assertEqual(self._balance(), (150, 0))
        reward = self._lines().create(self._reward(order))
        other = self.env["res.partner"].create({"name": "Other"})
        card = self.card.sudo().create(
            {"program_id": self.program.id, "partner_id": other.id}
        )
        for coupon in (False, card.id):
            with self.assertRaisesRegex(UserError, "once its order is confirmed"):
                reward.write({"coupon_id": coupon})
        reward.write({"coupon_id": self.card.id})
        self.assertEqual(self._balance(), (50, 0))
        reward.write({"coupon_id": False, "points_cost": 0})
        self.assertEqual(self._balance(), (150, 0))

    def test_what_an_order_never_spent_is_not_given_back(self):
        order = self._draft((10, 1))
        line = self._lines().create(self._reward(order, 1000))
        order.with_user(self.seller).state = "sale"  # as a call may, past the button
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            line.points_cost = 0
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            line.unlink()
        self.assertEqual(self._balance(), (150, 0))
        self.assertFalse(self._booked(order, "adjust"))

    def test_rewards_of_several_orders_are_spent_and_given_back_by_each(self):
        orders = self._order((10, 1)) + self._order((10, 1))
        first, second = orders
        values = [
            self._reward(first, 100),
            self._reward(second, 30),
            self._reward(first, 0, coupon_id=False, reward_id=False),
        ]
        for vals in values:
            vals["is_downpayment"] = True  # core deletes no others once confirmed
        lines = self._lines().create(values)
        self.assertEqual(lines.mapped("order_id"), orders)
        self.assertEqual(lines.mapped("points_cost"), [100, 30, 0])
        self.assertEqual(self._balance(), (20, 0))
        for order, points in ((first, 100), (second, 30)):
            self.assertEqual(self._booked(order, "spend").points, -points)
            self.assertEqual(self._booked(order, "spend").description, order.name)
        lines.unlink()
        self.assertEqual(self._balance(), (150, 0))
        for order, points in ((first, 100), (second, 30)):
            self.assertEqual(self._booked(order, "give_back").points, points)
        self.assertFalse(self.entries.search([("kind", "=", "adjust")]))

    def test_a_cost_that_names_no_order_in_words_is_refused(self):
        order = self._order((10, 1))
        values = self._reward(order)
        del values["points_cost"]
        lines = self._lines().with_context(default_points_cost=100)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            lines.create(values)
        self.assertEqual(self._balance(), (150, 0))
