from odoo.modules import load_script
from odoo.tests import tagged
from odoo.tools.misc import file_path

from .common import PointsCommon

SCRIPT = "loyalty_points/migrations/19.0.1.1.0/post-members.py"


@tagged("post_install", "-at_install")
class TestMigration(PointsCommon):
    """What version 1.0 booked is completed as if this version had booked it."""

    def _forget(self):
        """Take away what version 1.0 did not know."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE loyalty_points_entry SET source = NULL, amount = NULL "
            "WHERE program_id = %(program)s;"
            "UPDATE sale_order_line SET points_basis = NULL, points_earn_at = NULL;"
            "DELETE FROM loyalty_tier_change WHERE program_id = %(program)s;"
            "DELETE FROM loyalty_membership WHERE program_id = %(program)s",
            {"program": self.program.id},
        )
        self.env.invalidate_all()

    def _migrate(self):
        load_script(file_path(SCRIPT), "points_members").migrate(
            self.env.cr, "19.0.1.0.0"
        )
        self.env.invalidate_all()

    def _told(self):
        self.env.invalidate_all()
        entries = self.entries.search([("program_id", "=", self.program.id)])
        return [(entry.id, entry.source, entry.amount) for entry in entries]

    def test_entries_get_the_source_and_amount_they_would_have_today(self):
        self.program.points_per_unit = 0.3
        order = self._order((33.33, 3), (10.5, 2))
        self._deliver(order, 1)
        self._deliver(order)
        self._pass_time(order.order_line)
        self._credit(order, 2, 0)
        self._delivered((12.34, 1))
        entries = self.entries.search([("program_id", "=", self.program.id)])
        earned = entries.filtered(lambda entry: entry.kind in ("earn", "clawback"))
        self.assertEqual(round(sum(earned.mapped("amount")), 2), 64.37)
        before = self._told()
        self._forget()
        self._migrate()
        self.assertEqual(
            [row for row in self._told() if row[0] in earned.ids],
            [row for row in before if row[0] in earned.ids],
        )
        self.assertEqual({source for _id, source, _amount in self._told()}, {"order"})
        self.assertFalse(self.env["loyalty.card"].sudo()._points_faults(self.program))

    def test_cards_become_members_and_climb_by_what_they_paid(self):
        self._released((250, 1))
        self._delivered((100, 1), partner=self.env["res.partner"].create({"name": "B"}))
        self._forget()
        self.program.points_tier_basis = "spend"
        self.env["loyalty.tier"].sudo().create(
            {"name": "Gold", "program_id": self.program.id, "enter_at": 200}
        )
        self._migrate()
        members = self.env["loyalty.membership"].sudo()
        members = members.search([("program_id", "=", self.program.id)], order="id")
        self.assertEqual(members.mapped("tier_measure"), [250, 0])
        self.assertEqual(members.tier_id.name, "Gold")
        self._migrate()  # a second time changes nothing
        self.assertEqual(len(members.search([("id", "in", members.ids)])), 2)
        self.assertEqual(self._balance(), (250, 0))

    def test_what_was_taken_back_names_its_earning_and_the_dates_of_it(self):
        order = self._order((10, 10), (100, 1))
        self._deliver(order, 1)
        self._pass_time(order.order_line)
        self._credit(order, 0, 1)
        line = order.order_line[1]
        earned = self._booked(order, "earn").filtered(
            lambda entry: entry.sale_line_id == line
        )
        (taken,) = self._booked(order, "clawback")
        self._forget()
        self.env.cr.execute(
            "UPDATE loyalty_points_entry SET earned_at = NULL, available_on = NULL, "
            "reverses_id = NULL WHERE id = %s",
            [taken.id],
        )
        self._migrate()
        self.assertEqual(
            (taken.reverses_id, taken.earned_at, taken.available_on),
            (earned, earned.earned_at, earned.available_on),
        )
        (earning,) = line.sudo()._points_earnings()[line]
        self.assertEqual((earned.points, earning.standing), (100, 0))
        # the cap of the order counts what was taken back
        self.program.points_max_order = 60
        self._deliver(order)
        self.assertEqual(self._balance(), (10, 50))
