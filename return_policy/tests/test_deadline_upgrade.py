"""The times a company had set before plans existed mean the same after the upgrade."""

from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import SQL, file_path

from ..policy.deadline import Time
from .deadline_common import DeadlineCase

SCRIPT = "return_policy/migrations/19.0.1.2.0/post-deadlines.py"
OLD = ("return_review_hours", "return_ship_back_days", "return_inspect_hours")


@tagged("post_install", "-at_install")
class TestDeadlineUpgrade(DeadlineCase):
    def _upgrade(self, *times):
        """Put the old columns back as they were, then upgrade."""
        self.env.flush_all()
        for name in OLD:
            self.cr.execute(
                SQL(
                    "ALTER TABLE res_company ADD COLUMN %s int4",
                    SQL.identifier(name),
                )
            )
        for values, ids in (
            ([48, 7, 72], self.env["res.company"].search([]).ids),
            (times, self.company.ids),
        ):
            old = SQL(", ").join(
                SQL("%s = %s", SQL.identifier(name), value)
                for name, value in zip(OLD, values, strict=True)
            )
            self.cr.execute(
                SQL("UPDATE res_company SET %s WHERE id IN %s", old, tuple(ids))
            )
        self.company.return_deadline_plan_id = False
        self.env.flush_all()
        load_script(file_path(SCRIPT), "return_deadline_upgrade").migrate(
            self.cr, "19.0.1.1.0"
        )
        self.env.invalidate_all()

    def test_times_of_its_own_become_a_plan_of_the_company(self):
        request = self._asked("2026-11-02 08:00:00")
        other = self.env["res.company"].create({"name": "Second shop"})
        self._upgrade(24, 14, 36)
        plan = self.company.return_deadline_plan_id
        self.assertEqual(plan.company_id, self.company)
        times = plan._times()
        for step, time in {
            "review": Time(24),
            "answer": Time(24),
            "ship_back": Time(14, "days"),
            "inspect": Time(36),
            "ship": Time(36),
            "receive": Time(3, "days"),
        }.items():
            self.assertEqual(times[step], time, step)
        self.assertEqual(request.deadline_plan_id, plan)
        self.assertEqual(str(request.deadline), "2026-11-03 08:00:00")
        standard = self.env.ref("return_policy.deadline_plan_standard")
        self.assertEqual(other.return_deadline_plan_id, standard)

    def test_usual_times_become_the_standard_plan(self):
        self._upgrade(48, 7, 72)
        self.assertEqual(
            self.company.return_deadline_plan_id,
            self.env.ref("return_policy.deadline_plan_standard"),
        )
