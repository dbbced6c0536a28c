"""Who hears of a deadline: each mark once, the latest one after a long sleep."""

from odoo.tests import freeze_time, tagged

from .deadline_common import DeadlineCase, at


@tagged("post_install", "-at_install")
class TestRequestDeadlineMarks(DeadlineCase):
    def test_the_agent_is_reminded_at_each_mark_and_the_lead_alarmed_at_zero(self):
        request = self._asked("2026-11-02 08:00:00")
        self.assertEqual(request.next_mark_at, at("2026-11-03 08:00:00"))
        reminder = ("deadline", self.agent, "Approve or refuse", "2026-11-04")
        alarm = ("alarm", self.lead, "Approve or refuse", "2026-11-04")
        nothing = ("", self.env["res.users"], False, "False")
        # (woken at, what is open afterwards, last mark)
        steps = (
            ("2026-11-03 07:59:59", nothing, 0),
            ("2026-11-03 08:00:00", reminder, 50),
            ("2026-11-03 22:24:00", reminder, 80),
            ("2026-11-04 05:36:00", reminder, 95),
            # the last second is still in time
            ("2026-11-04 08:00:00", reminder, 95),
            ("2026-11-04 08:00:01", alarm, 100),
            ("2026-12-04 08:00:00", alarm, 100),
        )
        seen = self.env["mail.activity"]
        for moment, told, mark in steps:
            with self.subTest(moment=moment):
                self._wake(moment)
                self.assertEqual(self._told(request), told)
                self.assertEqual(request.marked_percent, mark)
                seen |= request.reminder_id
        self.assertEqual(len(seen), 4)
        self.assertEqual(len(seen.exists()), 1)
        self.assertFalse(request.next_mark_at)
        self.assertEqual(request.state, "submitted")

    def test_running_again_or_a_clock_that_jumps_back_changes_nothing(self):
        request = self._asked("2026-11-02 08:00:00")
        self._wake("2026-11-04 06:00:00")
        activity = request.reminder_id
        for moment in (
            "2026-11-04 06:00:00",
            "2026-11-03 09:00:00",
            "2026-11-01 09:00:00",
            "2026-11-04 07:00:00",
        ):
            self._wake(moment)
            self.assertEqual(request.reminder_id, activity, moment)
        self.assertEqual(request.marked_percent, 95)

    def test_a_job_that_slept_tells_the_latest_mark_only(self):
        request = self._asked("2026-11-02 08:00:00")
        self._wake("2026-11-09 08:00:00")
        self.assertEqual(self._told(request)[0], "alarm")
        self.assertEqual(
            self.env["mail.activity"].search_count(
                [("res_model", "=", "return.request"), ("res_id", "=", request.id)]
            ),
            1,
        )

    def test_the_reminder_goes_when_the_step_is_done(self):
        request = self._asked("2026-11-02 08:00:00")
        self._wake("2026-11-03 09:00:00")
        with freeze_time("2026-11-03 10:00:00"):
            request.with_user(self.lead).action_approve()
            self.assertEqual(request.next_mark_at, at("2026-11-03 10:00:00"))
        self._wake("2026-11-03 10:05:00")
        self.assertFalse(request.reminder_id)
        self.assertFalse(request.activity_ids)
        # half of seven days
        self.assertEqual(request.next_mark_at, at("2026-11-06 22:00:00"))

    def test_a_reminder_marked_as_done_stays_in_the_history(self):
        request = self._asked("2026-11-02 08:00:00")
        self._wake("2026-11-03 09:00:00")
        activity = request.reminder_id
        activity.with_user(self.agent).action_feedback("I look at it today")
        self._wake("2026-11-04 06:00:00")
        self.assertNotEqual(request.reminder_id, activity)
        self.assertEqual(request.marked_percent, 95)
        self.assertTrue(activity.exists())
        self.assertFalse(activity.active)

    def test_a_deleted_reminder_does_not_keep_the_job_busy(self):
        request = self._asked("2026-11-02 08:00:00")
        self._wake("2026-11-03 09:00:00")
        with freeze_time("2026-11-03 10:00:00"):
            request.action_refuse("worn")
            request.reminder_id.unlink()
        self._wake("2026-11-03 10:05:00")
        self.assertFalse(request.next_mark_at)

    def test_a_step_that_begins_again_is_reminded_of_again(self):
        request = self._asked("2026-11-02 08:00:00")
        self._wake("2026-11-03 09:00:00")
        with freeze_time("2026-11-03 10:00:00"):
            request.action_need_info("which lamp?")
            request._answer_info("the blue one")
            self.assertEqual(request.next_mark_at, at("2026-11-03 10:00:00"))
        self._wake("2026-11-03 10:05:00")
        self.assertFalse(request.reminder_id)
        self._wake("2026-11-04 10:00:00")
        self.assertEqual(self._told(request)[0], "deadline")
        self.assertEqual(request.marked_percent, 50)

    def test_the_buyer_gets_one_message_for_each_mark(self):
        request = self._asked("2026-11-02 08:00:00")
        with freeze_time("2026-11-02 08:00:00"):
            request.with_user(self.lead).action_approve()
        notices = self.env["return.notice"]
        domain = [("request_id", "=", request.id), ("event", "=", "reminder")]
        # 84 h, 134.4 h, 159.6 h, 168 h; then the lead, not the buyer
        for moment, messages in (
            ("2026-11-05 20:00:00", 1),
            ("2026-11-05 20:05:00", 1),
            ("2026-11-07 22:24:00", 2),
            ("2026-11-08 23:36:00", 3),
            ("2026-11-09 07:59:00", 3),
            ("2026-11-09 09:00:00", 3),
        ):
            self._wake(moment)
            self.assertEqual(notices.search_count(domain), messages, moment)
        self.assertEqual(self._told(request)[:2], ("alarm", self.lead))

    def test_the_warehouse_is_reminded_by_whoever_has_the_transfer(self):
        request = self._asked("2026-11-02 08:00:00")
        with freeze_time("2026-11-02 08:00:00"):
            request.with_user(self.lead).action_approve()
            request.return_tracking_ref = "SF1"
        request.sudo().picking_ids.user_id = self.keeper
        self._wake("2026-11-03 21:00:00")
        self.assertEqual(self._told(request)[1], self.keeper)

    def test_the_refund_is_alarmed_softly_on_day_7_and_hard_on_day_15(self):
        with freeze_time("2026-11-02 08:00:00"):
            request = self._approved(self._order(), 1)
        with freeze_time("2026-11-10 09:00:00"):
            self._receive(request)
            request.with_user(self.keeper).action_inspect()
            request.refund_ids._hand_over()
        self.assertEqual(request.next_action, "confirm")
        self.assertEqual(request.deadline, at("2026-11-17 15:59:59"))
        self.assertEqual(request.alarm_at, at("2026-11-25 15:59:59"))
        confirm = "Refund outside Odoo, then confirm here"
        seen = []
        for moment in (
            "2026-11-14 09:00:00",
            "2026-11-17 15:59:59",
            "2026-11-17 16:00:00",
            "2026-11-25 15:59:59",
            "2026-11-25 16:00:00",
        ):
            self._wake(moment)
            seen.append((request.marked_percent, *self._told(request)[:3]))
        self.assertEqual(
            seen,
            [
                (50, "deadline", self.agent, confirm),
                (95, "deadline", self.agent, confirm),
                (100, "alarm", self.lead, confirm),
                (100, "alarm", self.lead, confirm),
                (200, "alarm", self.lead, confirm),
            ],
        )
        self.assertFalse(request.next_mark_at)
        late = [("alarm_at", "<", "2026-11-25 16:00:00"), ("id", "=", request.id)]
        self.assertTrue(self.env["return.request"].search_count(late))

    def test_one_clock_runs_however_the_money_moves(self):
        with freeze_time("2026-11-02 08:00:00"):
            request = self._approved(self._order(), 1)
        with freeze_time("2026-11-10 09:00:00"):
            self._receive(request)
            request.with_user(self.keeper).action_inspect()
        self._wake("2026-11-17 16:00:00")
        self.assertEqual((request.next_action, request.marked_percent), ("send", 100))
        activity = request.reminder_id
        with freeze_time("2026-11-17 17:00:00"):
            request.refund_ids._hand_over()
        self._wake("2026-11-17 17:05:00")
        self.assertEqual(request.next_action, "confirm")
        self.assertEqual(request.reminder_id, activity)

    def test_nothing_happens_where_the_plan_says_so(self):
        self._times(review=(48, "hours", "calendar", "none"))
        request = self._asked("2026-11-02 08:00:00")
        self._wake("2026-11-03 09:00:00")
        self.assertEqual(request.marked_percent, 50)
        self._wake("2026-12-03 09:00:00")
        self.assertEqual(request.marked_percent, 95)
        self.assertFalse(request.next_mark_at)

    def test_without_anybody_to_tell_the_mark_is_reached_all_the_same(self):
        self.company.return_alarm_user_id = False
        request = self._asked("2026-11-02 08:00:00", user_id=False)
        self._wake("2026-11-05 09:00:00")
        self.assertFalse(request.reminder_id)
        self.assertEqual(request.marked_percent, 100)
        self.assertFalse(request.next_mark_at)

    def _queries_of_job(self, count):
        for _number in range(count):
            self._asked("2026-11-02 08:00:00")
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self._wake("2026-11-03 09:00:00")
        return self.cr.sql_log_count - before

    def test_reminding_ten_takes_little_more_than_reminding_one(self):
        self._queries_of_job(1)  # warms the caches
        one = self._queries_of_job(1)
        self.assertLess(self._queries_of_job(10), one + 3)
