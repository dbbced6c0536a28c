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
        self.assertEqual(june.month_name, "June 2026")
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

    # -- a small book, its numbers by hand --------------------------------------------

    def _book(self):
        """Write three months of a program: what came, went, and was left."""
        self._delivered((1, 1))
        card = self._card()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE loyalty_points_entry SET create_date = '2026-01-31 15:00' "
            "WHERE card_id = %s",
            [card.id],
        )
        self.env.cr.executemany(
            """
            INSERT INTO loyalty_points_entry (card_id, program_id, company_id, kind,
                bucket, points, remaining, shortfall, description, key, create_date)
            SELECT id, program_id, company_id, %s, 'available', %s, 0, 0, '-', %s, %s
              FROM loyalty_card WHERE id = %s
            """,
            [
                (kind, points, f"by hand {number}", moment, card.id)
                for number, (moment, kind, points) in enumerate(
                    (
                        ("2026-01-10", "opening", 500),
                        ("2026-01-31 15:59:59", "earn", 300),
                        ("2026-01-31 16:00:00", "earn", 80),  # February in Shanghai
                        ("2026-02-10", "spend", -400),
                        ("2026-02-11", "give_back", 100),
                        ("2026-02-12", "clawback", -30),
                        ("2026-04-01", "expire", -51),
                        ("2026-04-02", "adjust", 5),
                    )
                )
            ],
        )
        self.env.invalidate_all()

    def test_a_small_book_adds_up_to_what_was_reckoned_by_hand(self):
        self.env.company.partner_id.tz = "Asia/Shanghai"
        self.program.points_value = 0.05
        self._book()
        self.program.active = False  # what members hold stays a debt of the shop
        told = {
            str(row.month)[:7]: (
                row.opening,
                *(row[name] for name in FLOWS),
                row.closing,
                round(row.closing_value, 2),
            )
            for row in self._rows()[:4]
        }
        self.assertEqual(
            told,
            {
                "2026-01": (0, 301, 0, 0, 0, 0, 500, 801, 40.05),
                "2026-02": (801, 80, 100, -400, 0, -30, 0, 551, 27.55),
                "2026-03": (551, 0, 0, 0, 0, 0, 0, 551, 27.55),
                "2026-04": (551, 0, 0, 0, -51, 0, 5, 505, 25.25),
            },
        )

    def _total(self, domain, *groups):
        """Return the ends and the sum of the flows, for each group."""
        self.env.flush_all()
        ends = ("opening:sum", "closing:sum", "closing_value:sum")
        flows = [f"{name}:sum" for name in FLOWS]
        rows = self.env["loyalty.points.report"].sudo()
        found = rows._read_group(domain, groups, [*ends, *flows])
        return [
            (*row[: len(groups)], *row[len(groups) :][:3], sum(row[len(groups) + 3 :]))
            for row in found
        ]

    def test_months_are_not_added_up_programs_are(self):
        self.env.company.partner_id.tz = "Asia/Shanghai"
        self.program.points_value = 0.05
        self._book()
        other = self._program(name="Other", points_value=1, sequence=-1)
        self._delivered((7, 1))
        both = [("program_id", "in", (self.program | other).ids)]
        early = [("month", "<", "2026-04-01"), *both]
        self.assertEqual(self._total(early), [(0, 551, 27.55, 551)])
        late = [("month", ">", "2026-01-01"), *both]
        self.assertEqual(self._total(late), [(801, 512, 32.25, -289)])
        self.assertEqual(
            self._total(late, "program_id"),
            [(self.program, 801, 505, 25.25, -296), (other, 0, 7, 7, 7)],
        )
        self.assertEqual(
            [row[1:] for row in self._total(early, "month:month")],
            [(0, 801, 40.05, 801), (801, 551, 27.55, -250), (551, 551, 27.55, 0)],
        )

    def test_money_of_several_currencies_is_told_in_that_of_the_company(self):
        foreign = self.setup_other_currency("EUR", rates=[("2020-01-01", 2.0)])
        self._delivered((10, 1))
        self.program.points_value = 1
        self.env["loyalty.program"].flush_model()
        self.env.cr.execute(
            "UPDATE loyalty_program SET currency_id = %s WHERE id = %s",
            [foreign.id, self.program.id],
        )
        self.env.invalidate_all()
        rows = self.env["loyalty.points.report"].sudo()
        mine = [("program_id", "=", self.program.id)]
        [(value,)] = rows._read_group(mine, [], ["closing_value:sum_currency"])
        self.assertEqual(value, 5)

    def test_without_a_zone_of_the_company_its_working_hours_tell(self):
        self.env.company.partner_id.tz = False
        self.env.company.resource_calendar_id.tz = "Asia/Shanghai"
        self._book()
        self.assertEqual(self._rows()[1].earned, 80)

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
