from odoo.tests import tagged

from .tier_common import TierCommon


@tagged("post_install", "-at_install")
class TestExpiryRefund(TierCommon):
    """What has expired is gone: a refund does not take it once more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.write({"points_expiry": "days", "points_expiry_count": 30})

    def _expire(self):
        """Let all that may be spent expire, as if its last day were over."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE loyalty_points_entry SET expires_on = '2020-01-01' "
            "WHERE bucket = 'available' AND remaining > 0"
        )
        self.env.invalidate_all()
        self.entries._expire_due(100)

    def _spend(self, points):
        [[card, book]] = self._card().sudo()._points_open_books().items()
        book.spend(points, key="spend", description="Reward")
        card._points_close_books({card: book})

    def test_a_refund_takes_no_expired_points(self):
        order = self._released((50, 2))
        invoice = self._invoice(order)
        self._expire()
        self._released((30, 1))
        self._credit(order, 1, invoice=invoice)
        note = self._credit(order, 1, invoice=invoice)
        self.assertEqual(self._balance(), (30, 0))
        claws = self._booked(order, "clawback")
        self.assertEqual(claws.mapped("shortfall"), [50, 50])
        self.assertEqual(claws.lot_id, self._booked(order, "expire"))
        note.button_draft()
        self.assertEqual((self._balance(), order.points_earned), ((30, 0), 50))
        note.action_post()
        self.assertEqual(self._balance(), (30, 0))
        self.assertEqual(sum(self._booked(order, "clawback").mapped("shortfall")), 100)

    def test_only_what_was_spent_is_owed(self):
        for policy, balance, noted in (("negative", -70, 20), ("zero", 0, 90)):
            with self.subTest(policy), self.cr.savepoint() as point:
                self.program.points_negative = policy
                order = self._released((90, 1))
                self._spend(70)
                self._expire()
                self._credit(order)
                self.assertEqual(self._balance(), (balance, 0))
                claws = self._booked(order, "clawback")
                self.assertEqual(sum(claws.mapped("shortfall")), noted)
                point.close(rollback=True)
                self.env.invalidate_all()

    def test_a_tier_falls_by_a_refund_of_expired_points_and_its_gift_is_not_owed(self):
        order = self._released((120, 1))
        self.assertEqual((self._tier(), self._balance()), ("Silver", (130, 0)))
        self._expire()
        self._credit(order)
        self.assertEqual((self._tier(), self._balance()), ("Basic", (0, 0)))
        self.assertEqual(self._member().tier_measure, 0)

    def _bought_with(self, source):
        """Spend what an order earned, all of it, on another one."""
        order = self._draft((50, 1))
        order._update_programs_and_rewards()
        self.program.reward_ids.required_points = 90
        order._apply_program_reward(self.program.reward_ids, self._card())
        order.action_confirm()
        self.assertEqual(self._balance(), (0, 0))
        self.assertEqual(self._booked(order, "spend").sale_line_id, source.order_line)
        return order

    def test_given_back_points_that_expired_are_not_owed_for_what_earned_them(self):
        source = self._released((90, 1))
        self._credit(self._bought_with(source))
        self.assertEqual(self._balance(), (90, 0))
        self._expire()
        self._credit(source)
        self.assertEqual(self._balance(), (0, 0))

    def test_given_back_points_that_expired_are_not_taken_again(self):
        order = self._bought_with(self._released((90, 1)))
        note = self._credit(order)
        self.assertEqual(self._balance(), (90, 0))
        self._expire()
        note.button_draft()
        self.assertEqual(self._balance(), (0, 0))
        note.action_post()
        self.assertEqual(self._balance(), (0, 0))
