from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestSpendingCards(PointsCommon):
    """Every way in which a card changes ends in entries of the right kind."""

    def setUp(self):
        super().setUp()
        self.source = self._released((150, 1))
        self.card = self._card()
        self.other = self.env["res.partner"].create({"name": "Other"})

    def _kinds(self, card=None):
        entries = (card or self.card).sudo().points_entry_ids.sorted("id")
        return [(entry.kind, entry.source, entry.points) for entry in entries]

    def _manager(self):
        self.env.user.group_ids += self.env.ref("loyalty_points.group_points_manager")

    def _wizard(self, **values):
        return self.env["loyalty.generate.wizard"].create(
            {
                "program_id": self.program.id,
                "mode": "selected",
                "customer_ids": [Command.set((self.buyer + self.other).ids)],
                "points_granted": 20,
                "description": "Spring",
                **values,
            }
        )

    def test_the_generate_wizard_gives_points_on_the_card_each_customer_has(self):
        self._manager()
        cards = self._wizard().generate_coupons()
        self.assertEqual(len(cards), 2)
        self.assertIn(self.card, cards)
        self.assertEqual(self._balance(), (170, 0))
        self.assertEqual(self._balance(self.other), (20, 0))
        card = self._card(self.other)
        self.assertEqual(self._kinds(card), [("adjust", "manual", 20)])
        self.assertEqual(card.sudo().points_entry_ids.description, "Spring")
        self.assertEqual(card.history_ids.issued, 20)

    def test_the_generate_wizard_needs_the_manager_customers_and_whole_points(self):
        with self.assertRaises(AccessError):
            self._wizard().generate_coupons()
        self._manager()
        with self.assertRaisesRegex(UserError, "choose customers"):
            self._wizard(mode="anonymous", coupon_qty=3).generate_coupons()
        with self.assertRaisesRegex(UserError, "no date"):
            self._wizard(valid_until="2030-01-01").generate_coupons()
        for points in (1.5, -20):
            with self.assertRaises(ValidationError):
                self._wizard(points_granted=points).generate_coupons()
        self.assertEqual(self._balance(), (150, 0))
        self.assertFalse(self._card(self.other))

    def test_the_generate_wizard_of_other_programs_is_left_alone(self):
        program = self.env["loyalty.program"].create(
            {"name": "Coupons", "program_type": "coupons"}
        )
        cards = self._wizard(
            program_id=program.id, mode="anonymous", coupon_qty=3, points_granted=1.5
        ).generate_coupons()
        self.assertEqual(cards.mapped("points"), [1.5] * 3)

    def test_an_imported_card_begins_with_an_opening_entry(self):
        self._manager()
        result = self.env["loyalty.card"].load(
            ["program_id/.id", "partner_id/.id", "points"],
            [[str(self.program.id), str(self.other.id), "40"]],
        )
        self.assertFalse(result["messages"])
        self.assertEqual(self._balance(self.other), (40, 0))
        self.assertEqual(
            self._kinds(self._card(self.other)), [("opening", "start", 40)]
        )

    def test_an_import_of_new_balances_books_adjustments(self):
        self._manager()
        self.env["loyalty.card"].load([".id", "points"], [[str(self.card.id), "190"]])
        self.assertEqual(self._balance(), (190, 0))
        self.assertEqual(self._kinds()[-1], ("adjust", "manual", 40))

    def test_nobody_sets_broken_negative_or_impossible_points(self):
        card = self.card.sudo()
        for points in (0.5, -1, float("nan"), float("inf"), 2.0**31):
            with self.assertRaises(ValidationError):
                card.points = points
            with self.assertRaises(ValidationError):
                card.create(
                    {
                        "program_id": self.program.id,
                        "partner_id": self.other.id,
                        "points": points,
                    }
                )
        self.assertEqual(self._balance(), (150, 0))

    def test_a_debt_may_be_lowered_by_hand(self):
        self.card.sudo().points = 20
        self._credit(self.source)
        self.assertEqual(self._balance(), (-130, 0))
        self.card.sudo().points = -50
        self.assertEqual(self._balance(), (-50, 0))
        with self.assertRaises(ValidationError):
            self.card.sudo().points = -51

    def test_points_are_not_handed_to_another_customer(self):
        with self.assertRaises(AccessError):
            self.card.partner_id = self.other
        self.assertEqual(self.card.partner_id, self.buyer)
        self._manager()
        self.card.partner_id = self.other
        self.assertEqual(self._balance(self.other), (150, 0))

    def test_an_archived_card_keeps_its_points_and_cannot_be_spent(self):
        order = self._draft((50, 1))
        order._update_programs_and_rewards()
        order._apply_program_reward(self.program.reward_ids, self.card)
        self.card.action_archive()
        with self.assertRaisesRegex(UserError, "is archived"):
            order.action_confirm()
        self.card.action_unarchive()
        self.assertEqual(self._balance(), (150, 0))
        order.action_confirm()
        self.assertEqual(self._balance(), (50, 0))

    def test_a_refund_takes_from_the_archived_card_which_had_earned(self):
        self.card.action_archive()
        self._delivered((60, 1))
        new = self._card()
        self._credit(self.source)
        self.assertEqual((self.card.points, new.points_pending), (0, 60))
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.card.action_unarchive()
            self.env.flush_all()

    def test_archived_customers_and_programs_are_refunded_all_the_same(self):
        self.buyer.active = False
        self.program.sudo().active = False
        self._credit(self.source)
        self.assertEqual(self.card.points, 0)

    def test_programs_and_cards_with_entries_cannot_be_deleted(self):
        for record in (self.program, self.card):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                record.sudo().unlink()
        self.assertEqual(self._balance(), (150, 0))

    def test_entries_are_refused_to_everybody_in_every_way(self):
        entry = self.card.sudo().points_entry_ids[:1]
        line = entry.sale_line_id
        ways = [
            lambda: entry.write({"points": 1}),
            lambda: entry.update({"points": 1}),
            lambda: setattr(entry, "points", 1),
            lambda: entry.copy(),
            lambda: entry.unlink(),
            lambda: entry.create({"card_id": self.card.id, "points": 1}),
            lambda: self.card.sudo().write(
                {"points_entry_ids": [Command.update(entry.id, {"points": 1})]}
            ),
            lambda: self.card.sudo().write(
                {"points_entry_ids": [Command.delete(entry.id)]}
            ),
            lambda: self.card.sudo().write(
                {"points_entry_ids": [Command.create({"points": 1})]}
            ),
            lambda: line.write({"points_entry_ids": [Command.clear()]}),
        ]
        row = [str(self.card.id), "1"]
        self.assertFalse(entry.load(["card_id/.id", "points"], [row])["ids"])
        for number, way in enumerate(ways):
            with self.assertRaises(UserError, msg=number), self.env.cr.savepoint():
                way()
                self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self._balance(), (150, 0))
        self.assertEqual(len(self.card.sudo().points_entry_ids), 3)
