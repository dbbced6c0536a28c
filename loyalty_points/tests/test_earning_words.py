from datetime import date

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestEarningWords(PointsCommon):
    def _rule(self, **values):
        rules = self.env["loyalty.points.rule"].sudo()
        return rules.create({"program_id": self.program.id, **values})

    def test_a_rule_says_what_it_does(self):
        gold = (
            self.env["loyalty.tier"]
            .sudo()
            .create({"name": "Gold", "program_id": self.program.id})
        )
        team = self.env["crm.team"].create({"name": "Live"})
        drinks = self.env["product.category"].create({"name": "Drinks"})
        for values, sentence in (
            ({"points": 2}, "2 points per 1 $"),
            ({"points": 0.125}, "0.125 points per 1 $"),
            ({"points": 0}, "no points"),
            ({"points": 5, "basis": "unit"}, "5 points per piece"),
            ({"points": 50, "basis": "order"}, "50 points per order"),
            ({"effect": "multiplier"}, "double points"),
            (
                {"effect": "multiplier", "multiplier": 1.5, "tier_ids": gold.ids},
                "1.5 times the points, for Gold",
            ),
            (
                {
                    "points": 2,
                    "product_ids": self.product.ids,
                    "category_ids": drinks.ids,
                    "date_from": date(2026, 11, 1),
                    "date_to": date(2026, 11, 11),
                },
                "2 points per 1 $ on Tea or Drinks, Nov 1, 2026 – Nov 11, 2026",
            ),
            (
                {"points": 2, "team_ids": team.ids, "minimum_amount": 50},
                "2 points per 1 $, sold by Live, orders of at least $\xa050.00",
            ),
            (
                {"points": 2, "product_domain": "[('name', 'ilike', 'tea')]"},
                "2 points per 1 $ on some products",
            ),
        ):
            with self.subTest(sentence):
                self.assertEqual(self._rule(**values).sentence, sentence)

    def test_the_program_says_all_that_decides(self):
        self._rule(effect="multiplier", sequence=1)
        self._rule(points=3, product_ids=self.product.ids, sequence=2)
        self.program.points_minimum_amount = 20
        self.program.points_max_day = 500
        self.assertEqual(
            self.program.points_earning_text.splitlines(),
            [
                "3 points per 1 $ on Tea.",
                "Otherwise 1 point per 1 $.",
                "Double points.",
                "Only orders of at least $\xa020.00 earn.",
                "At most 500 points per day.",
                "Each line is rounded down to whole points.",
            ],
        )

    @freeze_time("2026-03-01 10:00:00")
    def test_a_new_order_says_what_it_will_earn_before_it_is_saved(self):
        self.product.list_price = 40
        with Form(self.env["sale.order"]) as form:
            self.assertFalse(form.points_sentence)
            form.partner_id = self.buyer
            with form.order_line.new() as line:
                line.product_id = self.product
                line.product_uom_qty = 3
                self.assertEqual(line.points_expected, 120)
            self.assertEqual(
                form.points_sentence,
                "Earns 120 points, to be spent from about Mar 8, 2026.",
            )

    def test_an_order_says_when_what_it_earned_may_be_spent(self):
        with freeze_time("2026-03-01 10:00:00"):
            order = self._order((100, 2))
            self._deliver(order, 1)
            self.assertEqual(
                order.points_sentence,
                "100 points earned, to be spent from Mar 8, 2026.",
            )
        self._pass_time(order.order_line)
        order.invalidate_recordset()
        self.assertEqual(order.points_sentence, "100 points earned.")

    def test_an_order_given_back_promises_no_points_any_more(self):
        order = self._order((100, 2))
        self._deliver(order)
        self._invoice(order)
        self._credit(order, 1)
        self.env.invalidate_all()
        self.assertIn("100 points earned", order.points_sentence)
        self._credit(order, 1)
        self.env.invalidate_all()
        self.assertEqual(order.points_earned, 0)
        self.assertFalse(order.points_sentence)

    def test_points_that_wait_for_the_delivery_say_so(self):
        self.program.points_earn_at = "invoice"
        order = self._order((100, 1))
        self._invoice(order)
        order.invalidate_recordset()
        self.assertEqual(
            order.points_sentence, "100 points earned; they wait for the delivery."
        )

    def test_points_to_be_spent_are_told_and_what_core_calls_issued(self):
        self._released((200, 1))
        order = self._draft((50, 1))
        order._update_programs_and_rewards()
        order._apply_program_reward(self.program.reward_ids, self._card())
        self.assertIn("Spends 100 points. Earns 50 points", order.points_sentence)
        order.action_confirm()
        self._deliver(order)
        self.env.invalidate_all()
        self.assertIn("100 points spent. 50 points earned", order.points_sentence)
        self.assertEqual(
            (order.loyalty_data["issued"], order.loyalty_data["cost"]), (50, 100)
        )

    def test_the_cap_of_an_order_is_told(self):
        self.program.points_max_order = 30
        order = self._order((100, 1))
        self.assertEqual(order.points_expected, 30)
        self.assertIn("Earns 30 points", order.points_sentence)

    def test_strangers_and_cancelled_orders_are_told_nothing(self):
        public = self.env.ref("base.public_partner")
        order = self._order((100, 1), partner=public)
        self.assertFalse(order.points_expected)
        self.assertFalse(order.points_sentence)
        order = self._order((100, 1))
        order._action_cancel()
        self.assertFalse(order.points_sentence)
        self.program.points_enrol_all = False
        self.assertFalse(self._order((100, 1)).points_sentence)

    def test_queries_of_many_orders_stay_the_same(self):
        counts = []
        for number in (1, 2, 20):
            orders = self.env["sale.order"].create(
                [
                    {
                        "partner_id": self.buyer.id,
                        "order_line": [Command.create({"product_id": self.product.id})],
                    }
                    for _n in range(number)
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            orders.mapped("points_sentence")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
