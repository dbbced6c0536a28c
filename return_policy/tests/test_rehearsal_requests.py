"""Requests in a rehearsal: judged as they were asked, when they were asked."""

from odoo.tests import freeze_time, tagged

from .policy_common import at
from .rehearsal_common import NOW, RehearsalCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRehearsalRequests(RehearsalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fault = cls.env.ref("return_policy.reason_quality_fault")

    def rehearse(self, **vals):
        return super().rehearse(with_lines=False, with_requests=True, **vals)

    def test_a_request_is_judged_at_the_moment_it_was_submitted(self):
        line = self.sold(self.product, "2026-11-03 10:00:00")
        asked = self.requested(line, at("2026-11-12 04:00:00"))
        self.policy.window_days = 15
        rehearsal = self.rehearse()
        change = rehearsal.change_ids
        self.assertEqual(change.request_line_id, asked)
        self.assertEqual(change.request_id, asked.request_id)
        self.assertEqual(change.asked_at, at("2026-11-12 04:00:00"))
        self.assertEqual((change.before, change.after), ("refused", "allowed"))
        self.assertEqual(
            self.matrix(rehearsal, "request"), {("refused", "allowed"): (1, 99)}
        )
        self.assertEqual(change.action_view_case()["res_id"], asked.request_id.id)

    def test_a_request_within_the_old_window_does_not_change_its_verdict(self):
        line = self.sold(self.product, "2026-11-03 10:00:00")
        self.requested(line, at("2026-11-10 15:59:59"))
        self.policy.window_days = 15
        change = self.rehearse().change_ids
        self.assertEqual((change.change, change.before), ("window", "allowed"))

    def test_a_request_keeps_its_own_reason(self):
        line = self.sold(self.product, "2026-11-03 10:00:00")
        self.requested(line, at("2026-11-05 04:00:00"), reason_id=self.fault.id)
        self.rule("No dresses back", kind="refuse")
        change = self.rehearse().change_ids
        self.assertFalse(change, "a fault is not refused by such a rule")
        self.requested(self.sold(self.product, "2026-11-03 10:00:00"), at(NOW))
        self.rule(
            "Faults", kind="approval", approval="auto", reason_ids=[self.fault.id]
        )
        change = self.rehearse().change_ids
        self.assertEqual((change.change, change.approval_after), ("approval", "auto"))

    def test_a_request_keeps_its_own_remedy_and_answer(self):
        line = self.sold(self.product, "2026-11-12 10:00:00")
        asked = self.requested(
            line, at("2026-11-13 04:00:00"), remedy="refund_only", seal="opened"
        )
        other = self.requested(
            self.sold(self.product, "2026-11-12 10:00:00"), at("2026-11-13 05:00:00")
        )
        self.rule("Opened", kind="freight", freight_payer="merchant", seal="opened")
        changes = self.rehearse().change_ids
        self.assertEqual(changes.request_line_id, asked)
        self.assertEqual(changes.before, "review")
        self.assertNotIn(other, changes.request_line_id)

    def test_what_came_back_since_counts_as_there_when_it_was_asked_for(self):
        line = self.sold(self.product, "2026-11-12 10:00:00")
        asked = self.requested(line, at("2026-11-13 04:00:00"))
        self.env.flush_all()
        line.qty_delivered = 0
        self.policy.auto_approve = True
        change = self.rehearse().change_ids
        self.assertEqual(change.request_line_id, asked)
        self.assertEqual((change.before, change.after), ("allowed", "allowed"))

    def test_a_line_asked_about_twice_is_judged_twice(self):
        order = self.order(self.product)
        line = order.order_line
        line.product_uom_qty = 3
        order.date_order = at("2026-11-01 02:00:00")
        self.deliver(order)
        line.return_received_at = at("2026-11-03 10:00:00")
        one = self.requested(line, at("2026-11-05 04:00:00"), qty_requested=1)
        two = self.requested(line, at("2026-11-12 04:00:00"), qty_requested=2)
        self.policy.window_days = 15
        rehearsal = self.rehearse()
        changes = {change.request_line_id: change for change in rehearsal.change_ids}
        self.assertEqual(changes[one].change, "window")
        self.assertEqual(changes[two].change, "verdict")
        self.assertEqual((changes[one].amount, changes[two].amount), (99, 198))

    def test_requests_outside_the_days_or_never_submitted_do_not_count(self):
        lines = [self.sold(self.product, "2026-11-03 10:00:00") for _n in range(4)]
        inside = self.requested(lines[0], at("2026-11-05 04:00:00"))
        self.requested(lines[1], at("2026-11-05 03:59:59"))
        self.requested(lines[2], at(NOW))
        self.env["return.request"].create(
            {
                "sale_order_id": lines[3].order_id.id,
                "line_ids": [(0, 0, {"sale_line_id": lines[3].id})],
            }
        )
        self.policy.auto_approve = True
        rehearsal = self.rehearse(days=10)
        self.assertEqual(rehearsal.change_ids.request_line_id, inside)
        self.assertEqual(rehearsal.total_count, 1)

    def test_returns_of_the_customer_are_counted_as_of_each_request(self):
        moments = ("2026-11-04", "2026-11-05", "2026-11-06")
        lines = [self.sold(self.product, "2026-11-03 10:00:00") for _m in moments]
        asked = [
            self.requested(line, at(f"{day} 04:00:00"))
            for line, day in zip(lines, moments, strict=True)
        ]
        self.rule(
            "Third", kind="approval", approval="auto", returns_min=2, returns_days=30
        )
        changes = self.rehearse().change_ids
        self.assertEqual(changes.request_line_id, asked[2])
