from functools import partial

from odoo.exceptions import UserError
from odoo.fields import Command, Datetime
from odoo.tests import tagged

from .committed import CommittedCase


@tagged("post_install", "-at_install")
class TestDecisionsConcurrent(CommittedCase):
    """What is decided or released by two at once happens once."""

    def setUp(self):
        super().setUp()
        with self._transaction() as env:
            program = env["loyalty.program"].create(
                {
                    "name": "Members",
                    "sequence": -1,  # earns before any other program
                    "program_type": "loyalty",
                    "points_ledger": True,
                    "points_referral": True,
                    "points_referrer": 100,
                    "points_friend": 40,
                }
            )
            self.product_id = (
                env["product.product"]
                .create({"name": "Tea", "type": "consu", "invoice_policy": "order"})
                .id
            )
            buyer, friend = env["res.partner"].create(
                [{"name": "Buyer"}, {"name": "Friend"}]
            )
            self.friend_id = friend.id
            self.card_id = (
                env["loyalty.card"]
                .create({"program_id": program.id, "partner_id": buyer.id})
                .id
            )

    def _delivered(self, env, partner_id, **values):
        """Return a delivered order of 100 whose points are due."""
        line = {
            "product_id": self.product_id,
            "price_unit": 100,
            "tax_ids": [Command.clear()],
        }
        order = env["sale.order"].create(
            {"partner_id": partner_id, "order_line": [Command.create(line)], **values}
        )
        order.action_confirm()
        for move in order.picking_ids.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        order.picking_ids._action_done()
        env.flush_all()
        past = Datetime.subtract(Datetime.now(), days=30)
        env.cr.execute(
            "UPDATE loyalty_points_entry SET earned_at = %s, available_on = %s "
            "WHERE order_id = %s",
            [past, past, order.id],
        )
        env.invalidate_all()
        return order

    def _release(self, env):
        env["loyalty.points.entry"]._release_due(1000)

    def _approve(self, adjustment_id, env):
        env["loyalty.points.adjustment"].browse(adjustment_id).action_approve()

    def _reward(self, env):
        env["loyalty.referral"]._cron_reward()

    def _post(self, move_id, env):
        env["account.move"].browse(move_id).action_post()

    def _proven(self, env, card):
        self.assertFalse(card._points_prove(card.program_id))
        return card.points, card.points_pending

    def test_an_adjustment_approved_by_two_is_booked_once(self):
        with self._transaction() as env:
            adjustment = env["loyalty.points.adjustment"].create(
                {"card_id": self.card_id, "points": 500, "reason": "Late parcel"}
            )
            adjustment.write({"state": "waiting"})
            approve = partial(self._approve, adjustment.id)
        results = self._all_at_once(approve, approve, approve)
        refused = [result for result in results if result is not None]
        self.assertEqual(len(refused), 2)
        self.assertTrue(all(isinstance(each, UserError) for each in refused), refused)
        with self._transaction() as env:
            card = env["loyalty.card"].browse(self.card_id)
            self.assertEqual(self._proven(env, card), (500, 0))

    def test_a_friend_rewarded_by_two_jobs_is_rewarded_once(self):
        with self._transaction() as env:
            card = env["loyalty.card"].browse(self.card_id)
            code = card.points_membership_ids.referral_code
            self._delivered(env, self.friend_id, points_referral_code=code)
            self._release(env)
        self.assertEqual(self._all_at_once(*[self._reward] * 3), [None] * 3)
        self._retried(self._reward)
        with self._transaction() as env:
            card = env["loyalty.card"].browse(self.card_id)
            friend = env["loyalty.card"].search([("partner_id", "=", self.friend_id)])
            referral = env["loyalty.referral"].search(
                [("friend_id", "=", self.friend_id)]
            )
            self.assertEqual(referral.state, "rewarded")
            self.assertEqual(self._proven(env, card), (100, 0))
            self.assertEqual(self._proven(env, friend), (140, 0))

    def test_points_released_and_refunded_at_once_are_taken_once(self):
        with self._transaction() as env:
            buyer = env["loyalty.card"].browse(self.card_id).partner_id
            orders = [self._delivered(env, buyer.id) for _number in range(4)]
            notes = []
            for order in orders[:3]:
                invoice = order._create_invoices()
                invoice.action_post()
                notes.append(invoice._reverse_moves().id)
        results = self._all_at_once(
            self._release, *[partial(self._post, note) for note in notes], self._release
        )
        self.assertEqual(results, [None] * 5)
        self._retried(self._release)
        with self._transaction() as env:
            card = env["loyalty.card"].browse(self.card_id)
            self.assertEqual(self._proven(env, card), (100, 0))
            taken = card.points_entry_ids.filtered(lambda e: e.kind == "clawback")
            self.assertEqual(sum(taken.mapped("points")), -300)
