from odoo.tests import tagged

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestProgramChoice(PointsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.club = cls._program(name="Club", points_per_unit=3, points_enrol_all=False)
        cls.club.sequence, cls.program.sequence = 1, 2

    def _earned(self, partner):
        order = self._delivered((100, 1), partner=partner)
        entries = self._booked(order, "earn")
        return [(entry.program_id, entry.points) for entry in entries]

    def test_a_club_is_for_its_members_and_the_next_program_for_the_others(self):
        member = self.env["res.partner"].create({"name": "Member"})
        self.env["loyalty.card"].sudo().create(
            {"program_id": self.club.id, "partner_id": member.id}
        )
        self.assertEqual(self._earned(member), [(self.club, 300)])
        self.assertEqual(self._earned(self.buyer), [(self.program, 100)])

    def test_an_order_expects_what_it_will_earn(self):
        order = self._order((100, 1))
        self.assertEqual(order.points_expected, 100)
        self.assertEqual(order.order_line.points_expected_program_id, self.program)

    def test_without_another_program_strangers_earn_nothing(self):
        self.program.active = False
        self.assertEqual(self._earned(self.buyer), [])
