from odoo.fields import Command
from odoo.tests import tagged

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestGiveBack(PointsCommon):
    """Spent points go back with the money, to the lots they came from."""

    def setUp(self):
        super().setUp()
        self.source = self._released((150, 1))
        self.card = self._card()
        # what these orders earn by themselves is another matter
        self.gift = self.env["product.product"].create(
            {"name": "Cup", "type": "consu", "taxes_id": [Command.clear()]}
        )

    def _bought(self, *lines, reward=None):
        """Confirm an order that spends 100 points; it earns nothing itself."""
        order = self._draft(*lines or [(50, 1)])
        order._update_programs_and_rewards()
        order._apply_program_reward(reward or self.program.reward_ids, self.card)
        order.action_confirm()
        self.assertEqual(self._balance(), (50, 0))
        return order

    def _given(self, order):
        return self._booked(order, "give_back").mapped("points")

    def test_a_full_refund_gives_back_all_to_the_lot_it_came_from(self):
        order = self._bought()
        note = self._credit(order)
        self.assertEqual(note.amount_total, 40)
        self.assertEqual(self._balance(), (150, 0))
        back = self._booked(order, "give_back")
        self.assertEqual(
            (back.points, back.reverses_id, back.lot_id.order_id, back.move_id),
            (100, self._booked(order, "spend"), self.source, note),
        )
        self.assertEqual(sum(self.card.history_ids.mapped("issued")), 150 + 100)

    def test_a_draft_credit_note_gives_nothing(self):
        order = self._bought()
        self._credit(order, post=False)
        self.assertEqual(self._balance(), (50, 0))

    def test_partial_refunds_give_back_exactly_the_whole(self):
        order = self._bought((50, 3))
        invoice = self._invoice(order)
        for share in (33, 66, 100):
            note = self._credit(order, 1, post=False, invoice=invoice)
            note.invoice_line_ids[1:].unlink()
            note.action_post()
            self.assertEqual(self._balance(), (50 + share, 0))
        self.assertEqual(self._given(order), [33, 33, 34])

    def test_refunds_with_their_share_of_the_discount_give_the_same(self):
        order = self._bought((50, 2))
        invoice = self._invoice(order)
        for share in (50, 100):
            note = self._credit(order, 1, 0.5, post=False, invoice=invoice)
            self.assertEqual(note.amount_total, 45)
            note.action_post()
            self.assertEqual(self._balance(), (50 + share, 0))

    def test_a_discount_taken_off_wholly_gives_all_its_points_back(self):
        order = self._bought((50, 2))
        note = self._credit(order, 1)
        self.assertEqual(note.amount_total, 40)
        self.assertEqual(self._balance(), (150, 0))
        self._credit(order, 1, 0)
        self.assertEqual(self._balance(), (150, 0))

    def test_several_credit_notes_posted_at_once_are_told_apart(self):
        order = self._bought((50, 4))
        invoice = self._invoice(order)
        notes = self._credit(order, 1, 0.25, post=False, invoice=invoice)
        notes += self._credit(order, 2, 0.5, post=False, invoice=invoice)
        notes._post()
        given = {each.move_id: each.points for each in self._booked(order, "give_back")}
        self.assertEqual(given, {notes[0]: 25, notes[1]: 50})
        self.assertEqual(self._balance(), (125, 0))

    def test_a_credit_note_that_does_not_stay_takes_the_points_again(self):
        order = self._bought()
        note = self._credit(order)
        note.button_draft()
        self.assertEqual(self._balance(), (50, 0))
        back, again = self._booked(order, "give_back")
        self.assertEqual((again.points, again.reverses_id), (-100, back))
        self.assertEqual(again.lot_id, back)
        note.action_post()
        self.assertEqual(self._balance(), (150, 0))
        note.button_cancel()
        self.assertEqual(self._balance(), (50, 0))
        self.assertEqual(self._given(order), [100, -100, 100, -100])

    def test_points_given_back_and_spent_meanwhile_are_owed_when_it_is_undone(self):
        order = self._bought()
        note = self._credit(order)
        self._card().sudo().points = 20
        note.button_draft()
        self.assertEqual(self._balance(), (-80, 0))
        note.action_post()
        self.assertEqual(self._balance(), (20, 0))

    def test_a_program_that_stops_at_zero_lets_them_go(self):
        self.program.points_negative = "zero"
        order = self._bought()
        note = self._credit(order)
        self._card().sudo().points = 20
        note.button_draft()
        self.assertEqual(self._balance(), (0, 0))
        note.action_post()
        self.assertEqual(self._balance(), (20, 0))

    def test_of_two_refunds_one_undone_leaves_the_share_of_the_other(self):
        order = self._bought((50, 3))
        invoice = self._invoice(order)
        first = self._credit(order, 1, 0, invoice=invoice)
        self._credit(order, 1, 0, invoice=invoice)
        self.assertEqual(self._balance(), (116, 0))
        first.button_draft()
        self.assertEqual(self._balance(), (83, 0))

    def test_goods_billed_anew_with_their_discount_cost_the_points_again(self):
        order = self._bought()
        note = self._credit(order)
        again = note._reverse_moves()
        self.assertEqual(again.move_type, "out_invoice")
        again.action_post()
        self.assertEqual(self._balance(), (50, 0))
        again.button_draft()
        self.assertEqual(self._balance(), (150, 0))

    def test_goods_billed_anew_without_the_discount_cost_no_points(self):
        order = self._bought()
        note = self._credit(order)
        again = note._reverse_moves()
        again.invoice_line_ids.filtered(lambda line: line.price_total < 0).unlink()
        again.action_post()
        self.assertEqual(self._balance(), (150, 0))

    def test_cancelling_after_a_partial_refund_gives_back_the_rest_once(self):
        order = self._bought((50, 2))
        self._credit(order, 1, 0.5)
        self.assertEqual(self._balance(), (100, 0))
        order._action_cancel()
        self.assertEqual(self._balance(), (150, 0))
        order.invoice_ids.filtered(
            lambda move: move.move_type == "out_refund"
        ).button_draft()
        self.assertEqual(self._balance(), (150, 0))

    def test_a_reward_without_cost_after_its_refund_gives_nothing_twice(self):
        order = self._bought()
        self._credit(order)
        order.order_line.filtered("is_reward_line").points_cost = 0
        self.assertEqual(self._balance(), (150, 0))
        self.assertFalse(self._booked(order, "adjust"))

    def test_a_free_product_gives_back_when_it_is_on_the_credit_note(self):
        reward = (
            self.env["loyalty.reward"]
            .sudo()
            .create(
                {
                    "program_id": self.program.id,
                    "reward_type": "product",
                    "reward_product_id": self.gift.id,
                    "required_points": 100,
                }
            )
        )
        self.program.sudo().reward_ids -= self.program.reward_ids - reward
        order = self._bought((50, 1), reward=reward)
        invoice = self._invoice(order)
        goods = self._credit(order, post=False, invoice=invoice)
        goods.invoice_line_ids.filtered(lambda line: not line.price_total).unlink()
        goods.action_post()
        self.assertEqual(self._balance(), (50, 0))
        gift = self._credit(order, post=False, invoice=invoice)
        gift.invoice_line_ids.filtered("price_total").unlink()
        gift.action_post()
        self.assertEqual(self._balance(), (150, 0))

    def test_points_are_given_back_before_earned_ones_are_taken(self):
        order = self._bought((50, 1))
        self._deliver(order)
        self._pass_time(order.order_line)
        self.assertEqual(self._balance(), (100, 0))
        self._card().sudo().points = 0
        self._credit(order)
        self.assertEqual(self._balance(), (50, 0))
        self.assertFalse(self.entries.search([("remaining", "<", 0)]))

    def test_a_merged_member_gets_the_points_back(self):
        order = self._bought()
        other = self.env["res.partner"].create({"name": "Buyer again"})
        self._released((30, 1), partner=other)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.buyer + other).ids, other)
        note = self._credit(order)
        self.assertEqual(self._balance(other), (180, 0))
        note.button_draft()
        note.action_post()
        self.assertEqual(self._balance(other), (180, 0))

    def test_a_reward_changed_after_a_merge_is_booked_on_the_living_card(self):
        order = self._bought()
        merged = self._card()
        other = self.env["res.partner"].create({"name": "Buyer again"})
        self._released((30, 1), partner=other)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.buyer + other).ids, other)
        self.assertEqual(self._balance(other), (80, 0))
        reward = order.order_line.filtered("is_reward_line")
        reward.points_cost = 60
        self.assertEqual(self._balance(other), (120, 0))
        reward.points_cost = 0
        self.assertEqual(self._balance(other), (180, 0))
        self.assertEqual((merged.active, merged.points), (False, 0))
