"""By when each step has to be done: the times of the plan, the refund by law."""

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .deadline_common import DeadlineCase, at


@tagged("post_install", "-at_install")
class TestRequestDeadline(DeadlineCase):
    def test_the_times_of_the_plan_hold(self):
        self._times(
            review=(10, "hours"),
            answer=(6, "hours"),
            ship_back=(3, "days"),
            receive=(2, "days"),
            inspect=(5, "hours"),
        )
        request = self._asked("2026-11-02 08:00:00")
        seen = {request.next_action: request.deadline}
        with freeze_time("2026-11-02 09:00:00"):
            request.action_need_info("which lamp?")
            seen[request.next_action] = request.deadline
        with freeze_time("2026-11-02 10:00:00"):
            request.action_submit()
            request.action_approve()
            seen[request.next_action] = request.deadline
        with freeze_time("2026-11-04 06:00:00"):
            request.return_tracking_ref = "SF1"
            seen[request.next_action] = request.deadline
        with freeze_time("2026-11-05 01:00:00"):
            # corrected, not sent again
            request.return_tracking_ref = "SF2"
            self.assertEqual(request.deadline, seen["receive"])
            self._receive(request)
            seen[request.next_action] = request.deadline
        self.assertEqual(
            seen,
            {
                "review": at("2026-11-02 18:00:00"),
                "answer": at("2026-11-02 15:00:00"),
                "ship_back": at("2026-11-05 10:00:00"),
                "receive": at("2026-11-06 06:00:00"),
                "inspect": at("2026-11-05 06:00:00"),
            },
        )

    def test_a_changed_time_holds_for_the_next_step(self):
        request = self._asked("2026-11-02 08:00:00")
        self.env.flush_all()
        self._times(review=(1, "hours"), ship_back=(1, "days"))
        self.assertEqual(request.deadline, at("2026-11-04 08:00:00"))
        with freeze_time("2026-11-02 08:00:00"):
            request.action_approve()
        self.assertEqual(request.deadline, at("2026-11-03 08:00:00"))

    def _calendar(self, zone, off=()):
        """Give the company 9-12 and 13-18 on weekdays, less days off."""
        calendar = self.env["resource.calendar"].create(
            {
                "name": "Desk",
                "tz": zone,
                "company_id": self.company.id,
                "attendance_ids": [
                    (
                        0,
                        0,
                        {
                            "name": period,
                            "dayofweek": str(day),
                            "day_period": period,
                            "hour_from": start,
                            "hour_to": end,
                        },
                    )
                    for day in range(5)
                    for period, start, end in (
                        ("morning", 9, 12),
                        ("afternoon", 13, 18),
                    )
                ],
                "leave_ids": [
                    (0, 0, {"name": "Off", "date_from": start, "date_to": end})
                    for start, end in off
                ],
            }
        )
        self.company.resource_calendar_id = calendar

    # (zone, days off in UTC, time, asked, deadline); UTC. 2026-11-06 is a Friday.
    WORKING = (
        # Friday 16:00 in Shanghai and 8 hours: 2 on Friday, 6 on Monday
        ("Asia/Shanghai", (), (8, "hours"), "2026-11-06 08:00:00",
         "2026-11-09 08:00:00"),
        # asked on Sunday: the clock starts on Monday at 9
        ("Asia/Shanghai", (), (1, "hours"), "2026-11-08 03:00:00",
         "2026-11-09 02:00:00"),
        # a day is eight hours of work
        ("Asia/Shanghai", (), (1, "days"), "2026-11-06 08:00:00",
         "2026-11-09 08:00:00"),
        # Monday is a holiday
        ("Asia/Shanghai", (("2026-11-08 16:00:00", "2026-11-09 16:00:00"),),
         (8, "hours"), "2026-11-06 08:00:00", "2026-11-10 08:00:00"),
        # Berlin leaves summer time on 25 October: Friday 17:00 CEST, 2 hours
        ("Europe/Berlin", (), (2, "hours"), "2026-10-23 15:00:00",
         "2026-10-26 09:00:00"),
        # New York takes summer time on 8 March: Friday 17:00 EST, 2 hours
        ("America/New_York", (), (2, "hours"), "2026-03-06 22:00:00",
         "2026-03-09 14:00:00"),
    )  # fmt: skip

    def test_working_time_leaves_out_nights_weekends_and_days_off(self):
        for zone, off, time, asked, deadline in self.WORKING:
            with self.subTest(zone=zone, asked=asked, time=time):
                self._calendar(zone, off)
                self._times(review=(*time, "working"))
                self.assertEqual(self._asked(asked).deadline, at(deadline))

    def test_calendar_time_counts_every_hour_also_when_the_clocks_change(self):
        self._calendar("Europe/Berlin")
        self._times(review=(2, "days", "calendar"))
        request = self._asked("2026-10-24 08:00:00")
        self.assertEqual(request.deadline, at("2026-10-26 08:00:00"))

    def test_where_nobody_works_every_hour_counts(self):
        self._times(review=(8, "hours", "working"))
        self._calendar("UTC")
        self.company.resource_calendar_id.attendance_ids = False
        request = self._asked("2026-11-07 08:00:00")
        self.assertEqual(request.deadline, at("2026-11-07 16:00:00"))
        self.company.resource_calendar_id = False
        request = self._asked("2026-11-07 08:00:00")
        self.assertEqual(request.deadline, at("2026-11-07 16:00:00"))

    def _terms(self, preset, **vals):
        """Publish the terms of a preset for the company."""
        preset = self.env.ref(f"return_policy.preset_{preset}")
        values = preset._policy_values(self.company)
        self._policy(**{**values, **vals})

    # (preset, terms, asked, scanned, received, deadline, alarm); UTC
    CASES = (
        # 7 days after the goods, 24:00 in Shanghai; the scan starts nothing
        ("cn_7", {}, "2026-11-02 08:00:00", "2026-11-03 08:00:00",
         "2026-11-10 09:00:00", "2026-11-17 15:59:59", "2026-11-25 15:59:59"),
        # received at 00:30 in Shanghai is the next day already
        ("cn_7", {}, "2026-11-02 08:00:00", None,
         "2026-11-10 16:30:00", "2026-11-18 15:59:59", "2026-11-26 15:59:59"),
        ("cn_7", {"refund_days": 3}, "2026-11-02 08:00:00", None,
         "2026-12-30 09:00:00", "2027-01-02 15:59:59", "2027-01-14 15:59:59"),
        # 14 days from the buyer's notice, 24:00 in Berlin; never before the goods
        ("eu_14", {"tz": "Europe/Berlin"}, "2026-10-20 08:00:00", None,
         "2026-10-22 09:00:00", "2026-11-03 22:59:59", False),
        ("eu_14", {"tz": "Europe/Berlin"}, "2026-11-02 08:00:00", None,
         "2026-11-20 09:00:00", "2026-11-20 08:59:59", False),
        # the proof of sending counts as much as the goods
        ("eu_14", {"tz": "Europe/Berlin"}, "2026-11-02 08:00:00",
         "2026-11-18 09:00:00", "2026-11-20 09:00:00", "2026-11-18 08:59:59", False),
        # 14 days after the goods or the proof, whichever came first
        ("uk_14", {"tz": "Europe/London"}, "2026-11-02 08:00:00", None,
         "2026-11-20 09:00:00", "2026-12-04 23:59:59", False),
        ("uk_14", {"tz": "Europe/London"}, "2026-11-02 08:00:00",
         "2026-11-18 09:00:00", "2026-11-20 09:00:00", "2026-12-02 23:59:59", False),
        # no law, no alarm
        ("store_30", {"tz": "UTC", "refund_days": 5, "refund_clock": "goods_back"},
         "2026-11-02 08:00:00", None,
         "2026-11-20 09:00:00", "2026-11-25 23:59:59", False),
    )  # fmt: skip

    def test_the_refund_runs_as_the_frozen_version_says(self):
        for preset, terms, asked, scanned, received, deadline, alarm in self.CASES:
            with self.subTest(preset=preset, received=received, scanned=scanned):
                with freeze_time(asked):
                    self._terms(preset, refund_on="inspected", **terms)
                    request = self._approved(self._order(), 1)
                if scanned:
                    with freeze_time(scanned):
                        request.return_tracking_ref = "P1"
                        request.action_scanned()
                with freeze_time(received):
                    self._receive(request)
                    request.with_user(self.keeper).action_inspect()
                self.assertEqual(request.next_action, "send")
                self.assertEqual(request.deadline, at(deadline))
                self.assertEqual(request.alarm_at, alarm and at(alarm))

    def test_money_without_goods_is_due_from_the_approval(self):
        with freeze_time("2026-11-02 08:00:00"):
            request = self._request(
                self._order(), 1, line_vals={"remedy": "refund_only"}
            )
        with freeze_time("2026-11-05 08:00:00"):
            request.with_user(self.lead).action_approve()
        self.assertEqual(request.next_action, "send")
        self.assertEqual(request.deadline, at("2026-11-12 15:59:59"))

    def test_a_second_submission_keeps_the_first_notice(self):
        with freeze_time("2026-11-02 08:00:00"):
            request = self._request(self._order(), 1)
            request.action_need_info("which lamp?")
        with freeze_time("2026-11-05 08:00:00"):
            request.action_submit()
        self.assertEqual(request.asked_at, at("2026-11-02 08:00:00"))
        self.assertEqual(request.submitted_at, at("2026-11-05 08:00:00"))
        with self.assertRaises(AccessError), self.cr.savepoint():
            request.asked_at = at("2026-10-01 08:00:00")

    def test_goods_added_to_a_request_later_were_asked_for_later(self):
        with freeze_time("2026-11-02 08:00:00"):
            cups = [self._product(name, 9.0) for name in ("Cup", "Mug")]
            order = self._order(*[(item, 1) for item in (self.product, *cups)])
            order.order_line.return_received_at = at("2026-11-01 08:00:00")
            first, second, third = order.order_line
            request = self._request(order, submit=False)
            request.line_ids.filtered(lambda ln: ln.sale_line_id != first).unlink()
            request.action_submit()
            request.action_need_info("which lamp?")
        with freeze_time("2026-11-20 08:00:00"):
            request.line_ids = [(0, 0, {"sale_line_id": second.id})]
            for _submission in range(2):
                request.action_submit()
                verdicts = request.line_ids.mapped("verdict")
                self.assertEqual(verdicts, ["allowed", "refused"])
                request.action_need_info("which lamp?")
            request.line_ids[0].sale_line_id = third
            request.action_submit()
            self.assertEqual(set(request.line_ids.mapped("verdict")), {"refused"})
