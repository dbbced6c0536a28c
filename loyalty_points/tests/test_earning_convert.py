from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestEarningConvert(PointsCommon):
    def _core(self, *rules):
        """Make a program of core with these rules."""
        return self._program(
            points_ledger=False,
            applies_on="both",
            trigger="auto",
            rule_ids=[Command.create(rule) for rule in rules],
        )

    def test_points_for_all_money_become_the_rate_of_the_program(self):
        program = self._core({"reward_point_mode": "money", "reward_point_amount": 2.5})
        program.points_ledger = True
        self.assertEqual(program.points_per_unit, 2.5)
        self.assertFalse(program.points_rule_ids)
        self.assertFalse(program.rule_ids)

    def test_rules_keep_their_products_and_smallest_order(self):
        other = self.product.create({"name": "Coffee", "type": "consu"})
        tag = self.env["product.tag"].create(
            {"name": "Hot", "product_product_ids": other.ids}
        )
        category = self.env["product.category"].create({"name": "Drinks"})
        self.product.categ_id = category
        program = self._core(
            {
                "reward_point_mode": "unit",
                "reward_point_amount": 5,
                "product_category_id": category.id,
                "minimum_amount": 20,
            },
            {
                "reward_point_mode": "order",
                "reward_point_amount": 40,
                "product_tag_id": tag.id,
            },
        )
        program.points_ledger = True
        first, second = program.points_rule_ids
        self.assertEqual(
            (first.basis, first.points, first.category_ids, first.minimum_amount),
            ("unit", 5, category, 20),
        )
        self.assertEqual((second.basis, second.points), ("order", 40))
        self.assertEqual(program.points_per_unit, 0)
        self.program.points_ledger = False
        order = self._order((30, 1))
        self.assertEqual(order.order_line.points_expected, 5)
        order = self.env["sale.order"].create(
            {
                "partner_id": self.buyer.id,
                "order_line": [
                    Command.create({"product_id": other.id, "price_unit": 30})
                ],
            }
        )
        self.assertEqual(order.order_line.points_expected, 40)

    def test_rules_that_mean_something_else_are_refused_by_name(self):
        money = {"reward_point_mode": "money", "reward_point_amount": 1}
        for rules, reason in (
            ([{**money, "minimum_qty": 3}], "3 pieces"),
            (
                [{**money, "minimum_amount": 9, "minimum_amount_tax_mode": "excl"}],
                "without taxes",
            ),
            ([{**money, "reward_point_amount": 0.00004}], "decimals"),
            ([{**money, "code": "TEA", "mode": "with_code"}], "TEA"),
            (
                [money, {"reward_point_mode": "unit", "reward_point_amount": 7}],
                "1 per .* spent and 7 per unit paid",
            ),
        ):
            with self.subTest(reason):
                program = self._core(*rules)
                with (
                    self.assertRaisesRegex(UserError, f"Members(.|\n)*{reason}"),
                    self.env.cr.savepoint(),
                ):
                    program.points_ledger = True
                self.assertFalse(program.points_ledger)
                self.assertTrue(program.rule_ids)
                program.rule_ids.unlink()

    def test_the_form_converts_the_rules_too(self):
        program = self._core({"reward_point_mode": "money", "reward_point_amount": 3})
        with Form(program) as form:
            form.points_ledger = True
        self.assertEqual(program.points_per_unit, 3)
        self.assertFalse(program.rule_ids)
        archived = program.with_context(active_test=False).rule_ids
        self.assertEqual(archived.mapped("active"), [False])

    def test_without_the_ledger_the_rules_earn_again_and_convert_once(self):
        program = self._core(
            {"reward_point_mode": "unit", "reward_point_amount": 5},
            {"reward_point_amount": 9, "active": False},
        )
        rule = program.rule_ids
        program.points_ledger = True
        earning = program.points_rule_ids
        self.assertEqual((len(earning), earning.points, rule.active), (1, 5, False))
        program.points_ledger = False
        self.assertEqual(program.rule_ids, rule)
        program.points_ledger = True
        self.assertEqual((program.points_rule_ids, rule.active), (earning, False))

    def test_a_rate_changed_since_stays_when_the_ledger_comes_back(self):
        program = self._core({"reward_point_mode": "money", "reward_point_amount": 3})
        program.points_ledger = True
        program.points_per_unit = 4
        program.points_ledger = False
        self.assertEqual(program.rule_ids.reward_point_amount, 3)
        program.points_ledger = True
        self.assertEqual((program.points_per_unit, len(program.rule_ids)), (4, 0))
