"""By when each step has to be done: the company's times, the refund by law."""

from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import ReturnCase

at = fields.Datetime.to_datetime


@tagged("post_install", "-at_install")
class TestRequestDeadline(ReturnCase):
    def _times(self, **vals):
        self.company.write({f"return_{name}": value for name, value in vals.items()})

    def test_the_times_of_the_company_hold(self):
        self._times(review_hours=10, ship_back_days=3, inspect_hours=5)
        with freeze_time("2026-11-02 08:00:00"):
            request = self._request(self._order(), 1)
            seen = {request.next_action: request.deadline}
            request.action_need_info("Which colour?")
            seen[request.next_action] = request.deadline
            request.action_submit()
            request.action_approve()
            seen[request.next_action] = request.deadline
            request.return_tracking_ref = "SF1"
            seen[request.next_action] = request.deadline
        with freeze_time("2026-11-05 01:00:00"):
            self._receive(request)
            seen[request.next_action] = request.deadline
        self.assertEqual(
            seen,
            {
                "review": at("2026-11-02 18:00:00"),
                "answer": at("2026-11-02 18:00:00"),
                "ship_back": at("2026-11-05 08:00:00"),
                "receive": at("2026-11-08 08:00:00"),
                "inspect": at("2026-11-05 06:00:00"),
            },
        )

    def test_a_changed_time_holds_for_the_next_step(self):
        with freeze_time("2026-11-02 08:00:00"):
            request = self._request(self._order(), 1)
            self.env.flush_all()
            self._times(review_hours=1, ship_back_days=1)
            self.assertEqual(request.deadline, at("2026-11-04 08:00:00"))
            request.action_approve()
            self.assertEqual(request.deadline, at("2026-11-03 08:00:00"))

    def test_times_and_limits_are_above_zero_and_have_an_end(self):
        most = {
            "review_hours": 8760,
            "ship_back_days": 365,
            "inspect_hours": 8760,
            "evidence_max_count": 100,
            "evidence_max_mb": 1024,
        }
        self._times(**most)
        self.env.flush_all()
        for name, last in most.items():
            for value in (0, -1, last + 1):
                with (
                    self.subTest(name=name, value=value),
                    mute_logger("odoo.sql_db"),
                    self.assertRaisesRegex(CheckViolation, "return_limits_possible"),
                    self.cr.savepoint(),
                ):
                    self._times(**{name: value})
                    self.env.flush_all()

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
            request.action_need_info("Which colour?")
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
            request.action_need_info("Which colour?")
        with freeze_time("2026-11-20 08:00:00"):
            request.line_ids = [(0, 0, {"sale_line_id": second.id})]
            for _submission in range(2):
                request.action_submit()
                verdicts = request.line_ids.mapped("verdict")
                self.assertEqual(verdicts, ["allowed", "refused"])
                request.action_need_info("Which colour?")
            request.line_ids[0].sale_line_id = third
            request.action_submit()
            self.assertEqual(set(request.line_ids.mapped("verdict")), {"refused"})
