from odoo.tests import tagged

from .tier_common import TierCommon


@tagged("post_install", "-at_install")
class TestTiers(TierCommon):
    def test_a_new_member_gets_the_tier_that_asks_for_nothing(self):
        self._delivered((100, 1))
        member = self._member()
        self.assertEqual((member.tier_id, member.tier_until), (self.basic, False))
        self.assertEqual(self._events(), [("enter", "Basic")])

    def test_pending_points_do_not_lift_released_ones_do(self):
        order = self._delivered((150, 1))
        self.assertEqual(self._tier(), "Basic")
        self._pass_time(order.order_line)
        self.assertEqual(self._tier(), "Silver")
        self.assertEqual(self._member().tier_measure, 150)

    def test_skipped_tiers_give_their_gifts_too(self):
        self._released((1000, 1))
        self.assertEqual(self._tier(), "Black")
        self.assertEqual(self._gifts(), 260)
        self.assertEqual(self._balance(), (1260, 0))
        self.assertEqual(
            self._events(),
            [
                ("enter", "Basic"),
                ("enter", "Silver"),
                ("enter", "Gold"),
                ("enter", "Black"),
            ],
        )

    def test_gifts_do_not_count_for_tiers(self):
        self.silver.entry_points = 500
        self._released((100, 1))
        self.assertEqual((self._tier(), self._member().tier_measure), ("Silver", 100))

    def test_a_refund_undoes_the_tier_and_its_gift(self):
        order = self._released((350, 1))
        self.assertEqual((self._tier(), self._gifts()), ("Gold", 60))
        self._credit(order)
        self.assertEqual((self._tier(), self._gifts()), ("Basic", 0))
        self.assertEqual(self._member().highest_tier_id, self.basic)
        self.assertEqual(self._balance(), (0, 0))
        self.assertEqual(
            self._events()[3:], [("undone", "Silver"), ("undone", "Basic")]
        )

    def test_a_part_refunded_leaves_the_tier_between(self):
        order = self._released((350, 1), (100, 1))
        self._credit(order, 1, 0)
        self.assertEqual((self._tier(), self._gifts()), ("Silver", 10))
        self.assertEqual(self._balance(), (110, 0))

    def test_a_refund_that_matters_not_changes_nothing(self):
        first = self._released((100, 1))
        self._released((300, 1))
        before = self._events()
        self._credit(first)
        self.assertEqual((self._tier(), self._events()), ("Gold", before))

    def test_an_undone_tier_can_be_reached_again_with_its_gift(self):
        self._credit(self._released((120, 1)))
        self._released((100, 1))
        self.assertEqual((self._tier(), self._gifts()), ("Silver", 10))
        self.assertEqual(
            [event for event, _tier in self._events()],
            ["enter", "enter", "undone", "enter"],
        )

    def test_a_cancelled_credit_note_brings_the_tier_back(self):
        note = self._credit(self._released((120, 1)))
        note.button_draft()
        self.assertEqual((self._tier(), self._gifts()), ("Silver", 10))
        self.assertEqual(self._balance(), (130, 0))

    def test_spent_gifts_follow_the_policy_of_the_program(self):
        self.program.points_negative = "zero"
        order = self._released((100, 1))
        card = self._card().sudo()
        books = card._points_open_books()
        books[card].spend(110, key="spend:test", description="test")
        card._points_close_books(books)
        self._credit(order)
        self.assertEqual(self._balance(), (0, 0))
        self.assertEqual(self._tier(), "Basic")

    def test_spend_counts_money(self):
        self.program.points_tier_basis = "spend"
        self.program.points_per_unit = 0.1
        order = self._released((250, 1))
        self.assertEqual(self._member().tier_measure, 250)
        self.assertEqual(self._tier(), "Silver")
        self._credit(order)
        self.assertEqual((self._member().tier_measure, self._tier()), (0, "Basic"))
