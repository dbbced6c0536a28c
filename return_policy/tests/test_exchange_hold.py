"""When a replacement may leave, and what happens where it does not."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .exchange_common import ExchangeCase


class LeftError(Exception):
    """Takes back a shipment that was let go."""


@tagged("post_install", "-at_install")
class TestExchangeHold(ExchangeCase):
    def setUp(self):
        super().setUp()
        self._stock(self.product, 20)

    def _may_leave(self, request):
        try:
            with self.cr.savepoint():
                self._ship(request)
                raise LeftError
        except LeftError:
            return True
        except UserError:
            return False

    def test_each_setting_lets_it_go_at_its_own_moment(self):
        moments = ("approval", "scanned", "received", "inspected")
        for ship_on in moments:
            self.company.return_ship_on = ship_on
            request = self._exchange(self._order((self.product, 1)))
            request.sudo().return_tracking_ref = "SF1"
            seen = [self._may_leave(request)]
            request.with_user(self.agent).action_scanned()
            seen.append(self._may_leave(request))
            self._receive(request)
            seen.append(self._may_leave(request))
            request.with_user(self.keeper).action_inspect()
            seen.append(self._may_leave(request))
            first = moments.index(ship_on)
            self.assertEqual(seen, [n >= first for n in range(4)], ship_on)

    def test_a_setting_changed_later_leaves_approved_requests_alone(self):
        request = self._exchange(self._order((self.product, 1)))
        self.company.return_ship_on = "approval"
        self.assertEqual(request.replacement_state, "waiting")

    def test_only_a_lead_lets_it_go_early_and_says_why(self):
        request = self._exchange(self._order((self.product, 1)))
        for user in (self.agent, self.keeper):
            with self.assertRaises(AccessError):
                request.with_user(user).action_ship_now("please")
        self.assertEqual(request.replacement_state, "waiting")
        ask = request.with_user(self.lead).action_ship_now()
        self.assertEqual(ask["res_model"], "return.request.reason")
        self.assertEqual(request.replacement_state, "waiting")
        request.with_user(self.lead).action_ship_now("a good customer")
        self.assertEqual(request.replacement_state, "to_ship")
        log = request.sudo().log_ids[:1]
        self.assertEqual((log.event, log.reason), ("shipped_early", "a good customer"))
        self._ship(request)
        self.assertEqual(request.replacement_state, "shipped")
        with self.assertRaisesRegex(UserError, "has left already"):
            request.with_user(self.agent).action_cancel()
        self.assertEqual(request.state, "approved")

    def test_no_more_leaves_than_was_accepted(self):
        self.company.return_ship_on = "inspected"
        request = self._exchange(self._order((self.product, 3)))
        self._receive(request)
        line = request.line_ids.with_user(self.keeper)
        line.write({"grade": "b", "qty_accepted": 1})
        request.with_user(self.keeper).action_inspect()
        self.assertEqual(request.sudo().replacement_picking_ids.move_ids.quantity, 1)
        self.assertEqual(request.replacement_state, "to_ship")
        with self.assertRaisesRegex(UserError, "Only 1 more"):
            self._ship(request, 2)
        self._ship(request, 1)
        self.assertEqual(request.line_ids.qty_sent, 1)
        self.assertEqual(request.state, "done")

    def test_wrong_goods_bring_no_replacement(self):
        self.company.return_ship_on = "inspected"
        request = self._exchange(self._order((self.product, 1)))
        self._receive(request)
        request.line_ids.with_user(self.keeper).write({"grade": "missing"})
        request.with_user(self.keeper).action_inspect()
        self.assertEqual(request.sudo().replacement_picking_ids.state, "cancel")
        self.assertEqual(request.replacement_state, "none")
        self.assertFalse(request.sudo().refund_ids)

    def test_cancelling_takes_the_reserved_goods_back(self):
        request = self._exchange(self._order((self.product, 1)))
        quant = self.product.stock_quant_ids.filtered(
            lambda quant: quant.location_id == self.warehouse.lot_stock_id
        )
        self.assertEqual(quant.reserved_quantity, 1)
        request.with_user(self.agent).action_cancel()
        self.assertEqual(request.sudo().replacement_picking_ids.state, "cancel")
        self.assertEqual(quant.reserved_quantity, 0)
        self.assertEqual(request.replacement_state, "none")

    def test_refunding_instead_gives_money_and_no_goods(self):
        order = self._order((self.product, 1))
        request = self._exchange(order)
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        self.assertFalse(request.sudo().refund_ids)
        request.with_user(self.agent).action_refund_instead("out of production")
        self.assertEqual(request.sudo().replacement_picking_ids.state, "cancel")
        self.assertEqual(request.line_ids.remedy, "return_refund")
        self.assertEqual(request.sudo().refund_ids.amount, 100)
        self.assertEqual(request.replacement_state, "none")

    def test_goods_out_of_stock_are_said_and_no_error(self):
        product = self._product("Rare", 100)
        request = self._exchange(self._order((product, 2)))
        self.assertTrue(request.is_replacement_short)
        self._stock(product, 1)
        request.sudo().replacement_picking_ids.action_assign()
        self.assertTrue(request.is_replacement_short)
        self._receive(request)
        self.assertEqual(request.replacement_state, "to_ship")
        delivery = self._ship(request, 1)
        self.assertEqual(request.line_ids.qty_sent, 1)
        self.assertEqual(request.replacement_state, "to_ship")
        self.assertEqual(len(request.sudo().replacement_picking_ids), 2)
        self.assertEqual(delivery.backorder_ids.replacement_request_id, request)

    def test_a_delivery_cancelled_by_hand_is_made_again(self):
        request = self._exchange(self._order((self.product, 2)))
        request.sudo().replacement_picking_ids.action_cancel()
        self.assertEqual(request.replacement_state, "waiting")
        request.with_user(self.lead).action_ship_now("cancelled by mistake")
        self._ship(request)
        self.assertEqual(request.line_ids.qty_sent, 2)
        request.sudo()._start_replacements()
        self.assertEqual(len(request.sudo().replacement_picking_ids), 2)
