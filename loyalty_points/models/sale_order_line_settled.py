"""When what was ordered came, and whether it was paid back; with points or without."""

from odoo import fields, models

from ..ledger import shares


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _points_came_on(self):
        """Return {line: moment}: the last delivery of goods, else the last bill.

        False where some is still to come, None where nothing of the goods is sent.
        """
        goods = self.filtered(lambda line: line._points_is_goods())
        last, moves = goods._points_last_deliveries(), goods.move_ids
        sent = moves.filtered(
            lambda move: move.state != "cancel" and move._points_direction() > 0
        ).sale_line_id
        return {
            line: (last[line] if line in sent else None)
            if line in goods
            else line._points_billed_on()
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
