"""What deliveries earn, and when it may be spent."""

from odoo import api, fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _points_available_on(self, delivered_at):
        """Return when the points of a delivery may be spent.

        Asked at the delivery and again before the release. Extended by addons
        that know how long the line may be sent back.
        """
        self.ensure_one()
        days = self.points_program_id.points_pending_days
        return fields.Datetime.add(delivered_at, days=days)

    def _points_available_dates(self, delivered_at):
        """Return {line: date} for {line: delivery date}; extend it to batch."""
        return {
            line: line._points_available_on(moment)
            for line, moment in delivered_at.items()
        }

    def _points_delivered(self):
        """Return {line: delivered share}, the highest it has ever been.

        Goods that came back count as delivered until they are refunded; goods
        sent again in their place do not count twice.
        """
        moves = self.env["stock.move"].search(
            [("sale_line_id", "in", self.ids), ("state", "=", "done")], order="date, id"
        )
        by_line = moves.grouped("sale_line_id")
        return {
            line: by_line.get(line, moves.browse())._points_delivered_share(line)
            for line in self
        }

    def _points_earn(self, delivered_at=None):
        """Book what the deliveries of these lines have earned so far.

        :param delivered_at: {line: moment of the delivery}
        """
        full = self._points_full()
        cards = self._points_cards(full)
        lines = self.browse([line.id for line in full if line in cards])
        if not lines:
            return
        books = lines.env["loyalty.card"].union(*cards.values())._points_open_books()
        standing, targets = lines._points_standing(), lines._points_targets(full)
        earning = lines.filtered(lambda line: targets[line][-1][1] > standing[line][0])
        for line in earning.filtered(lambda line: not line.points_program_id):
            line.points_rate = full[line][0]._points_rate_for(line.order_id)
            line.points_program_id = full[line][0]
        now, delivered_at = fields.Datetime.now(), delivered_at or {}
        moments = {line: delivered_at.get(line) or now for line in earning}
        dates = earning._points_available_dates(moments)
        for line in earning:
            earned, number = standing[line]
            books[cards[line]].earn(
                targets[line][-1][1] - earned,
                line.id,
                key=f"earn:{line.id}:{number}",
                order_id=line.order_id.id,
                source="order",
                description=line._points_description(),
                earned_at=moments[line],
                available_on=dates[line],
            )
        self.env["loyalty.card"]._points_close_books(books)

    @api.model
    def _points_cards(self, full):
        """Return {line: card}, without the lines of customers who are no member."""
        wanted = {
            line: (program, line.order_id.partner_id)
            for line, (program, _points) in full.items()
        }
        cards = self.env["loyalty.program"]._points_cards(wanted.values())
        return {line: cards[pair] for line, pair in wanted.items() if pair in cards}

    def _points_description(self):
        return f"{self.order_id.name} · {self.product_id.display_name}"
