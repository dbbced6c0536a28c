"""Whether an order is kept for good, or was sent back; also one that earns nothing."""

from odoo import models

from ..ledger import shares

KEPT, LOST = "kept", "lost"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _points_settled(self, program):
        """Return {order: KEPT or LOST}; orders that may still come back are not in.

        Nor are those of which a part is still to come. Where an order earned, its
        points tell: it is lost with the last of them, and kept once none waits. Where
        it earned nothing, its goods and bills do.

        :param program: how long its points wait, goods without points wait, too
        """
        lines = self.order_line.filtered(lambda line: line._points_is_sold())
        moments, back = lines._points_came_on(), lines._points_paid_back()
        standing, waiting = self._points_order_standing(), self._points_waiting()
        by_order, settled = lines.grouped("order_id"), {}
        for order in self:
            mine = by_order.get(order, lines.browse())
            paid = mine.filtered("price_total")
            if paid and all(back[line][1] == shares.WHOLE for line in paid):
                settled[order] = LOST
            elif order.id in waiting or any(moments[line] is False for line in mine):
                continue
            elif order in standing:
                settled[order] = KEPT if standing[order] > 0 else LOST
            elif mine._points_windows_closed(moments, program):
                settled[order] = KEPT
        return settled

    def _points_order_standing(self):
        """Return {order: points that stand, capped ones too} of those that earned."""
        sums = self.env["loyalty.points.entry"]._read_group(
            [
                ("order_id", "in", self.ids),
                ("kind", "in", ("earn", "clawback")),
                ("source", "=", "order"),
            ],
            ["order_id"],
            ["points:sum", "shortfall:sum"],
        )
        return {order: points - missing for order, points, missing in sums}

    def _points_kept_amounts(self):
        """Return {order: its total less what was paid back or never came of it}."""
        lost = self.order_line._points_lost_amounts()
        return {
            order: order.amount_total - sum(lost[line] for line in order.order_line)
            for order in self
        }
