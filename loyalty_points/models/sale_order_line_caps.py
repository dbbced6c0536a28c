"""What the caps of a program leave of the points that lines have earned."""

from collections import Counter

from odoo import fields, models
from odoo.fields import Domain

from ..ledger import earning


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _points_granted(self, gains, cards, moments):
        """Return {line: the points of its gain which the caps let through}.

        :param gains: {line: points earned now}
        :param cards: {line: card}, locked
        :param moments: {line: when it earned}
        """
        granted = {line: gains[line] for line in self}
        capped = self.filtered(lambda line: cards[line].program_id._points_limits())
        used = capped._points_used(cards, moments)
        for card, lines in capped.grouped(cards.get).items():
            program = card.program_id
            pieces = [
                (gains[line], program._points_spans(line.order_id, moments[line]))
                for line in lines
            ]
            given = earning.allot(pieces, program._points_limits(), used[card])
            granted.update(zip(lines, given, strict=True))
        return self._points_within_cards(granted, cards)

    def _points_within_cards(self, granted, cards):
        """Return {line: points} of which no card gets more than it can hold."""
        room = {card: earning.MOST - card.points_pending for card in cards.values()}
        for line in self:
            granted[line] = min(granted[line], room[cards[line]])
            room[cards[line]] -= granted[line]
        return granted

    def _points_used(self, cards, moments):
        """Return {card: {(span, key): points}}: given by orders and still kept."""
        if not self:
            return {}
        since = fields.Datetime.subtract(min(moments[line] for line in self), days=32)
        entries = self.env["loyalty.points.entry"].search(
            Domain("card_id", "in", self._points_card_union(cards).ids)
            & Domain("kind", "in", ("earn", "clawback"))
            & Domain("source", "=", "order")
            & (
                Domain("earned_at", ">=", since)
                | Domain("order_id", "in", self.order_id.ids)
            )
        )
        used = {cards[line]: Counter() for line in self}
        for entry in entries:
            spans = entry.program_id._points_spans(entry.order_id, entry.earned_at)
            for span, key in spans.items():
                used[entry.card_id][span, key] += entry.points
        return used
