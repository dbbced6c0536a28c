"""Pending points become available when their time has come."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..ledger.lots import AVAILABLE, PENDING


class LoyaltyPointsEntry(models.Model):
    _inherit = "loyalty.points.entry"

    @api.model
    def _cron_release(self):
        """Release pending points whose time has come, batch by batch."""
        self._settle(self._due_for_release(), lambda lots: lots._release())

    @api.model
    def _release_due(self, limit):
        """Release what is due on some cards and return how many lots it were."""
        return self._settle_once(
            self._due_for_release(), lambda lots: lots._release(), limit
        )

    @api.model
    def _due_for_release(self):
        """Return the SQL condition of pending lots whose time has come."""
        return SQL(
            "entry.bucket = %s AND entry.available_on <= %s AND entry.program_id IN %s",
            PENDING,
            fields.Datetime.now(),
            tuple(self.env["loyalty.program"]._points_keeping().ids) or (0,),
        )

    def _release(self):
        """Make these pending lots available, or note their later date.

        Their cards are locked.
        """
        now = fields.Datetime.now()
        self.fetch(["sale_line_id", "earned_at", "program_id"])
        dates = self._release_dates()
        later = {lot.id: date for lot, date in dates.items() if date > now}
        self._maintain("available_on", later)
        due = self.filtered(lambda lot: lot.id not in later)
        owing = due._owing()
        owing._release_by_book()
        due -= owing
        due._book_at_once("release", due._days_from_today())

    def _release_dates(self):
        """Return {lot: release date}, asked again: goods may arrive later.

        Only order lines are asked; a line delivered in parts, for each of them.
        """
        dates = {}
        waiting = self.filtered(lambda lot: lot.sale_line_id and lot.earned_at)
        while waiting:
            parts = {lot.sale_line_id: lot for lot in waiting}
            asked = waiting.sale_line_id._points_available_dates(
                {line: lot.earned_at for line, lot in parts.items()}
            )
            dates |= {lot: asked[line] for line, lot in parts.items() if asked[line]}
            waiting -= self.union(*parts.values())
        return dates

    def _days_from_today(self):
        """Return for each lot the last day on which its points may be spent."""
        today = {program: program._points_today() for program in self.program_id}
        known = {}
        for program, earned_at in {(lot.program_id, lot.earned_at) for lot in self}:
            known[program, earned_at] = program._points_expires_on(
                today[program], earned_at
            )
        return [known[lot.program_id, lot.earned_at] for lot in self]

    def _owing(self):
        """Return the lots of cards with a debt, which takes its share first."""
        found = self.env.execute_query(
            SQL(
                """
                SELECT lot.id FROM loyalty_points_entry AS lot
                WHERE lot.id = ANY(%s) AND EXISTS (
                    SELECT FROM loyalty_points_entry AS debt
                    WHERE debt.card_id = lot.card_id
                    AND debt.bucket = %s AND debt.remaining < 0
                )
                """,
                self.ids,
                AVAILABLE,
            )
        )
        owing = {lot_id for (lot_id,) in found}
        return self.filtered(lambda lot: lot.id in owing)

    def _release_by_book(self):
        """Release these lots card by card."""
        books = self.card_id._points_open_books()
        for lot in self:
            open_lots = books[lot.card_id].lots
            mine = next((each for each in open_lots if each.key == lot.id), None)
            if mine:
                key = f"release:{lot.id}"
                books[lot.card_id].release(mine, key=key, **mine.facts)
        self.env["loyalty.card"]._points_close_books(books)
