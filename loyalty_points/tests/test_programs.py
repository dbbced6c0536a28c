from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestPrograms(PointsCommon):
    def _plain(self, **points):
        program = self._program(
            points_ledger=False, applies_on="both", trigger="auto", rule_ids=[]
        )
        cards = self.env["loyalty.card"]
        for name, value in points.items():
            partner = self.env["res.partner"].create({"name": name})
            cards += cards.sudo().create(
                {"program_id": program.id, "partner_id": partner.id, "points": value}
            )
        return program, cards

    def test_switching_the_ledger_on_books_what_cards_hold(self):
        program, cards = self._plain(ann=120, bob=0, cem=-30, dan=12.3)
        program.points_ledger = True
        entries = self.entries.search([("program_id", "=", program.id)], order="id")
        self.assertEqual(entries.mapped("points"), [120, -30, 13])
        self.assertEqual(set(entries.mapped("kind")), {"opening"})
        self.assertEqual(cards.mapped("points"), [120, 0, -30, 13])

    def test_switching_it_off_and_on_books_only_the_difference(self):
        program, cards = self._plain(ann=120)
        program.points_ledger = True
        program.points_ledger = False
        cards.points = 100
        program.points_ledger = True
        entries = self.entries.search([("program_id", "=", program.id)], order="id")
        self.assertEqual(entries.mapped("points"), [120, -20])
        self.assertEqual(entries.mapped("kind"), ["opening", "adjust"])

    def test_without_the_ledger_nothing_more_is_booked(self):
        order = self._delivered((100, 1))
        note = self._credit(self._released((40, 1)))
        self.program.points_ledger = False
        self._card().points = 500
        self._pass_time(order.order_line)
        note.button_draft()
        self._credit(order)
        self.assertEqual(self._card().points, 500)
        self.program.points_ledger = True
        self.assertEqual(self._balance(), (500, 100))

    def test_without_the_ledger_the_points_of_core_are_left_alone(self):
        self.program.points_referral = True
        self._released((40, 1))
        card = self._card().sudo()
        friend = self.env["res.partner"].create({"name": "Friend"})
        code = card.points_membership_ids.referral_code
        self._released((100, 1), partner=friend, points_referral_code=code)
        adjustment = self.env["loyalty.points.adjustment"].sudo()
        adjustment = adjustment.create(
            {"card_id": card.id, "points": 5, "reason": "Late"}
        )
        self.program.points_ledger = False
        card.points = 500
        with self.assertRaisesRegex(UserError, "keeps no points ledger"):
            adjustment.action_hand_in()
        with self.enter_registry_test_mode():
            self.env.ref("loyalty_points.ir_cron_referral").method_direct_trigger()
        facts = {"key": "x", "source": "survey", "description": "Thanks"}
        with self.assertRaisesRegex(UserError, "keeps no points ledger"):
            card._points_grant([(card, 5, facts)])
        self.assertEqual(card.points, 500)
        self.program.points_ledger = True
        self.assertEqual(self._balance(), (500, 0))
        with self.enter_registry_test_mode():
            self.env.ref("loyalty_points.ir_cron_referral").method_direct_trigger()
        self.assertEqual(self._balance(), (600, 0))

    def test_an_order_cancelled_without_the_ledger_spends_again(self):
        self._released((150, 1))
        card = self._card()
        order = self._draft((50, 1))
        order._update_programs_and_rewards()
        order._apply_program_reward(self.program.reward_ids, card)
        order.action_confirm()
        self.assertEqual(self._balance(), (50, 0))
        self.program.points_ledger = False
        order._action_cancel()  # core gives back
        card.points += 20
        self.program.points_ledger = True
        self.assertEqual(self._balance(), (170, 0))
        back = self._booked(order, "give_back")
        self.assertEqual((back.points, back.reverses_id.points), (100, -100))
        order.action_draft()
        order._apply_program_reward(self.program.reward_ids, card)
        order.action_confirm()
        self.assertEqual((order.amount_total, self._balance()), (40, (70, 0)))

    def test_a_card_born_with_points_opens_with_them(self):
        card = (
            self.env["loyalty.card"]
            .sudo()
            .create(
                {
                    "program_id": self.program.id,
                    "partner_id": self.buyer.id,
                    "points": 15,
                }
            )
        )
        self.assertEqual(self._balance(), (15, 0))
        self.assertEqual(card.points_entry_ids.kind, "opening")

    def test_two_cards_of_one_customer_are_refused(self):
        program, cards = self._plain(ann=1)
        self.env["loyalty.card"].sudo().create(
            {"program_id": program.id, "partner_id": cards.partner_id.id}
        )
        with self.assertRaisesRegex(UserError, "ann"):
            program.points_ledger = True
        self.assertFalse(program.points_ledger)

    def test_a_ledger_and_conditional_rules_exclude_each_other(self):
        with self.assertRaises(ValidationError):
            self.program.rule_ids = [Command.create({})]
        with self.assertRaises(ValidationError):
            self.program.applies_on = "current"

    def test_the_form_removes_the_rules(self):
        with Form(
            self.env["loyalty.program"].with_context(default_program_type="loyalty")
        ) as form:
            form.name = "Club"
            form.points_ledger = True
        program = form.record
        self.assertFalse(program.rule_ids)
        self.assertEqual((program.applies_on, program.trigger), ("both", "auto"))

    def test_a_card_with_entries_is_neither_deleted_nor_moved(self):
        self._delivered((100, 1))
        card = self._card().sudo()
        other = self._program(name="Other")
        with self.assertRaises(UserError):
            card.unlink()
        with self.assertRaises(UserError):
            card.program_id = other
        with self.assertRaises(UserError):
            card.points_pending = 5
        self.assertEqual(self._balance(), (0, 100))

    def test_core_programs_stay_as_they_were(self):
        program, cards = self._plain(ann=120)
        cards.points = 130.5
        self.assertEqual(cards.points, 130.5)
        self.assertFalse(self.entries.search([("program_id", "=", program.id)]))
