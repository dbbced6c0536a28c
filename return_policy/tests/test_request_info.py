"""Questions to the buyer, answers, as many rounds as it takes."""

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .evidence_common import VIDEO, EvidenceCase, picture


def at(text):
    return fields.Datetime.to_datetime(text)


@tagged("post_install", "-at_install")
class TestRequestInfo(EvidenceCase):
    def _dialog(self, action, words, user=None):
        return (
            self.env["return.request.reason"]
            .with_user(user or self.agent)
            .with_context(**action["context"])
            .create({"reason": words})
        )

    def _last(self, request):
        return request.sudo().log_ids.sorted("id")[-1]

    def test_a_question_and_its_answer_start_the_review_anew(self):
        with freeze_time("2026-11-02 08:00:00"):
            request = self._request(self._order(), 1)
        with freeze_time("2026-11-03 09:00:00"):
            action = request.action_need_info()
            self.assertEqual(request.state, "submitted")
            self._dialog(action, "Which colour?").action_done()
            self.assertEqual(
                (request.state, request.next_action, request.next_actor),
                ("needs_info", "answer", "buyer"),
            )
            self.assertEqual(request.deadline, at("2026-11-05 09:00:00"))
            self.assertEqual(request.info_question, "Which colour?")
        with freeze_time("2026-11-04 10:00:00"):
            self._dialog(request.action_answer(), "The red one").action_done()
        self.assertEqual((request.state, request.next_action), ("submitted", "review"))
        self.assertEqual(request.asked_at, at("2026-11-02 08:00:00"))
        self.assertEqual(request.submitted_at, at("2026-11-04 10:00:00"))
        self.assertEqual(request.deadline, at("2026-11-06 10:00:00"))
        self.assertEqual(request.info_answer, "The red one")
        log = [(e.event, e.reason) for e in request.sudo().log_ids.sorted("id")]
        self.assertEqual(
            log,
            [
                ("submitted", False),
                ("needs_info", "Which colour?"),
                ("answered", "The red one"),
            ],
        )
        self.assertIn("The red one", request.message_ids[0].body)

    def test_every_round_stays_readable(self):
        request = self._request(self._order((self.product, 1), (self.product, 1)))
        request.action_need_info("Which colour?")
        request.action_answer("Red")
        request.action_need_info("Which size?")
        day = fields.Date.context_today(request)
        self.assertFalse(request.info_answer)
        self.assertEqual(
            request.info_history.splitlines(),
            [
                f"{day} Asked the buyer for more: Which colour?",
                f"{day} The buyer answered: Red",
                f"{day} Asked the buyer for more: Which size?",
            ],
        )
        request.action_answer("M")
        dialog = self._dialog(request.action_need_info(), "And?")
        self.assertIn("The buyer answered: M", dialog.history)

    def test_evidence_comes_with_the_answer_and_the_policy_approves(self):
        request = self._waiting()
        request.action_need_info("Where is the scratch?")
        line = request.line_ids
        for name in ("one.png", "two.png"):
            self._hand_in(line, name, picture())
        self._hand_in(line, "film.mp4", VIDEO)
        self.assertEqual(request.state, "needs_info")
        request.sudo()._answer_info("On the foot")
        self.assertEqual((request.state, request.approval_mode), ("approved", "auto"))

    def test_an_answer_needs_a_question_and_words(self):
        request = self._request(self._order(), 1)
        with self.assertRaises(UserError), self.cr.savepoint():
            request.sudo()._answer_info("Red")
        request.action_need_info("Which colour?")
        with self.assertRaises(UserError), self.cr.savepoint():
            request.sudo()._answer_info("  ")
        self.env.invalidate_all()
        self.assertEqual(request.state, "needs_info")
        request.sudo()._answer_info("Red")
        events = len(request.sudo().log_ids)
        request.action_answer("Red")
        self.assertEqual(len(request.sudo().log_ids), events)

    def test_a_question_is_refused_or_cancelled_with_the_request(self):
        for step in ("action_refuse", "action_cancel"):
            request = self._request(self._order(), 1)
            request.action_need_info("Which colour?")
            getattr(request, step)("No answer")
            self.assertEqual(self._last(request).reason, "No answer")
            with self.assertRaises(UserError), self.cr.savepoint():
                request.sudo()._answer_info("Red")

    def test_a_return_is_cancelled_with_a_reason_or_without(self):
        for words in ("Buyer keeps it", False):
            request = self._request(self._order(), 1)
            self._dialog(request.action_ask_cancel(), words).action_done()
            self.assertEqual(request.state, "cancelled")
            self.assertEqual(self._last(request).reason, words)

    def test_the_warehouse_asks_nobody(self):
        request = self._request(self._order(), 1)
        for step in ("action_need_info", "action_answer", "action_ask_cancel"):
            with self.assertRaises(AccessError), self.cr.savepoint():
                getattr(request.with_user(self.keeper), step)()
        self.env.invalidate_all()
        self.assertEqual(request.state, "submitted")
