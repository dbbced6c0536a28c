"""A shop with a plan of deadlines of its own, and a clock for the job."""

from odoo import fields
from odoo.tests import freeze_time

from .common import ReturnCase

at = fields.Datetime.to_datetime


class DeadlineCase(ReturnCase):
    """Helpers: a plan, requests at a moment, the job at a moment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.env.ref("return_policy.deadline_plan_standard").copy(
            {"name": "Our times"}
        )
        cls.company.return_deadline_plan_id = cls.plan
        cls.company.return_alarm_user_id = cls.lead
        # requests of other tests and of the demo shop are none of our business
        cls.env["return.request"].search([]).next_mark_at = False

    def _times(self, **steps):
        """Set steps of the plan: (amount, unit[, clock[, at_zero]])."""
        names = ("amount", "unit", "clock", "at_zero")
        for step in self.plan.step_ids.filtered(lambda step: step.step in steps):
            step.write(dict(zip(names, steps[step.step], strict=False)))

    def _asked(self, moment, **vals):
        """Return a submitted request of that moment."""
        with freeze_time(moment):
            return self._request(self._order(), 1, **vals)

    def _wake(self, moment, limit=200):
        """Run the job at a moment as the scheduler does, without committing."""
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)
        with freeze_time(moment):
            self.env["return.request"]._cron_deadlines(limit=limit)
        self.env.flush_all()
        self.env.invalidate_all()

    def _told(self, request):
        """Return (kind, user, what, day) of the open activity about the deadline."""
        activity = request.reminder_id
        kind = activity.activity_type_id.get_external_id().get(
            activity.activity_type_id.id, ""
        )
        return (
            kind.rpartition("_")[2],
            activity.user_id,
            activity.summary,
            str(activity.date_deadline),
        )

    def _events(self, request):
        return request.log_ids.sorted("id").mapped("event")
