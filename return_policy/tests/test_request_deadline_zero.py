"""What happens by itself when a time is over: logged, once, and only if still due."""

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .deadline_common import DeadlineCase

LATE = "2026-11-04 08:00:01"


@tagged("post_install", "-at_install")
class TestRequestDeadlineZero(DeadlineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for step, effect in (
            ("review", "approve"),
            ("answer", "expire"),
            ("ship_back", "expire"),
            ("offer", "decline"),
            ("inspect", "accept"),
        ):
            cls.plan.step_ids.filtered(
                lambda s, step=step: s.step == step
            ).at_zero = effect

    def _last_entry(self, request, event):
        entry = request.log_ids.filtered(lambda row: row.event == event)[-1:]
        return entry.is_auto, entry.reason

    def test_a_review_that_takes_too_long_is_approved_once(self):
        request = self._asked("2026-11-02 08:00:00")
        self.assertEqual(request.at_zero, "approve")
        self._wake("2026-11-04 08:00:00")
        self.assertEqual(request.state, "submitted")
        for moment in (LATE, "2026-11-04 08:10:00", "2026-11-01 08:10:00"):
            self._wake(moment)
            self.assertEqual(request.state, "approved", moment)
        events = self._events(request)
        self.assertEqual(events, ["submitted", "timed_out", "approved"])
        self.assertEqual(
            self._last_entry(request, "timed_out"),
            (True, "The time for “Approve or refuse” is over (Our times)."),
        )
        self.assertTrue(self._last_entry(request, "approved")[0])
        self.assertEqual(len(request.sudo().picking_ids), 1)

    def test_the_log_tells_it_in_the_language_of_the_agent(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        request = self._asked("2026-11-02 08:00:00")
        self.plan.with_context(lang="fr_FR").name = "Nos délais"
        request.user_id = self.agent
        self.agent.lang = "fr_FR"
        self._wake(LATE)
        self.assertEqual(
            self._last_entry(request, "timed_out"),
            (True, "The time for “Approve or refuse” is over (Nos délais)."),
        )

    def test_what_the_policy_refuses_is_left_to_a_person(self):
        with freeze_time("2026-11-02 08:00:00"):
            order = self._order()
            order.order_line.return_received_at = "2026-10-01 08:00:00"
            request = self._request(order, 1)
        self.assertTrue(request.has_refused_line)
        self._wake(LATE)
        self.assertEqual(request.state, "submitted")
        self.assertEqual(self._told(request)[:2], ("alarm", self.lead))
        self.assertIn("a person has to decide", request.reminder_id.note)
        self.assertEqual(self._events(request), ["submitted"])
        self._wake("2026-11-20 08:00:00")
        self.assertEqual(request.marked_percent, 100)

    def test_a_buyer_who_does_not_answer_or_send_lets_the_request_expire(self):
        asked = self._asked("2026-11-02 08:00:00")
        with freeze_time("2026-11-02 08:00:00"):
            asked.action_need_info("which lamp?")
            sent = self._approved(self._order(), 1)
        self._wake(LATE)
        self.assertEqual((asked.state, asked.queue), ("expired", "expired"))
        self.assertEqual(sent.state, "approved")
        self._wake("2026-11-09 08:00:01")
        self.assertEqual((sent.state, sent.goods_state), ("expired", "none"))
        self.assertEqual(set(sent.sudo().picking_ids.mapped("state")), {"cancel"})
        self.assertEqual(self._events(sent)[-2:], ["timed_out", "expired"])
        # what it held can be asked for again
        again = self._request(sent.sale_order_id)
        self.assertEqual(again.state, "submitted")

    def test_goods_that_came_in_part_do_not_expire(self):
        with freeze_time("2026-11-02 08:00:00"):
            request = self._approved(self._order(), 2)
        with freeze_time("2026-11-05 08:00:00"):
            self._receive(request, 1)
        self.assertEqual(request.next_action, "ship_back")
        self._wake("2026-11-09 08:00:01")
        self.assertEqual(request.state, "approved")
        self.assertEqual(self._told(request)[:2], ("alarm", self.lead))
        self.assertIn("come back", request.reminder_id.note)

    def test_an_offer_nobody_takes_goes_back_to_the_desk(self):
        request = self._asked("2026-11-02 08:00:00")
        request.line_ids.amount_agreed = 20
        with freeze_time("2026-11-02 09:00:00"):
            request.action_offer()
        self.assertEqual(request.at_zero, "decline")
        self._wake("2026-11-04 09:00:01")
        self.assertEqual(
            (request.state, request.offer_state, request.next_action),
            ("submitted", "declined", "review"),
        )

    def test_goods_nobody_inspects_count_as_accepted_and_are_paid(self):
        with freeze_time("2026-11-02 08:00:00"):
            request = self._approved(self._order(), 1)
        with freeze_time("2026-11-05 08:00:00"):
            self._receive(request)
        self._wake("2026-11-08 08:00:01")
        self.assertEqual(
            (request.goods_state, request.money_state), ("inspected", "queued")
        )
        self.assertEqual(len(request.credit_note_ids), 1)
        self._wake("2026-11-08 09:00:01")
        self.assertEqual(len(request.credit_note_ids), 1)

    def test_a_person_who_was_late_but_faster_than_the_job_decides(self):
        request = self._asked("2026-11-02 08:00:00")
        with freeze_time("2026-11-04 09:00:00"):
            request.action_refuse("worn")
        self._wake("2026-11-04 09:05:00")
        self.assertEqual(request.state, "refused")
        self.assertEqual(self._events(request), ["submitted", "refused"])

    def test_nothing_happens_by_itself_during_a_dispute(self):
        undecided = self._asked("2026-11-02 08:00:00")
        with freeze_time("2026-11-02 08:00:00"):
            approved = self._approved(self._order(), 1)
        (undecided + approved).action_dispute("the platform decides")
        self._wake("2026-11-20 08:00:00")
        self.assertEqual(
            (undecided + approved).mapped("state"), ["submitted", "approved"]
        )
        self.assertEqual(self._told(approved)[:2], ("alarm", self.lead))
        undecided.with_user(self.lead).action_settle_dispute("withdrawn")
        self._wake("2026-11-20 08:05:00")
        self.assertEqual(undecided.state, "approved")

    def test_one_request_that_cannot_does_not_stop_the_others(self):
        requests = self.env["return.request"]
        for _number in range(3):
            requests += self._asked("2026-11-02 08:00:00")
        # nobody can approve a return of an order that is none any more
        requests[1].sudo().sale_order_id.state = "cancel"
        self._wake(LATE)
        self.assertEqual(
            requests.mapped("state"), ["approved", "submitted", "approved"]
        )
        self.assertEqual(requests.mapped("marked_percent"), [0, 100, 0])
        self.assertEqual(self._told(requests[1])[:2], ("alarm", self.lead))

    def test_a_surprise_stops_nothing_either(self):
        requests = self._asked("2026-11-02 08:00:00")
        requests += self._asked("2026-11-02 08:00:00")
        bad, step = requests[0], type(requests)._approve_at_zero

        def surprise(records):
            if bad in records:
                raise ZeroDivisionError("a surprise")
            step(records)

        self.patch(type(requests), "_approve_at_zero", surprise)
        with mute_logger(
            "odoo.addons.return_policy.models.return_request_deadline_zero"
        ):
            self._wake(LATE)
        self.assertEqual(requests.mapped("state"), ["submitted", "approved"])
        self.assertEqual(self._told(bad)[0], "alarm")
        self.assertIn("a surprise", bad.reminder_id.note)

    def test_a_job_that_slept_for_days_catches_up_step_by_step(self):
        requests = self.env["return.request"]
        for day in range(1, 6):
            requests += self._asked(f"2026-11-0{day} 08:00:00")
        # smaller batches than work: each wake-up takes the oldest
        self._wake("2026-11-20 08:00:00", limit=2)
        self.assertEqual(requests.mapped("state").count("approved"), 2)
        self.assertEqual(set(requests[:2].mapped("state")), {"approved"})
        for _run in range(2):
            self._wake("2026-11-20 08:00:00", limit=2)
        self.assertEqual(set(requests.mapped("state")), {"approved"})
        for request in requests:
            self.assertEqual(self._events(request).count("timed_out"), 1)
