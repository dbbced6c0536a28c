"""Whether an order is kept for good, or was sent back; also one that earns nothing."""

from odoo import fields, models

from ..ledger import shares

KEPT, LOST = "kept", "lost"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _points_settled(self, program):
        """Return {order: KEPT or LOST}; orders that may still come back are not in.

        Where an order earned, its points tell: it is lost with the last of them, and
        kept once none waits. Where it earned nothing, its goods and bills do.

        :param program: how long its points wait, goods without points wait, too
        """
        sums = self.env["loyalty.points.entry"]._read_group(
            [
                ("order_id", "in", self.ids),
                ("kind", "in", ("earn", "clawback")),
                ("source", "=", "order"),
            ],
            ["order_id"],
            ["points:sum", "shortfall:sum"],
        )
        earned = {order: points - missing for order, points, missing in sums}
        waiting = self._points_waiting()
        settled = {
            order: KEPT if standing > 0 else LOST
            for order, standing in earned.items()
            if order.id not in waiting
        }
        others = self.filtered(lambda order: order not in earned)
        return settled | others._points_settled_goods(program)

    def _points_settled_goods(self, program):
        """Return what became of orders without points; see ``_points_settled``."""
        lines = self.order_line.filtered(lambda line: line._points_is_sold())
        moments, back = lines._points_came_on(), lines._points_paid_back()
        now, settled = fields.Datetime.now(), {}
        for order, mine in lines.grouped("order_id").items():
            days = {line: moments[line] for line in mine if moments[line] is not None}
            paid = mine.filtered("price_total")
            if paid and all(back[line][1] == shares.WHOLE for line in paid):
                settled[order] = LOST
            elif days and all(
                day and line._points_window_end(day, program) <= now
                for line, day in days.items()
            ):
                settled[order] = KEPT
        return settled

    def _points_kept_amounts(self):
        """Return {order: its total less what was paid back of it}."""
        back = self.order_line._points_paid_back()
        return {
            order: order.amount_total - sum(back[line][0] for line in order.order_line)
            for order in self
        }
