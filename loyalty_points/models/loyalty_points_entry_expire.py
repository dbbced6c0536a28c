"""Points that were not spent in time are gone."""

from odoo import api, models
from odoo.tools import SQL

from ..ledger.lots import AVAILABLE


class LoyaltyPointsEntry(models.Model):
    _inherit = "loyalty.points.entry"

    @api.model
    def _cron_expire(self):
        """Book what has expired, batch by batch.

        It runs every hour: days end at another time in each company.
        """
        self._settle(self._due_for_expiry(), lambda lots: lots._expire())

    @api.model
    def _expire_due(self, limit):
        """Expire what is due on some cards and return how many lots it were."""
        return self._settle_once(
            self._due_for_expiry(), lambda lots: lots._expire(), limit
        )

    @api.model
    def _due_for_expiry(self):
        """Return the SQL condition of available lots whose last day has ended."""
        by_day = {}
        for program in self.env["loyalty.program"]._points_keeping():
            by_day.setdefault(program._points_today(), []).append(program.id)
        passed = SQL(" OR ").join(
            SQL("entry.program_id IN %s AND entry.expires_on < %s", tuple(ids), today)
            for today, ids in by_day.items()
        )
        return SQL("entry.bucket = %s AND (%s)", AVAILABLE, passed or SQL("FALSE"))

    def _expire(self):
        """Take what is left of these lots; their cards are locked."""
        self._book_at_once("expire")

    @api.model
    def _expired(self, field, records):
        """Return {record: {expiry entry: points}} no refund has taken notice of yet.

        What has expired is gone: whoever takes points back notes it with an entry
        that names the expiry and takes nothing.

        :param field: of the expiry entries, which names one of the records
        """
        left = {record: {} for record in records}
        gone = self.search(
            [("kind", "=", "expire"), (field, "in", records.ids)], order="id"
        )
        for entry in gone:
            left[entry[field]][entry.id] = -entry.points
        for note in self.search([("lot_id", "in", gone.ids)]):
            left[note.lot_id[field]][note.lot_id.id] -= note.shortfall
        return left
