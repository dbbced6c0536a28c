from odoo.fields import Datetime
from odoo.tests import tagged

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestClawbackEntries(PointsCommon):
    """What the entries of a refund say: of which earning, what was paid, for when."""

    def _pay(self, order, *amounts):
        """Say what was paid for the earnings of an order, oldest first."""
        earned = self._booked(order, "earn")
        for entry, amount in zip(earned, amounts, strict=True):
            self.env.cr.execute(
                "UPDATE loyalty_points_entry SET amount = %s WHERE id = %s",
                [amount, entry.id],
            )
        earned.invalidate_recordset()
        return earned

    def _cap(self, entry, kept_back):
        """Say that a cap kept back some points of an earning of one lot."""
        self.env.cr.execute(
            "UPDATE loyalty_points_entry SET points = points - %(kept)s, "
            "remaining = remaining - %(kept)s, shortfall = -%(kept)s WHERE id = %(id)s",
            {"kept": kept_back, "id": entry.id},
        )
        self.env.cr.execute(
            "UPDATE loyalty_card SET points_pending = points_pending - %s "
            "WHERE id = %s",
            [kept_back, entry.card_id.id],
        )
        self.env.invalidate_all()

    def test_a_refund_names_the_earning_with_its_dates_and_what_was_paid(self):
        order = self._delivered((99.99, 1))
        earned = self._pay(order, 99.99)
        self._credit(order)
        claw = self._booked(order, "clawback")
        self.assertEqual(claw.reverses_id, earned)
        self.assertEqual(
            (claw.points, claw.amount, claw.earned_at, claw.available_on),
            (-99, -99.99, earned.earned_at, earned.available_on),
        )

    def test_amounts_of_partial_refunds_add_up_to_the_cent(self):
        order = self._delivered((33.34, 3))
        self._pay(order, 100.02)
        for _piece in range(3):
            self._credit(order, 1)
        amounts = self._booked(order, "clawback").mapped("amount")
        self.assertEqual(amounts, [-34.01, -33.01, -33.0])
        self.assertAlmostEqual(sum(amounts), -100.02, 2)

    def test_points_that_were_spent_still_count_where_they_were_earned(self):
        order = self._released((100, 1))
        earned = self._pay(order, 100)
        self._card().sudo().points = 30
        self._credit(order)
        claws = self._booked(order, "clawback")
        self.assertEqual(claws.mapped("points"), [-30, -70])
        self.assertEqual(claws.mapped("amount"), [-30, -70])
        self.assertEqual(claws.reverses_id, earned)
        self.assertEqual(set(claws.mapped("earned_at")), {earned.earned_at})

    def test_the_latest_delivery_is_taken_back_first(self):
        order = self._order((10, 10))
        self._deliver(order, 4)
        first = self._booked(order, "earn")
        self._pass_time(order.order_line)
        self._deliver(order, 6)
        second = self._booked(order, "earn") - first
        self._credit(order, 8)
        taken = {
            claw.reverses_id: (claw.points, claw.bucket)
            for claw in self._booked(order, "clawback")
        }
        self.assertEqual(taken, {second: (-60, "pending"), first: (-20, "available")})
        self.assertEqual(self._balance(), (20, 0))

    def test_undoing_gives_amount_and_dates_back(self):
        order = self._released((100, 1))
        self._pay(order, 100)
        note = self._credit(order)
        note.button_draft()
        claw, undo = self._booked(order, "clawback")
        self.assertEqual((undo.points, undo.amount), (100, 100))
        self.assertEqual(
            (undo.earned_at, undo.available_on), (claw.earned_at, claw.available_on)
        )

    def test_a_second_refund_after_an_undone_one_takes_exactly_the_rest(self):
        order = self._order((10, 10))
        self._deliver(order, 4)
        self._deliver(order, 6)
        self._pay(order, 40, 60.01)
        invoice = self._invoice(order)
        first = self._credit(order, 6, invoice=invoice)
        self._credit(order, 2, invoice=invoice)
        first.button_draft()
        self.assertEqual(self._balance(), (0, 80))
        self._credit(order, 8, invoice=invoice)
        self.assertEqual(self._balance(), (0, 0))
        claws = self._booked(order, "clawback")
        self.assertAlmostEqual(sum(claws.mapped("amount")), -100.01, 2)
        for earned in self._booked(order, "earn"):
            undone = claws.filtered(lambda claw: claw.reverses_id in claws)
            taken = (claws - undone).filtered(
                lambda claw, earned=earned: claw.reverses_id == earned
            )
            back = undone.filtered(lambda undo, taken=taken: undo.reverses_id in taken)
            self.assertEqual(sum((taken + back).mapped("points")), -earned.points)

    def test_a_full_refund_of_capped_points_takes_what_was_granted(self):
        order = self._delivered((100, 1))
        self._cap(self._booked(order, "earn"), 30)
        self._credit(order)
        self.assertEqual(self._balance(), (0, 0))
        claws = self._booked(order, "clawback")
        self.assertEqual(
            [(claw.points, claw.shortfall) for claw in claws], [(0, 30), (-70, 0)]
        )
        self.assertEqual(order.points_earned, 0)

    def test_a_small_refund_of_capped_points_takes_none(self):
        order = self._delivered((10, 10))
        self._cap(self._booked(order, "earn"), 30)
        self._credit(order, 2)
        self.assertEqual(self._balance(), (0, 70))
        note = self._credit(order, 3)
        self.assertEqual(self._balance(), (0, 50))
        note.button_draft()
        self.assertEqual(self._balance(), (0, 70))
        self._credit(order, 8)
        self.assertEqual(self._balance(), (0, 0))

    def test_an_earning_of_the_future_waits_and_can_be_refunded(self):
        order = self._order((100, 1))
        self._deliver(order)
        future = Datetime.add(Datetime.now(), days=400)
        self.env.cr.execute(
            "UPDATE loyalty_points_entry SET earned_at = %s, available_on = %s "
            "WHERE order_id = %s",
            [future, future, order.id],
        )
        self.env.invalidate_all()
        self.entries._release_due(1000)
        self.assertEqual(self._balance(), (0, 100))
        self._credit(order)
        self.assertEqual(self._balance(), (0, 0))
        self.assertEqual(
            self._booked(order, "clawback").earned_at, future.replace(microsecond=0)
        )
