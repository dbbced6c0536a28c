from odoo.tests import new_test_user, tagged

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestClawbackTold(PointsCommon):
    def test_a_credit_note_says_what_it_took_and_gave_back(self):
        self._released((200, 1))
        order = self._draft((100, 1))
        order._update_programs_and_rewards()
        order._apply_program_reward(self.program.reward_ids, self._card())
        order.action_confirm()
        note = self._credit(self._deliver(order))
        clerk = new_test_user(self.env, "clerk", "account.group_account_invoice")
        self.assertEqual(
            note.with_user(clerk).points_sentence,
            "100 points taken back. 100 spent points given back.",
        )
        self.assertEqual(note.points_moved, 0)
        entries = self.entries.search(note.action_points_entries()["domain"])
        self.assertEqual(set(entries.mapped("kind")), {"clawback", "give_back"})
        note.button_draft()
        self.assertFalse(note.points_sentence)
        note.action_post()
        self.assertEqual(
            note.points_sentence, "100 points taken back. 100 spent points given back."
        )

    def test_points_let_go_are_told(self):
        self.program.points_negative = "zero"
        order = self._released((100, 1))
        spending = self._draft((100, 1))
        spending._update_programs_and_rewards()
        spending._apply_program_reward(self.program.reward_ids, self._card())
        spending.action_confirm()
        note = self._credit(order)
        self.assertEqual(note.points_sentence, "100 points could not be taken back.")

    def test_documents_without_points_say_nothing(self):
        note = self._credit(self._order((100, 1)))
        self.assertFalse(note.points_sentence)
        self.assertEqual(note.points_moved, 0)
