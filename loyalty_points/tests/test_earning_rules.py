from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestEarningRules(PointsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coffee = cls._coffee(1)

    @classmethod
    def _coffee(cls, number):
        return cls.env["product.product"].create(
            [{"name": f"Coffee {n}", "type": "consu"} for n in range(number)]
        )

    def _rule(self, **values):
        rules = self.env["loyalty.points.rule"].sudo()
        return rules.create({"program_id": self.program.id, **values})

    def _expected(self, *lines, **values):
        """Return the points of each (product, price, quantity) line of an order."""
        order = self.env["sale.order"].create(
            {
                "partner_id": self.buyer.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "price_unit": price,
                            "product_uom_qty": quantity,
                            "tax_ids": [Command.clear()],
                        }
                    )
                    for product, price, quantity in lines or [(self.product, 100, 1)]
                ],
                **values,
            }
        )
        return order.order_line.mapped("points_expected")

    def test_the_first_rate_that_fits_counts(self):
        self._rule(points=5, product_ids=self.coffee.ids, sequence=1)
        self._rule(points=3, sequence=2)
        self._rule(points=9, sequence=3)
        both = [(self.product, 10, 1), (self.coffee, 10, 1)]
        self.assertEqual(self._expected(*both), [30, 50])

    def test_without_a_fitting_rule_the_program_gives_the_rate(self):
        self._rule(points=5, product_ids=self.coffee.ids)
        self.program.points_per_unit = 0.5
        both = [(self.product, 11, 1), (self.coffee, 10, 1)]
        self.assertEqual(self._expected(*both), [5, 50])

    def test_a_rate_of_zero_lets_products_earn_nothing(self):
        self._rule(points=0, product_ids=self.coffee.ids)
        both = [(self.product, 10, 1), (self.coffee, 10, 1)]
        self.assertEqual(self._expected(*both), [10, 0])

    def test_pieces_are_counted_in_the_unit_of_the_product(self):
        self._rule(basis="unit", points=2)
        dozen = self.env.ref("uom.product_uom_dozen")
        self.assertEqual(self._expected((self.product, 10, 3)), [6])
        order = self._order((120, 1))
        order.order_line.product_uom_id = dozen
        self.assertEqual(order.order_line.points_expected, 24)

    def test_points_per_order_are_shared_by_its_lines_without_rest(self):
        self._rule(basis="order", points=100)
        thirds = [(self.product, 10, 1), (self.coffee, 10, 1), (self.product, 10, 1)]
        self.assertEqual(self._expected(*thirds), [33, 33, 34])
        order = self._delivered((10, 1), (10, 1), (10, 1))
        self.assertEqual(self._balance(), (0, 100))
        order.order_line = [
            Command.create({"product_id": self.coffee.id, "price_unit": 70})
        ]
        self.assertEqual(sum(order.order_line.mapped("points_expected")), 100)
        self._deliver(order)
        self.assertEqual(self._balance(), (0, 100))

    def test_multipliers_multiply_each_other_and_the_rate(self):
        self._rule(effect="multiplier", multiplier=2)
        self._rule(effect="multiplier", multiplier=1.5, product_ids=self.coffee.ids)
        both = [(self.product, 10, 1), (self.coffee, 10, 1)]
        self.assertEqual(self._expected(*both), [20, 30])

    def test_categories_hold_what_lies_below_them(self):
        drinks = self.env["product.category"].create({"name": "Drinks"})
        hot = self.env["product.category"].create(
            {"name": "Hot", "parent_id": drinks.id}
        )
        self.coffee.categ_id = hot
        self._rule(points=4, category_ids=drinks.ids)
        both = [(self.product, 10, 1), (self.coffee, 10, 1)]
        self.assertEqual(self._expected(*both), [10, 40])

    def test_conditions_on_the_product_narrow_down(self):
        self._rule(points=4, product_domain="[('name', 'ilike', 'coff')]")
        both = [(self.product, 10, 1), (self.coffee, 10, 1)]
        self.assertEqual(self._expected(*both), [10, 40])

    def test_teams_and_sources_are_the_channel(self):
        team = self.env["crm.team"].create({"name": "Live"})
        source = self.env["utm.source"].create({"name": "Stream"})
        self._rule(points=2, team_ids=team.ids, source_ids=source.ids)
        self.assertEqual(self._expected(), [100])
        self.assertEqual(self._expected(team_id=team.id), [100])
        self.assertEqual(self._expected(team_id=team.id, source_id=source.id), [200])

    def test_a_campaign_counts_days_where_the_program_is_at_home(self):
        self.env.company.partner_id.tz = "Asia/Shanghai"
        self._rule(points=2, date_from=date(2026, 11, 1), date_to=date(2026, 11, 11))
        for moment, points in (
            ("2026-10-31 15:59:59", 100),
            ("2026-10-31 16:00:00", 200),
            ("2026-11-11 15:59:59", 200),
            ("2026-11-11 16:00:00", 100),
        ):
            with self.subTest(moment):
                self.assertEqual(self._expected(date_order=moment), [points])

    def test_small_orders_earn_nothing_or_by_another_rule(self):
        self.program.points_minimum_amount = 50
        self._rule(points=3, minimum_amount=80)
        for price, points in ((49.99, 0), (50, 50), (79.99, 79), (80, 240)):
            with self.subTest(price):
                lines = self._expected((self.product, price, 1))
                self.assertEqual(lines, [points])

    def test_the_tier_of_the_member_multiplies_and_filters(self):
        gold = (
            self.env["loyalty.tier"]
            .sudo()
            .create({"name": "Gold", "program_id": self.program.id, "multiplier": 1.5})
        )
        self._rule(effect="multiplier", multiplier=2, tier_ids=gold.ids)
        self.assertEqual(self._expected(), [100])
        self._delivered((1, 1))
        member = (
            self.env["loyalty.membership"]
            .sudo()
            .search([("partner_id", "=", self.buyer.id)])
        )
        self.env.cr.execute(
            "UPDATE loyalty_membership SET tier_id = %s WHERE id = %s",
            [gold.id, member.id],
        )
        member.invalidate_recordset()
        self.assertEqual(self._expected(), [300])

    def test_the_rate_stays_once_the_order_has_earned(self):
        campaign = self._rule(effect="multiplier", multiplier=2)
        order = self._order((10, 2), (10, 1))
        self._deliver(order, 1)
        self.assertEqual(self._balance(), (0, 40))
        campaign.active = False
        self._deliver(order)
        self.assertEqual(self._balance(), (0, 60))
        self.assertEqual(set(order.order_line.mapped("points_rate")), {2.0})

    def test_an_archived_product_still_narrows_its_rule_down(self):
        self._rule(points=7, product_ids=self.coffee.ids)
        self.coffee.active = False
        self.assertEqual(self._expected((self.product, 10, 1)), [10])

    def test_what_a_rule_names_cannot_be_deleted(self):
        team = self.env["crm.team"].create({"name": "Live"})
        self._rule(name="Stream days", team_ids=team.ids)
        with self.assertRaisesRegex(UserError, "Stream days"):
            team.unlink()
        self.assertTrue(team.exists())

    def test_conditions_that_lost_their_field_stop_no_delivery(self):
        rule = self._rule(points=7)
        self.env.cr.execute(
            "UPDATE loyalty_points_rule SET product_domain = %s WHERE id = %s",
            ["[('gone', '=', 1)]", rule.id],
        )
        rule.invalidate_recordset()
        with self.assertLogs("odoo.addons.loyalty_points", "ERROR"):
            self._delivered((10, 1))
        self.assertEqual(self._balance(), (0, 10))

    def test_wrong_rules_are_refused_by_name(self):
        for values, reason in (
            ({"points": -1}, "negative"),
            ({"effect": "multiplier", "multiplier": 0}, "above zero"),
            ({"effect": "multiplier", "multiplier": -2}, "above zero"),
            ({"minimum_amount": -0.01}, "negative"),
            ({"date_from": "2026-11-11", "date_to": "2026-11-01"}, "before it starts"),
            ({"product_domain": "[('nothing', '=', 1)]"}, "cannot be read"),
            ({"product_domain": "not a domain"}, "cannot be read"),
        ):
            with (
                self.subTest(values),
                self.assertRaisesRegex(ValidationError, f"Singles.*Members.*{reason}"),
                self.env.cr.savepoint(),
            ):
                self._rule(name="Singles", **values)
        self.assertFalse(self.program.points_rule_ids)

    def test_tiers_of_another_program_are_refused(self):
        other = self._program(name="Other")
        gold = (
            self.env["loyalty.tier"]
            .sudo()
            .create({"name": "Gold", "program_id": other.id})
        )
        with self.assertRaisesRegex(ValidationError, "Gold"):
            self._rule(tier_ids=gold.ids)

    def test_queries_do_not_grow_with_orders_and_products(self):
        self._rule(points=2, product_domain="[('name', 'ilike', 'coff')]")
        self._rule(effect="multiplier", category_ids=self.coffee.categ_id.ids)
        counts = []
        for number in (1, 2, 10):
            goods = self._coffee(number)
            orders = self.env["sale.order"].create(
                [
                    {
                        "partner_id": self.buyer.id,
                        "order_line": [
                            Command.create({"product_id": each.id, "price_unit": 10})
                            for each in goods
                        ],
                    }
                    for _n in range(number)
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            orders.order_line.mapped("points_expected")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
