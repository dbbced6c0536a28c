"""Pending points become available when their time has come."""

from odoo import api, fields, models

from ..ledger.lots import PENDING


class LoyaltyPointsEntry(models.Model):
    _inherit = "loyalty.points.entry"

    @api.model
    def _cron_release(self, limit=1000):
        """Release pending points whose time has come, batch by batch."""
        done, remaining = self._release_due(limit)
        self.env["ir.cron"]._commit_progress(done, remaining=remaining)

    @api.model
    def _release_due(self, limit):
        """Release one batch; return how many are done and how many are left."""
        due = [
            ("bucket", "=", PENDING),
            ("remaining", ">", 0),
            ("card_id.points_ledger", "=", True),
            ("available_on", "<=", fields.Datetime.now()),
        ]
        lots = self.search(due, limit=limit, order="available_on, id")
        # cards somebody else is working on are left for the next run
        cards = lots.card_id.try_lock_for_update(allow_referencing=True)
        free = lots.filtered(lambda lot: lot.card_id in cards)
        free._release()
        return len(free), self.search_count(due) if free else 0

    def _release(self):
        """Make these pending lots available, or note their later date."""
        now = fields.Datetime.now()
        dates = self._release_dates()
        later = {lot.id: date for lot, date in dates.items() if date > now}
        self._maintain("available_on", later)
        due = self.filtered(lambda lot: lot.id not in later)
        books = due.card_id._points_open_books()
        for lot in due:
            book = books[lot.card_id]
            mine = next((open_ for open_ in book.lots if open_.key == lot.id), None)
            if mine:
                book.release(mine, key=f"release:{lot.id}", **mine.facts)
        self.env["loyalty.card"]._points_close_books(books)

    def _release_dates(self):
        """Return {lot: release date}, asked again: goods may arrive later."""
        lots = self.filtered("sale_line_id")
        asked = lots.sale_line_id._points_available_dates(
            {lot.sale_line_id: lot.earned_at for lot in lots if lot.earned_at}
        )
        return {
            lot: asked.get(lot.sale_line_id) or lot.available_on or lot.create_date
            for lot in self
        }
