"""Entries as lots of a card's book, and back."""

from odoo import api, models
from odoo.tools import partition

from ..ledger.lots import Entry


class LoyaltyPointsEntry(models.Model):
    _inherit = "loyalty.points.entry"

    def _to_lot(self):
        return Entry(
            self.bucket,
            self.points,
            self.remaining,
            self.kind,
            self.sale_line_id.id or None,
            self.id,
            lot=self.lot_id.id or None,
            shortfall=self.shortfall,
            facts=self._lot_facts(),
        )

    def _lot_facts(self):
        return {
            "available_on": self.available_on,
            "earned_at": self.earned_at,
            "expires_on": self.expires_on,
            "order_id": self.order_id.id,
            "source": self.source,
            "description": self.description,
        }

    def _origin_entry(self):
        """Return the entry which this one corrects in the end, or itself."""
        origin = self
        while origin.reverses_id:
            origin = origin.reverses_id
        return origin

    def _paid_units(self):
        """Return what was paid for these points, in the smallest unit."""
        return round(self.amount / (self.currency_id.rounding or 0.01))

    @api.model
    def _store(self, books):
        """Store what was added to the books of cards, each in its order."""
        waiting = [(card, entry) for card, book in books for entry in book.added]
        used, stored = {}, self.browse()
        while waiting:
            # an entry may name one of the same book: that one goes first
            ready, waiting = partition(lambda item: self._is_named(item[1]), waiting)
            records = self._append([self._values(*item, used) for item in ready])
            for (_card, entry), record in zip(ready, records, strict=True):
                entry.key = record.id
            stored += records
        return stored

    @staticmethod
    def _is_named(entry):
        return all(
            not isinstance(other, Entry) or other.key is not None
            for other in (entry.lot, entry.reverses)
        )

    @staticmethod
    def _values(card, entry, used):
        def id_of(other):
            return other.key if isinstance(other, Entry) else other

        event = f"{entry.facts['key']}:{card.id}"
        used[event] = used.get(event, -1) + 1
        return {
            "card_id": card.id,
            "kind": entry.kind,
            "bucket": entry.bucket,
            "points": entry.points,
            "remaining": entry.left,
            "shortfall": entry.shortfall,
            "sale_line_id": entry.line,
            "lot_id": id_of(entry.lot),
            "reverses_id": id_of(entry.reverses),
            **entry.facts,
            "key": f"{event}:{used[event]}",
        }
