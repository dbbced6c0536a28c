"""Lots get the last day on which they may be spent."""

from odoo import api, models

from ..ledger.lots import AVAILABLE, Entry

# What the shop gives on its own is no activity of the member.
GIFTS = {"birthday", "tier", "manual", "start"}


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    def _points_expire_due(self):
        """Take what has expired on these cards and the job has not yet seen."""
        if not self:
            return
        # sudo: loyalty.points.entry - nobody may write entries but these methods
        entries = self.env["loyalty.points.entry"].sudo()
        entries.flush_model()
        entries._claim(self.ids, entries._due_for_expiry())._expire()

    @api.model
    def _points_set_dates(self, books):
        """Date the new lots of these books; restart terms where the member acted.

        :param books: [(card, book)] whose new entries are not stored yet
        """
        kept, restarted = self._points_kept_dates(books), {}
        programs = self.union(*(card for card, _book in books)).program_id
        days = {program: program._points_today() for program in programs}
        for card, book in books:
            program, today = card.program_id, days[card.program_id]
            restarted |= self._points_restarted(book, program._points_term(), today)
            for entry in book.added:
                if entry.bucket == AVAILABLE and entry.left > 0:
                    day = self._points_date_of(entry, program, today, kept)
                    entry.facts = {**entry.facts, "expires_on": day}
        # sudo: loyalty.points.entry - nobody may write entries but these methods
        self.env["loyalty.points.entry"].sudo()._maintain("expires_on", restarted)

    @classmethod
    def _points_restarted(cls, book, term, today):
        """Return {lot id: date} for the open lots whose term the member restarts."""
        if not any(cls._points_is_activity(entry) for entry in book.added):
            return {}
        open_lots = {
            lot.key: lot.facts["expires_on"]
            for lot in book.lots
            if lot.key is not None and lot.bucket == AVAILABLE
        }
        return {
            key: day
            for key, before in open_lots.items()
            if (day := term.after_activity(today, before)) != before
        }

    @staticmethod
    def _points_is_activity(entry):
        return entry.kind in ("earn", "spend") and (
            entry.facts.get("source") not in GIFTS
        )

    @staticmethod
    def _points_date_of(entry, program, today, kept):
        """Return the date of a new lot; what comes back to a lot keeps its date."""
        if entry.kind == "transfer":
            return entry.facts.get("expires_on")
        if entry.kind in ("give_back", "clawback") and entry.lot:
            return program._points_term().of_returned(today, kept(entry.lot))
        return program._points_expires_on(today, entry.facts.get("earned_at"))

    @api.model
    def _points_kept_dates(self, books):
        """Return a function that tells the date of a lot to which points come back."""
        # sudo: loyalty.points.entry - the date of a lot alone
        lots = (
            self.env["loyalty.points.entry"]
            .sudo()
            .browse(
                entry.lot
                for _card, book in books
                for entry in book.added
                if entry.lot and not isinstance(entry.lot, Entry)
            )
        )
        by_id = {lot.id: lot for lot in lots}

        def kept(lot):
            if isinstance(lot, Entry):
                return lot.facts.get("expires_on")
            return by_id[lot].expires_on

        return kept
