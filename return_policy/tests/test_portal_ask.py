"""A buyer asks for a return in the portal, page by page."""

from datetime import timedelta

from odoo.fields import Command, Datetime
from odoo.tests import tagged

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestPortalAsk(PortalCase):
    def test_a_buyer_comes_from_the_order_to_a_request(self):
        order = self._order((self.product, 2))
        self._as(self.buyer)
        page = self._page(f"/my/orders/{order.id}")
        self.assertIn("Return, exchange or cancel", page)
        page = self._page(f"/my/orders/{order.id}/return")
        self.assertIn("2 × Paid: $ 200.00", page)
        answer = self._ask_items(order)
        self.assertTrue(answer.url.endswith("/return/details"), answer.url)
        draft = self._draft(order)
        self.assertEqual(draft.line_ids.qty_requested, 1)
        self.assertEqual(order.order_line.qty_returnable, 2)
        path = f"/my/orders/{order.id}/return"
        answer = self._post(f"{path}/details", go="next", note="Too bright <b>")
        self.assertTrue(answer.url.endswith("/return/outcome"), answer.url)
        answer = self._post(f"{path}/outcome", remedy="return_refund")
        self.assertTrue(answer.url.endswith("/return/review"), answer.url)
        self.assertIn("Too bright &lt;b&gt;", answer.text)
        self.assertIn("You get back $ 100.00", self._words(answer))
        answer = self._confirm(draft)
        self.assertTrue(answer.url.endswith(f"/my/returns/{draft.id}"), answer.url)
        self.assertEqual(draft.state, "submitted")
        self.assertEqual(draft.log_ids.user_id, self.buyer)
        self.assertEqual(order.order_line.qty_returnable, 1)
        self._sent(order)
        page = self._page(path)
        self.assertIn("it was returned, or is in a return request already", page)

    def test_what_the_policy_approves_is_approved_by_the_click(self):
        self._policy(auto_approve=True)
        order = self._order()
        self._as(self.buyer)
        request = self._sent(order)
        self.assertEqual(request.state, "approved")
        self.assertEqual(request.goods_state, "awaiting")

    def test_each_line_says_why_nothing_can_be_asked(self):
        order = self._order((self.product, 1))
        order.order_line.return_received_at = Datetime.now() - timedelta(days=60)
        self._as(self.buyer)
        page = self._page(f"/my/orders/{order.id}/return")
        self.assertIn("The return window of 7 days ended on", page)
        self.assertIn("Is something wrong with it?", page)
        self._ask_items(order)
        draft = self._draft(order)
        page = self._page(f"/my/orders/{order.id}/return/outcome")
        self.assertIn("Lamp: The return window of 7 days ended on", page)
        answer = self._confirm(draft)
        self.assertIn("The return window of 7 days ended on", self._words(answer))
        self.assertEqual(draft.state, "draft")
        request = self._sent(order, reason=self.reason_quality)
        self.assertEqual(request.state, "submitted")
        page = self._page(f"/my/orders/{order.id}/return")
        self.assertIn("Nothing of this order can be asked for now.", page)
        self.assertIn(request.name, page)
        order_page = self._page(f"/my/orders/{order.id}")
        self.assertNotIn("Return, exchange or cancel", order_page)
        self.assertIn(request.name, order_page)

    def test_remedies_stand_side_by_side_with_their_amounts(self):
        self._policy(bonus_percent=10.0, refund_on="received", refund_days=7)
        order = self._order((self.product, 1, 42.0))
        self._as(self.buyer)
        self._ask_items(order)
        self.env["loyalty.program"].search([]).active = False
        page = self._page(f"/my/orders/{order.id}/return/outcome")
        self.assertNotIn("Store credit", page)
        self._wallet_program()
        page = self._page(f"/my/orders/{order.id}/return/outcome")
        self.assertIn(
            "Return and refund $ 42.00 You pay the way back. Money back once the "
            "parcel is here. At the latest 7 days after the goods are back.",
            page,
        )
        self.assertIn("Store credit $ 46.20 Bonus included: $ 4.20", page)
        for given_away in ("Refund only", "Send again", "Repair", "Cancel before"):
            self.assertNotIn(given_away, page)

    def test_a_fault_offers_more_and_the_shop_pays_the_way(self):
        order = self._order((self.product, 1, 42.0))
        self._as(self.buyer)
        self._ask_items(order, reason=self.reason_quality)
        page = self._page(f"/my/orders/{order.id}/return/outcome")
        self.assertIn("Return and refund $ 42.00 We pay the way back.", page)
        self.assertIn("Send again We send it once we have agreed.", page)
        for remedy in ("Exchange", "Repair", "Refund only $ 42.00"):
            self.assertIn(remedy, page)
        self.assertNotIn("Partial refund", page)

    def test_a_fee_is_taken_off_and_named(self):
        self._policy(preset="STORE", fee_percent=10.0)
        order = self._order((self.product, 1, 50.0))
        self._as(self.buyer)
        self._ask_items(order)
        page = self._page(f"/my/orders/{order.id}/return/outcome")
        self.assertIn("Return and refund $ 45.00", page)
        self.assertIn("Restocking fee of 10 %: $ 5.00.", page)

    def test_what_has_not_left_is_cancelled(self):
        order = self._order((self.product, 2), deliver=False, invoice=False)
        self._as(self.buyer)
        request = self._sent(order, quantity=2, remedy="")
        self.assertEqual(request.line_ids.remedy, "cancel")
        self.assertTrue(request.line_ids.is_unshipped)
        page = self._page(f"/my/orders/{order.id}/return")
        self.assertIn("Nothing of this order can be asked for now.", page)

    def test_goods_bought_by_the_piece_are_asked_for_by_the_piece(self):
        pieces = self._order((self.product, 2))
        dozens = self._order((self.product, 2))
        dozens.order_line.product_uom_id = self.env.ref("uom.product_uom_dozen")
        self._as(self.buyer)
        answer = self._ask_items(pieces, quantity="1.5")
        self.assertIn("Lamp: enter a whole number, at most 2.", self._words(answer))
        self.assertIn('value="1.5"', answer.text)
        self.assertFalse(self._draft(pieces))
        self.assertIn('step="1"', answer.text)
        page = self.url_open(f"/my/orders/{dozens.id}/return").text
        self.assertIn('step="any"', page)

    def test_who_asks_for_a_price_difference_hears_that_there_is_none(self):
        order = self._order((self.product, 1, 42.0))
        self._as(self.buyer)
        path = f"/my/orders/{order.id}/return/outcome"
        told = "There is no price difference to pay back"
        self._ask_items(
            order, reason=self.env.ref("return_policy.reason_promise_price")
        )
        self.assertIn(told, self._page(path))
        self.product.list_price = 30.0
        page = self._page(path)
        self.assertIn("Price protection $ 12.00", page)
        self.assertNotIn(told, page)
        self._ask_items(order, reason=self.reason_quality)
        self.assertNotIn(told, self._page(path))

    def test_goods_sent_in_part_say_what_is_still_to_come(self):
        order = self._order((self.product, 3), deliver=False, invoice=False)
        picking = order.picking_ids
        picking.move_ids.write({"quantity": 1, "picked": True})
        picking.with_context(cancel_backorder=False)._action_done()
        self._as(self.buyer)
        page = self._page(f"/my/orders/{order.id}/return")
        self.assertIn("Not sent yet: 2. Write to us to cancel that.", page)
        self.assertIn("/ 1", page)
        self._request(order, 2, line_vals={"remedy": "cancel"})
        page = self._page(f"/my/orders/{order.id}/return")
        self.assertNotIn("Not sent yet", page)

    def test_an_exchange_for_another_variant_is_chosen_from_the_list(self):
        shirt = self._variants("Shirt", "S", "M")
        order = self._order((shirt[0], 1))
        self._as(self.buyer)
        self._ask_items(order)
        line = self._draft(order).line_ids
        path = f"/my/orders/{order.id}/return"
        page = self._page(f"{path}/outcome")
        self.assertIn("Shirt (M)", page)
        self.assertIn(
            "Exchange You pay the way back. We send it once your parcel is here.", page
        )
        for foreign in (self.product, self._product("Sofa", 900.0)):
            self._post(
                f"{path}/outcome",
                remedy="exchange",
                **{f"exchange_{line.id}": foreign.id},
            )
            self.assertFalse(line.exchange_product_id)
        self._post(
            f"{path}/outcome", remedy="exchange", **{f"exchange_{line.id}": shirt[1].id}
        )
        self.assertEqual(line.exchange_product_id, shirt[1])
        page = self._page(f"{path}/review")
        self.assertIn("1 × Shirt (S) $ 30.00 Exchange for: Shirt (M) $ -30.00", page)
        self.assertIn("You get back $ 0.00", page)
        self.assertIn("We send it once your parcel is here.", page)
        self.assertNotIn("Money back", page)
        shirt[1].product_template_attribute_value_ids.price_extra = 5.0
        page = self._page(f"{path}/review")
        self.assertIn("You pay $ 5.00", page)
        self._confirm(self._draft(order))
        self.assertEqual(line.state, "submitted")

    def test_lines_may_take_different_ways_and_reasons(self):
        other = self._product("Chair", 60.0)
        order = self._order((self.product, 1), (other, 1))
        self._as(self.buyer)
        chair = order.order_line[1]
        self._ask_items(order, **{f"reason_{chair.id}": self.reason_quality.id})
        lamp, seat = self._draft(order).line_ids
        path = f"/my/orders/{order.id}/return"
        self._post(
            f"{path}/outcome", remedy="return_refund", **{f"remedy_{seat.id}": "repair"}
        )
        self.assertEqual((lamp.remedy, seat.remedy), ("return_refund", "repair"))
        self.assertEqual(seat.reason_id, self.reason_quality)
        self._confirm(self._draft(order) or lamp.request_id)
        self.assertEqual(lamp.state, "submitted")

    def test_the_seal_is_asked_where_it_matters(self):
        self.product.return_exclusion = "A6_3"
        order = self._order((self.product, 1))
        self._as(self.buyer)
        self._ask_items(order)
        line = self._draft(order).line_ids
        path = f"/my/orders/{order.id}/return/details"
        self.assertIn("Is the package still sealed?", self._page(path))
        answer = self._post(path, go="next", note="kept")
        self.assertIn("say whether it was opened", self._words(answer))
        self.assertIn("kept", answer.text)
        answer = self._post(path, go="next", **{f"seal_{line.id}": "opened"})
        self.assertIn("Lamp: ", self._words(answer))
        self.assertNotIn("Return and refund", self._words(answer))
        answer = self._post(path, go="next", **{f"seal_{line.id}": "sealed"})
        self.assertIn("Return and refund $ 100.00", self._words(answer))

    def _wallet_program(self):
        reward = {
            "reward_type": "discount",
            "discount_mode": "per_point",
            "discount": 1,
            "discount_line_product_id": self._product("eWallet", 0, type="service").id,
        }
        return self.env["loyalty.program"].create(
            {
                "name": "Wallet",
                "program_type": "ewallet",
                "applies_on": "future",
                "trigger": "auto",
                "reward_ids": [Command.create(reward)],
            }
        )

    def _variants(self, name, *values):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Size",
                "value_ids": [Command.create({"name": value}) for value in values],
            }
        )
        template = self.env["product.template"].create(
            {
                "name": name,
                "type": "consu",
                "is_storable": True,
                "list_price": 30.0,
                "taxes_id": [Command.clear()],
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [Command.set(attribute.value_ids.ids)],
                        }
                    )
                ],
            }
        )
        return template.product_variant_ids
