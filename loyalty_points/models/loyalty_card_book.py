"""The book of a card: locked, opened, changed, closed again."""

from math import ceil

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..ledger.lots import AVAILABLE, Book


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    def _points_lock(self):
        """Lock the card rows, in id order, waiting for whoever holds them.

        Waiting rather than failing: the row was changed meanwhile then, the
        database says so, and the request is run again as a whole.
        """
        if self:
            self.env.execute_query(
                SQL(
                    "SELECT id FROM loyalty_card WHERE id IN %s "
                    "ORDER BY id FOR NO KEY UPDATE",
                    tuple(self.ids),
                )
            )

    def _points_open_books(self):
        """Lock these cards and return {card: Book} with their open lots.

        :raises UserError: where the ledger was switched off: points are core's then
        """
        cards = self.sudo()  # sudo: loyalty.card - every caller checked its own right
        if closed := cards.filtered(lambda card: not card.points_ledger):
            raise UserError(
                self.env._("Card %(card)s keeps no points ledger.", card=closed[0].code)
            )
        cards._points_lock()
        lots = cards.env["loyalty.points.entry"].search(
            [("card_id", "in", cards.ids), ("remaining", "!=", 0)], order="id"
        )
        by_card = lots.grouped("card_id")
        return {
            card: Book([lot._to_lot() for lot in by_card.get(card, lots.browse())])
            for card in cards
        }

    def _points_book_difference(self, kind):
        """Book what lies between the ledger and the points on the card."""
        known = {card: ceil(card.points) for card in self}  # in the member's favour
        books = self._points_open_books()
        if kind == "adjust":
            self._points_book_cancelled(books)
        for card, book in books.items():
            if difference := known[card] - book.balance():
                book.change(
                    kind,
                    difference,
                    key=f"{kind}:{card.points_entry_count}",
                    source="start",
                    description=self.env._("Balance before the ledger"),
                )
        self._points_close_books(books, history=False)

    def _points_book_cancelled(self, books):
        """Give back what orders had spent that were cancelled without the ledger."""
        spends = self.env["loyalty.points.entry"].search(
            [
                ("card_id", "in", self.ids),
                ("kind", "=", "spend"),
                ("order_id.state", "!=", "sale"),
            ]
        )
        spent = spends.order_id._points_spent()
        mine = {key: entries for key, entries in spent.items() if key[1] in books}
        spends.order_id._points_book_returned(books, mine)

    @api.model
    def _points_grant(self, grants):
        """Book points which no order earned: a birthday, a referral, a gift.

        Each event is booked once, however often it is told.

        :param grants: [(card, whole points above zero, facts)]; the facts name the
            ``key`` of the event, its ``source`` and a ``description``
        :return: the new entries
        """
        # sudo: loyalty.points.entry - every caller checked its own right
        known = self.env["loyalty.points.entry"].sudo()
        known = known.search(
            [
                (
                    "key",
                    "in",
                    [f"{facts['key']}:{card.id}:0" for card, _p, facts in grants],
                )
            ]
        )
        told = set(known.mapped("key"))
        cards = self.union(*(card for card, _points, _facts in grants))
        books = cards._points_open_books()
        for card, points, facts in grants:
            event = f"{facts['key']}:{card.id}:0"
            if event not in told:
                told.add(event)
                books[card].grant(points, **facts)
        return self._points_close_books(books)

    def _points_living(self):
        """Return {card: card}, for a merged card the one that took it over.

        An archived card that still holds points or owes some stays by itself.
        """
        gone = self.filtered(
            lambda card: (
                not (card.active or card.points or card.points_pending)
                and card.partner_id
            )
        )
        cards = gone and self.search(
            [
                ("program_id", "in", gone.program_id.ids),
                ("partner_id", "in", gone.partner_id.ids),
            ]
        )
        heirs = {(card.program_id, card.partner_id): card for card in cards}
        return {
            card: heirs.get((card.program_id, card.partner_id), card)
            if card in gone
            else card
            for card in self
        }

    def _points_write_history(self, entries):
        """Tell available points in core's history, which the portal shows."""
        told = {}
        for entry in entries.filtered(lambda entry: entry.bucket == AVAILABLE):
            key = (entry.card_id, entry.kind, entry.description)
            told[key] = told.get(key, 0) + entry.points
        entries.env["loyalty.history"].create(
            [
                {
                    "card_id": card.id,
                    "description": card._points_tell(
                        kind, description, card.partner_id.lang or card.env.lang
                    ),
                    "issued": max(points, 0),
                    "used": max(-points, 0),
                }
                for (card, kind, description), points in told.items()
                if points
            ]
        )

    @api.model
    def _points_tell(self, kind, description, lang):
        """Return the sentence for a member who reads this language."""
        entry = self.env["loyalty.points.entry"].with_context(lang=lang)
        kinds = dict(entry._fields["kind"]._description_selection(entry.env))
        return entry.env._(
            "%(kind)s: %(document)s", kind=kinds[kind], document=description
        )
