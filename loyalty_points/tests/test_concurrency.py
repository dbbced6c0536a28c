import threading
import time
from functools import partial

from odoo.exceptions import UserError
from odoo.fields import Command, Datetime
from odoo.tests import tagged

from .committed import RETRIED, CommittedCase


@tagged("post_install", "-at_install")
class TestConcurrency(CommittedCase):
    """Real transactions at the same time, on one card."""

    def setUp(self):
        super().setUp()
        with self._transaction() as env:
            program = env["loyalty.program"].create(
                {
                    "name": "Members",
                    "sequence": -1,  # earns before any other program
                    "program_type": "loyalty",
                    "points_ledger": True,
                    "reward_ids": [
                        Command.create(
                            {
                                "reward_type": "discount",
                                "discount_mode": "per_order",
                                "discount": 1,
                                "required_points": 100,
                            }
                        )
                    ],
                }
            )
            self.reward_id = program.reward_ids.id
            self.product_id = (
                env["product.product"]
                .create({"name": "Tea", "type": "consu", "invoice_policy": "order"})
                .id
            )
            self.buyer_id = env["res.partner"].create({"name": "Buyer"}).id

    def _order(self, env, price):
        order = env["sale.order"].create(
            {
                "partner_id": self.buyer_id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.product_id,
                            "price_unit": price,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
        order.action_confirm()
        return order

    def _deliver(self, order_id, env):
        pickings = env["sale.order"].browse(order_id).picking_ids
        for move in pickings.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        pickings._action_done()

    def _confirm(self, order_id, env):
        env["sale.order"].browse(order_id).action_confirm()

    def _post(self, move_id, env):
        env["account.move"].browse(move_id).action_post()

    def _released(self, env, price):
        order = self._order(env, price)
        self._deliver(order.id, env)
        lot = env["loyalty.points.entry"].search(
            [("order_id", "=", order.id), ("bucket", "=", "pending")]
        )
        past = Datetime.subtract(Datetime.now(), days=30)
        env.cr.execute(
            "UPDATE loyalty_points_entry SET earned_at = %s WHERE id IN %s",
            [past, tuple(lot.ids)],
        )
        lot.invalidate_recordset()
        lot._release()
        return order

    def _quotation(self, env):
        order = env["sale.order"].create(
            {
                "partner_id": self.buyer_id,
                "order_line": [
                    Command.create({"product_id": self.product_id, "price_unit": 40})
                ],
            }
        )
        order._update_programs_and_rewards()
        order._apply_program_reward(
            env["loyalty.reward"].browse(self.reward_id), self._card(env)
        )
        self.assertEqual(sum(order.order_line.mapped("points_cost")), 100)
        return order

    def _credit_note(self, env, order):
        invoice = order._create_invoices()
        invoice.action_post()
        return invoice._reverse_moves()

    def _card(self, env):
        return env["loyalty.card"].search([("partner_id", "=", self.buyer_id)])

    def _sums(self, env):
        entries = env["loyalty.points.entry"].search(
            [("card_id.partner_id", "=", self.buyer_id)]
        )
        available = entries.filtered(lambda entry: entry.bucket == "available")
        pending = entries - available
        self.assertEqual(
            (sum(available.mapped("remaining")), sum(pending.mapped("remaining"))),
            (sum(available.mapped("points")), sum(pending.mapped("points"))),
        )
        return sum(available.mapped("points")), sum(pending.mapped("points"))

    def test_earning_spending_and_taking_back_at_once_lose_nothing(self):
        with self._transaction() as env:
            sold = [self._released(env, 100) for _number in range(4)]
            notes = [self._credit_note(env, order).id for order in sold[:2]]
            coming = [self._order(env, 70).id for _number in range(3)]
            spending = [self._quotation(env).id for _number in range(3)]
            self.assertEqual(self._sums(env), (400, 0))
        results = self._all_at_once(
            *[partial(self._deliver, order) for order in coming],
            *[partial(self._confirm, order) for order in spending],
            *[partial(self._post, note) for note in notes],
        )
        refused = [result for result in results if result is not None]
        self.assertTrue(all(isinstance(each, UserError) for each in refused), refused)
        with self._transaction() as env:
            card = self._card(env)
            self.assertEqual((card.points, card.points_pending), self._sums(env))
            spent = env["sale.order"].browse(spending).mapped("state").count("sale")
            self.assertEqual(spent, 3 - len(refused))
            self.assertEqual(self._sums(env), (400 - 200 - 100 * spent, 3 * 70))
            entries = env["loyalty.points.entry"].search([("card_id", "=", card.id)])
            self.assertEqual(card.points_entry_count, len(entries))

    def test_of_two_quotations_only_one_spends_the_same_points(self):
        with self._transaction() as env:
            self._released(env, 150)
            first, second = self._quotation(env).id, self._quotation(env).id
        outcome, collided = [], []

        def confirm_second():
            try:
                with self._transaction() as env:
                    env["sale.order"].browse(second).read(["name"])  # its view begins
                    started.set()
                    first_is_waiting.wait()
                    self._confirm(second, env)
            except RETRIED:
                collided.append(True)
            try:
                self._retried(partial(self._confirm, second))
            except UserError as error:
                outcome.append(str(error))

        started, first_is_waiting = threading.Event(), threading.Event()
        thread = threading.Thread(target=confirm_second)
        with self._transaction() as env:
            thread.start()
            started.wait()
            self._confirm(first, env)
            env.flush_all()
            first_is_waiting.set()
            time.sleep(0.5)  # the second now waits for the card
        thread.join()
        self.assertEqual(collided, [True])
        self.assertIn("has 50 points available", outcome[0])
        with self._transaction() as env:
            orders = env["sale.order"].browse([first, second])
            self.assertEqual(orders.mapped("state"), ["sale", "draft"])
            self.assertEqual(self._card(env).points, 50)
            self.assertEqual(self._sums(env), (50, 0))

    def test_two_first_deliveries_at_once_make_one_card(self):
        with self._transaction() as env:
            orders = [self._order(env, 60).id for _number in range(4)]
        results = self._all_at_once(
            *[partial(self._deliver, order) for order in orders]
        )
        self.assertEqual(results, [None] * 4)
        with self._transaction() as env:
            card = self._card(env)
            self.assertEqual((len(card), card.points_pending), (1, 240))
            self.assertEqual(self._sums(env), (0, 240))
