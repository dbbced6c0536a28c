from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestAdjustment(PointsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._released((100, 1))
        cls.card = cls.env["loyalty.card"].search([("partner_id", "=", cls.buyer.id)])
        cls.program.points_adjust_max = 50
        cls.agent, cls.other, cls.manager, cls.reader = (
            new_test_user(
                cls.env,
                f"points_{login}",
                f"base.group_user,loyalty_points.group_points_{role}",
            )
            for login, role in (
                ("agent", "agent"),
                ("other", "agent"),
                ("manager", "manager"),
                ("user", "user"),
            )
        )

    def _ask(self, points, user=None, reason="Late parcel"):
        adjustments = self.env["loyalty.points.adjustment"].with_user(
            user or self.agent
        )
        return adjustments.create(
            {"card_id": self.card.id, "points": points, "reason": reason}
        )

    def test_an_agent_adjusts_within_the_ceiling_alone(self):
        asked = self._ask(50)
        asked.action_hand_in()
        self.assertEqual(asked.state, "booked")
        self.assertEqual(self._balance(), (150, 0))
        entry = self.entries.search(
            [("card_id", "=", self.card.id), ("kind", "=", "adjust")]
        )
        self.assertEqual(
            (entry.points, entry.source, entry.description),
            (50, "manual", "Late parcel"),
        )
        self.assertIn(
            "Adjusted: Late parcel", self.card.history_ids.mapped("description")
        )

    def test_above_the_ceiling_a_manager_approves(self):
        asked = self._ask(51)
        asked.action_hand_in()
        self.assertEqual(asked.state, "waiting")
        self.assertEqual(len(asked.sudo().activity_ids), 1)
        self.assertEqual(self._balance(), (100, 0))
        with self.assertRaises(AccessError):
            asked.action_approve()
        asked.with_user(self.manager).action_approve()
        self.assertEqual(asked.decided_by_id, self.manager)
        self.assertFalse(asked.sudo().activity_ids)
        self.assertEqual(self._balance(), (151, 0))

    def test_whoever_adjusts_reads_what_came_of_it(self):
        for points, kind, message in (
            (50, "success", "+50 points for Buyer: booked."),
            (
                1,
                "warning",
                "+1 points for Buyer: a manager has to approve this first.",
            ),
        ):
            told = self._ask(points).action_hand_in()["params"]
            self.assertEqual((told["type"], told["message"]), (kind, message))

    def test_a_card_is_found_and_called_by_its_member(self):
        cards = self.env["loyalty.card"].with_user(self.agent)
        self.assertEqual(
            cards.name_search("Buyer", [("points_ledger", "=", True)]),
            [(self.card.id, "Members: Buyer")],
        )

    def test_a_blank_reason_is_none(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._ask(10, reason="  ")

    def test_small_pieces_of_a_day_add_up_to_the_ceiling(self):
        for points, state in ((30, "booked"), (-20, "booked"), (1, "waiting")):
            asked = self._ask(points)
            asked.action_hand_in()
            self.assertEqual(asked.state, state, points)
        self.assertEqual(self._balance(), (110, 0))

    def test_the_ceiling_is_that_of_the_card_whoever_adjusts(self):
        for points, user, state in (
            (30, self.manager, "booked"),
            (15, self.agent, "booked"),
            (6, self.other, "waiting"),
            (5, self.other, "booked"),
        ):
            asked = self._ask(points, user)
            asked.action_hand_in()
            self.assertEqual(asked.state, state, points)
        self.assertEqual(self._balance(), (150, 0))

    def test_the_draft_of_somebody_else_is_handed_in_by_a_manager_alone(self):
        asked = self._ask(10) + self._ask(20, self.other)
        with self.assertRaisesRegex(AccessError, "takes the role"):
            asked.action_hand_in()
        asked.invalidate_recordset()
        self.assertEqual(asked[1].state, "draft")
        self.assertEqual(self._balance(), (100, 0))
        asked[1].with_user(self.manager).action_hand_in()
        self.assertEqual(asked[1].state, "booked")
        self.assertEqual(self._balance(), (120, 0))

    def test_what_is_booked_is_not_booked_again(self):
        asked = self._ask(10)
        asked.action_hand_in()
        for step in ("action_hand_in", "action_cancel"):
            with self.assertRaisesRegex(UserError, "is booked: nothing is left"):
                getattr(asked, step)()
        with self.assertRaisesRegex(UserError, "is booked: nothing is left"):
            asked.with_user(self.manager).action_approve()
        self.assertEqual(self._balance(), (110, 0))

    def test_more_than_the_member_has_is_not_taken(self):
        with self.assertRaisesRegex(UserError, "Buyer has 100 points to spend; 101"):
            self._ask(-101, self.manager).action_hand_in()
        self._ask(-100, self.manager).action_hand_in()
        self.assertEqual(self._balance(), (0, 0))

    def test_a_refusal_says_why(self):
        asked = self._ask(500)
        asked.action_hand_in()
        waiting = asked.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "Why Refused"):
            waiting.action_refuse()
        waiting.refusal = "Given twice"
        waiting.action_refuse()
        self.assertEqual((asked.state, asked.refusal), ("refused", "Given twice"))
        self.assertEqual(self._balance(), (100, 0))

    def test_nobody_answers_for_somebody_else(self):
        asked = self._ask(500)
        self.assertEqual(asked.asked_by_id, self.agent)
        asked.action_hand_in()
        with self.assertRaises(AccessError):
            asked.with_user(self.other).action_cancel()
        with self.assertRaises(AccessError):
            asked.write({"state": "booked"})
        with self.assertRaisesRegex(UserError, "handed in"):
            asked.write({"points": 5})
        with self.assertRaisesRegex(UserError, "record"):
            asked.sudo().unlink()
        asked.action_cancel()
        self.assertEqual(asked.state, "cancelled")

    def test_a_state_that_is_sent_along_counts_for_nothing(self):
        sent = self.env["loyalty.points.adjustment"].with_user(self.agent)
        asked = sent.create(
            {
                "card_id": self.card.id,
                "points": 900,
                "reason": "x",
                "state": "booked",
                "asked_by_id": self.manager.id,
            }
        )
        self.assertEqual((asked.state, asked.asked_by_id), ("draft", self.agent))

    def test_readers_strangers_and_other_companies_ask_for_nothing(self):
        for user in (
            self.reader,
            new_test_user(self.env, "points_portal", "base.group_portal"),
            new_test_user(self.env, "points_plain", "base.group_user"),
        ):
            with self.assertRaises(AccessError):
                self._ask(5, user)
        asked = self._ask(5)
        far = self.env["res.company"].create({"name": "Far"})
        stranger = new_test_user(
            self.env,
            "points_far",
            "base.group_user,loyalty_points.group_points_manager",
            company_id=far.id,
            company_ids=[(6, 0, far.ids)],
        )
        with self.assertRaises(AccessError):
            asked.with_user(stranger).action_hand_in()
        self.assertEqual(self._balance(), (100, 0))

    def test_a_card_without_a_ledger_is_refused(self):
        plain = self.env["loyalty.program"].create(
            {"name": "Coupons", "program_type": "coupons"}
        )
        self.card = self.env["loyalty.card"].create({"program_id": plain.id})
        with self.assertRaisesRegex(ValidationError, "keeps no points ledger"):
            self._ask(5, self.manager)

    def test_a_merged_member_is_adjusted_on_the_card_that_stays(self):
        waiting, draft = self._ask(60), self._ask(-100, self.manager)
        waiting.action_hand_in()
        kept = self.env["res.partner"].create({"name": "Buyer again"})
        self._released((30, 1), partner=kept)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.buyer + kept).ids, kept)
        self.assertEqual(self._balance(kept), (130, 0))
        draft.action_hand_in()
        self.assertEqual(self._balance(kept), (30, 0))
        waiting.with_user(self.manager).action_approve()
        self.assertEqual(self._balance(kept), (90, 0))
        self.assertEqual((self.card.active, self.card.points), (False, 0))

    def test_no_adjustment_is_deleted_not_even_by_sending_a_context(self):
        asked = self._ask(10)
        asked.action_hand_in()
        for user in (self.agent, self.manager):
            with self.assertRaises(AccessError):
                asked.with_user(user).with_context(_force_unlink=True).unlink()
        self.assertTrue(asked.exists())
