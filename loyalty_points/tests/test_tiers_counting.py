from datetime import timedelta

from odoo.tests import tagged

from .tier_common import TierCommon


@tagged("post_install", "-at_install")
class TestTiersCounting(TierCommon):
    """From when on what was earned counts for a tier."""

    def setUp(self):
        super().setUp()
        self.today = self.program._points_today()

    def _run(self):
        members = self.members.search([("partner_id", "=", self.buyer.id)])
        members._count_anew()
        for program in members.program_id:
            members.search(members._moving(program))._move_on()

    def _earned(self, price, moment):
        order = self._released((price, 1))
        self.env.cr.execute(
            "UPDATE loyalty_points_entry SET earned_at = %s, available_on = %s "
            "WHERE order_id = %s",
            [moment, moment, order.id],
        )
        self.entries.invalidate_model()

    def test_a_calendar_year_begins_at_midnight_of_the_company(self):
        self.program.company_id.partner_id.tz = "Asia/Shanghai"
        self.program.points_tier_period = "calendar"
        year = self.today.year
        self._earned(40, f"{year - 1}-12-31 15:59:59")  # still the year before
        self._earned(120, f"{year - 1}-12-31 16:00:00")
        self._run()
        member = self._member()
        self.assertEqual((member.tier_measure, member.tier_id), (120, self.silver))
        self.assertEqual(str(member.tier_until), f"{year + 1}-12-31")
        # what keeps the tier is what comes in the year it ends with
        self.assertEqual((member.keep_measure, member.keep_missing), (0, 80))

    def test_ever_since_counts_everything_and_has_no_end(self):
        self.program.points_tier_period = "lifetime"
        self._earned(60, "2001-02-28 12:00:00")
        self._earned(45, "2015-06-30 12:00:00")
        self._run()
        member = self._member()
        self.assertEqual(
            (member.tier_measure, member.tier_id, member.tier_until),
            (105, self.silver, False),
        )

    def test_a_rolling_period_counts_its_first_day(self):
        self.program.company_id.partner_id.tz = "Asia/Shanghai"
        first = self.program._points_tier_rules().counts_from(self.today)
        begin = self.program._points_midnight(first)
        self._earned(30, begin - timedelta(seconds=1))
        self._earned(50, begin)
        self._run()
        self.assertEqual(self._member().tier_measure, 50)

    def test_each_program_counts_its_own_points(self):
        self._released((90, 1))
        other = self._program(name="Other", sequence=-1)
        self.env["loyalty.tier"].create(
            {"name": "Red", "program_id": other.id, "enter_at": 50}
        )
        self._released((60, 1))
        self._run()
        self.assertEqual(
            {
                member.program_id: (member.tier_id.name, member.tier_measure)
                for member in self._member()
            },
            {self.program: ("Basic", 90), other: ("Red", 60)},
        )
