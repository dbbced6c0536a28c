from odoo.tests import new_test_user, tagged

from .common import PointsCommon

FLOWS = ("earned", "given_back", "spent", "expired", "taken_back", "adjusted")


@tagged("post_install", "-at_install")
class TestReport(PointsCommon):
    def _rows(self):
        self.env.flush_all()
        rows = (
            self.env["loyalty.points.report"]
            .sudo()
            .search([("program_id", "=", self.program.id)], order="month")
        )
        rows.invalidate_recordset()
        return rows

    def _dated(self, entries, day):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE loyalty_points_entry SET create_date = %s WHERE id IN %s",
            [day, tuple(entries.ids)],
        )

    def test_each_month_opens_with_what_the_one_before_closed(self):
        self.program.points_value = 0.5
        early = self._released((100, 1))
        self._dated(self.entries.search([]), "2026-06-15 12:00:00")
        self._order((50, 1))  # earns nothing yet
        self._credit(early)
        today_rows = self._rows()
        june, now = today_rows[0], today_rows[-1]
        self.assertEqual(str(june.month), "2026-06-01")
        self.assertEqual((june.opening, june.earned, june.closing), (0, 100, 100))
        self.assertEqual(june.closing_value, 50.0)
        self.assertEqual((now.opening, now.taken_back, now.closing), (100, -100, 0))
        before = None
        for row in today_rows:
            self.assertEqual(
                row.opening + sum(row[name] for name in FLOWS), row.closing
            )
            self.assertEqual(row.opening, before or 0)
            before = row.closing

    def test_months_without_entries_have_rows_and_months_follow_the_company(self):
        self._released((100, 1))
        self.env.company.partner_id.tz = "Asia/Shanghai"
        self._dated(self.entries.search([]), "2026-05-31 17:00:00")
        rows = self._rows()
        self.assertEqual(str(rows[0].month), "2026-06-01")
        self.assertEqual(rows[1].opening, 100)
        self.assertEqual(sum(rows[1][name] for name in FLOWS), 0)

    def test_the_last_closing_is_what_members_hold(self):
        self._released((100, 1), (20, 2))
        self._delivered((70, 1))
        self.assertEqual(self._rows()[-1].closing, sum(self._balance()))

    def test_other_companies_see_nothing(self):
        self._released((100, 1))
        far = self.env["res.company"].create({"name": "Far"})
        stranger = new_test_user(
            self.env,
            "points_far_reader",
            "base.group_user,loyalty_points.group_points_user",
            company_id=far.id,
            company_ids=[(6, 0, far.ids)],
        )
        self.env.flush_all()
        report = self.env["loyalty.points.report"].with_user(stranger)
        self.assertFalse(report.search([("program_id", "=", self.program.id)]))
