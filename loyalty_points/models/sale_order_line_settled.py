"""When what was ordered came, and whether it was paid back; with points or without."""

from odoo import fields, models

from ..ledger import shares


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _points_came_on(self):
        """Return {line: moment}: the last delivery of goods, else the last bill.

        False where some is still to come, None where all of the goods was cancelled.
        """
        goods = self.filtered(lambda line: line._points_is_goods())
        last = goods._points_last_deliveries()
        moves = goods.move_ids.filtered(
            lambda move: move.state != "cancel" and move._points_is_for_customer()
        )
        coming = moves.filtered(lambda move: move.state != "done").sale_line_id
        coming |= goods.filtered(lambda line: not line.move_ids)  # to be bought first
        goods_on = {
            line: line not in coming and last[line]
            for line in moves.sale_line_id | coming
        }
        return {
            line: goods_on.get(line) if line in goods else line._points_billed_on()
            for line in self
        }

    def _points_billed_on(self):
        """Return the moment of the last bill, that of the order for what is free."""
        if not self.price_total:
            return self.order_id.date_order
        bills = self.invoice_lines.move_id.filtered(
            lambda move: move.state == "posted" and move.direction_sign < 0
        )
        days = [day for day in bills.mapped("invoice_date") if day]
        return bool(days) and fields.Datetime.to_datetime(max(days))

    def _points_window_end(self, moment, program):
        """Return until when a line may be sent back; see ``_points_available_on``."""
        least = fields.Datetime.add(moment, days=program.points_pending_days)
        return max(least, self._points_available_on(moment))

    def _points_windows_closed(self, moments, program):
        """Tell whether some of these lines came, and none may be sent back any more.

        :param moments: see ``_points_came_on``
        """
        came, now = self.filtered(lambda line: moments[line]), fields.Datetime.now()
        return bool(came) and all(
            line._points_window_end(moments[line], program) <= now for line in came
        )

    def _points_lost_amounts(self):
        """Return {line: amount} paid back, or of goods that were never delivered.

        As with points, a refund is first for what was billed and not delivered.
        """
        back, billed = self._points_paid_back(), self._points_billed()
        goods = self.filtered(
            lambda line: line._points_is_sold() and line._points_is_goods()
        )
        delivered = goods._points_delivered()
        lost = {line: back[line][0] for line in self}
        for line in goods:
            invoiced, _refunded = self._points_bill_sums(billed[line])
            kept = shares.kept_share(
                delivered[line],
                min(shares.ratio(invoiced, line.price_total), shares.WHOLE),
                back[line][1],
            )
            lost[line] = line.price_total * float(shares.WHOLE - kept)
        return lost

    def _points_paid_back(self):
        """Return {line: (amount, share)} paid back and not billed once more since."""
        found = {}
        for line, bills in self._points_billed().items():
            invoiced, refunded = self._points_bill_sums(bills)
            amount = shares.paid_back(invoiced, refunded, line.price_total)
            tolerance = line.currency_id.rounding * (len(bills) + 0.5)
            share = shares.billed_share(amount, line.price_total, tolerance)
            found[line] = (amount, share)
        return found
