"""Money and warehouse at once: one of them wins, the other hears why."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .concurrent_common import TwoTransactionsCase


@tagged("post_install", "-at_install")
class TestAllowancesAtOnce(TwoTransactionsCase):
    def test_two_allowances_at_once_never_exceed_the_price(self):
        one, two = (
            self._make_request("partial_refund", amount_agreed=150) for _click in "ab"
        )
        results = self._race(
            lambda env: env["return.request"].browse(one).action_submit(),
            lambda env: env["return.request"].browse(two).action_submit(),
        )
        self.assertEqual(sum(result is True for result in results), 1, results)
        loser = next(result for result in results if result is not True)
        self.assertIsInstance(loser, UserError)


@tagged("post_install", "-at_install")
class TestCancelledWhileShipping(TwoTransactionsCase):
    DELIVERED = False

    def test_goods_are_shipped_or_cancelled_never_both(self):
        request = self._make_request("cancel", submit=True)
        if self._read().return_request_ids.state == "submitted":
            self._race(
                lambda env: env["return.request"].browse(request)._override("both"),
                self._ship,
            )
        else:
            self._race(self._ship)
        order = self._read()
        is_cancelled = order.return_request_ids.state in ("approved", "done")
        delivered = order.order_line.qty_delivered
        self.assertEqual(delivered, 0 if is_cancelled else 2)
        self.assertEqual(order.order_line.qty_return_credited, 2 - delivered)
        self.assertEqual(
            sum(order.return_refund_ids.mapped("amount")), 200 * is_cancelled
        )

    def _ship(self, env):
        move = env["sale.order"].browse(self.order_id).picking_ids.move_ids
        if move.state == "cancel":
            return
        move.picked = True
        move.picking_id._action_done()
