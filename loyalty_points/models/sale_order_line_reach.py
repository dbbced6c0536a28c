"""How much of an order line has happened that earns, and when it may be spent."""

from odoo import fields, models

from ..ledger import shares
from .loyalty_program_earning import DELIVERY, INVOICE, PAYMENT


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _points_earning_at(self, program):
        """Return what makes this line earn; services have no delivery."""
        if self.points_program_id:
            return self.points_earn_at or DELIVERY
        if program.points_earn_at == DELIVERY and not self._points_is_goods():
            return INVOICE
        return program.points_earn_at

    def _points_is_goods(self):
        return self.qty_delivered_method == "stock_move"

    def _points_reached(self, full, billed):
        """Return {line: the share that is delivered, invoiced or paid}.

        :param full: {line: (program, points)}
        :param billed: {line: [(move, invoiced, refunded)]}
        """
        ways = {line: line._points_earning_at(full[line][0]) for line in self}
        delivered = self.filtered(lambda line: ways[line] == DELIVERY)
        reached = delivered._points_delivered()
        for line in self - delivered:
            bills = [bill for bill in billed[line] if bill[1]]
            if ways[line] == PAYMENT:
                bills = [bill for bill in bills if bill[0]._points_is_paid()]
            reached[line] = shares.billed_share(
                sum(bill[1] for bill in bills),
                line.price_total,
                line.currency_id.rounding * (len(bills) + 0.5),
            )
        return reached

    def _points_delivered(self):
        """Return {line: delivered share}, the highest it has ever been.

        Goods that came back count as delivered until they are refunded; goods
        sent again in their place do not count twice.
        """
        if not self:
            return {}
        moves = self.env["stock.move"].search(
            [("sale_line_id", "in", self.ids), ("state", "=", "done")], order="date, id"
        )
        by_line = moves.grouped("sale_line_id")
        return {
            line: by_line.get(line, moves.browse())._points_delivered_share(line)
            for line in self
        }

    # -- from when on they may be spent --------------------------------------------

    def _points_available_on(self, delivered_at):
        """Return when the points of a delivery may be spent.

        Asked when they are earned, when the goods are delivered, and again before
        the release. Extended by addons that know how long the line may be sent back.
        """
        self.ensure_one()
        days = self.points_program_id.points_pending_days
        return fields.Datetime.add(delivered_at, days=days)

    def _points_available_dates(self, earned_at):
        """Return {line: date} for {line: when it earned}; extend it to batch.

        Points earned before the goods are delivered have no date: they wait.
        """
        early = self.filtered(
            lambda line: (
                line._points_is_goods() and line.points_earn_at in (INVOICE, PAYMENT)
            )
        )
        moments = {**earned_at, **early._points_last_deliveries()}
        return {
            line: moment and line._points_available_on(moment)
            for line, moment in moments.items()
            if line in earned_at
        }

    def _points_last_deliveries(self):
        """Return {line: last delivery}, False where some are still to come."""
        if not self:
            return {}
        moves = self.env["stock.move"].search(
            [("sale_line_id", "in", self.ids), ("state", "!=", "cancel")]
        )
        by_line = moves.filtered(lambda move: move._points_direction() > 0).grouped(
            "sale_line_id"
        )
        return {
            line: all(move.state == "done" for move in by_line.get(line, ()))
            and max((move.date for move in by_line.get(line, ())), default=False)
            for line in self
        }

    def _points_date(self):
        """Say from when on points earned before the delivery may be spent."""
        early = self.filtered(lambda line: line.points_earn_at in (INVOICE, PAYMENT))
        if not early:
            return
        lots = self.env["loyalty.points.entry"].search(
            [
                ("sale_line_id", "in", early.ids),
                ("bucket", "=", "pending"),
                ("remaining", ">", 0),
                ("available_on", "=", False),
            ]
        )
        dates = lots.sale_line_id._points_available_dates(
            {lot.sale_line_id: lot.earned_at for lot in lots}
        )
        lots._maintain(
            "available_on",
            {lot.id: date for lot in lots if (date := dates[lot.sale_line_id])},
        )
