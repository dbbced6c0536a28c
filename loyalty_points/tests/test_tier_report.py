from odoo.tests import new_test_user, tagged

from .tier_common import TierCommon


@tagged("post_install", "-at_install")
class TestTierReport(TierCommon):
    """How many members each tier has at the end of each month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.company_id.partner_id.tz = "Asia/Shanghai"
        cls.program.points_tier_ids.entry_points = 0
        cls.others = cls.env["res.partner"].create([{"name": "A"}, {"name": "B"}])
        cls.order = cls._released((350, 1))
        cls._released((120, 1), partner=cls.others[0])
        cls._delivered((5, 1), partner=cls.others[1])

    def _date(self, partner, moment):
        """Let everything that happened to a member so far have happened then."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE loyalty_tier_change SET changed_at = %s WHERE partner_id = %s",
            [moment, partner.id],
        )

    def _rows(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        report = self.env["loyalty.tier.report"].with_user(user or self.env.user)
        return report.search([("program_id", "=", self.program.id)], order="month, id")

    def test_the_numbers_of_each_month_are_those_reckoned_by_hand(self):
        self._date(self.buyer, "2026-03-31 15:59:59")
        self._date(self.others[0], "2026-03-31 16:00:00")  # April in Shanghai
        self._date(self.others[1], "2026-05-01 12:00:00")
        told = [
            (
                str(row.month)[:7],
                row.tier_id.name,
                row.entered,
                row.departed,
                row.members,
            )
            for row in self._rows()
            if str(row.month) < "2026-06-01"
        ]
        self.assertEqual(
            told,
            [
                # who passes a tier on the way up enters and leaves it
                ("2026-03", "Basic", 1, -1, 0),
                ("2026-03", "Silver", 1, -1, 0),
                ("2026-03", "Gold", 1, 0, 1),
                ("2026-04", "Basic", 1, -1, 0),
                ("2026-04", "Silver", 1, 0, 1),
                ("2026-04", "Gold", 0, 0, 1),
                ("2026-05", "Basic", 1, 0, 1),
                ("2026-05", "Silver", 0, 0, 1),
                ("2026-05", "Gold", 0, 0, 1),
            ],
        )
        total = self.env["loyalty.tier.report"]._read_group(
            [("program_id", "=", self.program.id)], [], ["members:sum", "entered:sum"]
        )
        self.assertEqual(total, [(3, 6)])

    def test_the_last_month_tells_what_members_have(self):
        self._credit(self.order)
        self._card(self.others[1]).sudo().active = False
        last = self._rows().filtered(
            lambda row: row.month == max(self._rows().mapped("month"))
        )
        self.assertEqual(
            {row.tier_id: row.members for row in last},
            {self.basic: 1, self.silver: 1, self.gold: 0},
        )
        for row in last:
            self.assertEqual(row.members, row.tier_id.member_count)

    def test_other_companies_and_strangers_see_nothing(self):
        far = self.env["res.company"].create({"name": "Far"})
        reader = new_test_user(
            self.env,
            "tier_far_reader",
            "base.group_user,loyalty_points.group_points_user",
            company_id=far.id,
            company_ids=[(6, 0, far.ids)],
        )
        self.assertFalse(self._rows(reader))
