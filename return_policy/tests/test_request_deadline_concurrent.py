"""The job on two workers, and against a person: each deadline acts once."""

from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields
from odoo.tests import tagged

from .concurrent_common import TwoTransactionsCase


@tagged("post_install", "-at_install")
class TestDeadlineConcurrent(TwoTransactionsCase):
    def setUp(self):
        super().setUp()
        self.request_id = self._make_request("refund_only", submit=True)
        with self.registry.cursor() as cr:
            self._late(api.Environment(cr, SUPERUSER_ID, {}))

    def _late(self, env):
        """Let the review of the request end by approval, a minute ago."""
        request = env["return.request"].browse(self.request_id)
        standard = env.ref("return_policy.deadline_plan_standard")
        plan = standard.copy({"name": "Approves by itself"})
        plan.step_ids.filtered(lambda s: s.step == "review").at_zero = "approve"
        request.line_ids.write({"verdict": "allowed", "rule_code": False})
        asked = fields.Datetime.now() - timedelta(hours=48, minutes=1)
        request.write({"deadline_plan_id": plan.id, "submitted_at": asked})
        self.addCleanup(self._clean_plan, plan.id)

    def _clean_plan(self, plan_id):
        with self.registry.cursor() as cr:
            cr.execute(
                "UPDATE return_request SET deadline_plan_id = NULL "
                "WHERE deadline_plan_id = %s",
                [plan_id],
            )
            cr.execute("DELETE FROM return_deadline_plan WHERE id = %s", [plan_id])

    def _run_job(self, env):
        request = env["return.request"].browse(self.request_id)
        request._take_due()._handle_due()
        return True

    def _events(self):
        return sorted(self._read().return_request_ids.log_ids.mapped("event"))

    def test_two_workers_approve_once(self):
        self._race(self._run_job, self._run_job)
        self.assertEqual(self._read().return_request_ids.state, "approved")
        self.assertEqual(
            self._events(), ["approved", "settled", "submitted", "timed_out"]
        )
        self.assertEqual(len(self._read().return_refund_ids), 1)

    def test_a_person_and_the_job_at_once_decide_once(self):
        def refuse(env):
            return env["return.request"].browse(self.request_id).action_refuse("worn")

        self._race(self._run_job, refuse)
        state = self._read().return_request_ids.state
        wanted = {
            "approved": ["approved", "settled", "submitted", "timed_out"],
            "refused": ["refused", "submitted"],
        }
        self.assertEqual(self._events(), wanted[state])

    def test_the_job_leaves_out_what_somebody_works_on(self):
        with self.registry.cursor() as mine, self.registry.cursor() as other:
            order = api.Environment(mine, SUPERUSER_ID, {})["sale.order"]
            order.browse(self.order_id)._return_lock()
            env = api.Environment(other, SUPERUSER_ID, {})
            request = env["return.request"].browse(self.request_id)
            self.assertFalse(request._take_due())
            mine.rollback()
            self.assertEqual(request._take_due(), request)
            other.rollback()
