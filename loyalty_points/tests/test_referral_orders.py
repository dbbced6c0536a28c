from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tests import freeze_time, tagged

from .referral_common import ReferralCommon


@tagged("post_install", "-at_install")
class TestReferralOrders(ReferralCommon):
    def test_an_order_waits_until_all_of_it_came(self):
        order = self._ordered_in_part()
        self._deliver(order)
        self._night()
        self.assertEqual(self._referral().state, "ordered")  # its window is open
        self._pass_time(order.order_line)
        self._night()
        self.assertEqual(self._referral().state, "rewarded")
        self.assertEqual(self._balance(), (110, 0))

    def test_what_was_cancelled_of_the_first_order_does_not_count(self):
        order = self._ordered_in_part()
        order.picking_ids.filtered(lambda each: each.state != "done").action_cancel()
        self._night()
        self.assertEqual(self._referral().state, "void")
        self.assertEqual(self._balance(), (10, 0))

    def test_the_part_that_came_is_enough_when_it_reaches_the_minimum(self):
        order = self._ordered_in_part(minimum=100)
        order.picking_ids.filtered(lambda each: each.state != "done").action_cancel()
        self._night()
        self.assertEqual(self._referral().state, "rewarded")
        self.assertEqual(self._balance(), (110, 0))

    def _ordered_in_part(self, minimum=500):
        """Return an order of 1000 of which 100 came and can no longer go back."""
        self.program.sudo().points_referral_minimum = minimum
        order = self._order(
            (100, 10),
            partner=self.friend,
            points_referral_code=self.member.referral_code,
        )
        self._deliver(order, 1)
        self._pass_time(order.order_line)
        self._night()
        self.assertEqual(self._referral().state, "ordered")  # the rest is to come
        return order

    def test_what_is_billed_and_refunded_without_delivery_is_taken_off_once(self):
        order = self._ordered_in_part(minimum=100)
        order.picking_ids.filtered(lambda each: each.state != "done").action_cancel()
        self._credit(order, 9)
        self.assertEqual(order._points_kept_amounts(), {order: 100})
        self._credit(order, 1)
        self.assertEqual(order._points_kept_amounts(), {order: 0})

    def test_a_wrong_code_is_named_where_it_is_typed(self):
        values = {"partner_id": self.friend.id, "points_referral_code": "NOBODY12"}
        named = "no member has the referral code NOBODY12"
        with self.assertRaisesRegex(UserError, named):
            self.env["sale.order"].create(values)
        order = self._draft(partner=self.friend)
        with self.assertRaisesRegex(UserError, named):
            order.points_referral_code = "NOBODY12"

    def test_an_order_is_confirmed_though_its_code_counts_no_more(self):
        code = self.member.referral_code
        for end in ("points_referral", "active"):
            with self.subTest(end=end):
                order = self._draft(partner=self.friend, points_referral_code=code)
                self.program.sudo()[end] = False
                order.action_confirm()
                self.program.sudo()[end] = True
                self.assertEqual(order.state, "sale")
                self.assertIn(
                    f"No member has the code {code}.",
                    "".join(order.message_ids.mapped("body")),
                )
                self.assertFalse(self._referral())

    def test_a_refused_referral_is_not_released_once_its_order_was_cancelled(self):
        order = self._order(
            (100, 1),
            partner=self.friend,
            points_referral_code=self.member.referral_code,
        )
        referral = self._referral()
        referral.reason = "Not a customer"
        referral.action_refuse()
        order._action_cancel()
        with self.assertRaisesRegex(UserError, "there is nothing to release"):
            referral.action_release()
        self.assertEqual(referral.state, "refused")

    def test_the_friend_gets_a_card_where_not_everybody_has_one(self):
        self.program.sudo().points_enrol_all = False
        for points, held in ((0, []), (40, [40])):
            with self.subTest(points=points):
                self.program.sudo().points_friend = points
                friend = self.env["res.partner"].create({"name": f"Friend {points}"})
                self._ordered(partner=friend)
                self.assertFalse(self._card(friend))
                with freeze_time(Datetime.add(Datetime.now(), days=8)):
                    self._night()
                self.assertEqual(self._referral(friend).state, "rewarded")
                self.assertEqual(self._card(friend).mapped("points"), held)

    def test_goods_that_are_not_packed_yet_are_still_to_come(self):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )
        warehouse.sudo().delivery_steps = "pick_ship"
        order = self._order((100, 10))
        self._deliver(order, 1)  # packed
        shipping = order.picking_ids.filtered(
            lambda each: each.state != "done" and each.picking_type_code == "outgoing"
        )
        shipping.move_ids.write({"quantity": 1, "picked": True})
        shipping._action_done()
        self.assertEqual(order.order_line.qty_delivered, 1)
        self.assertEqual(order.order_line._points_came_on(), {order.order_line: False})
        order.picking_ids.filtered(lambda each: each.state != "done").action_cancel()
        self.assertEqual(
            order.order_line._points_came_on(),
            {order.order_line: shipping.move_ids.date},
        )

    def test_goods_that_are_to_be_bought_first_are_still_to_come(self):
        order = self._delivered((100, 1), (100, 1))
        bought = order.order_line[1]
        bought.move_ids.sudo().write({"sale_line_id": False})
        self.assertIs(bought._points_came_on()[bought], False)
