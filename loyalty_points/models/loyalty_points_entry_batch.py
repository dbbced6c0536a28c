"""What the daily jobs book: many lots of many cards in one statement.

The book of each card, opened one by one, would come to the same entries.
"""

from odoo import api, models
from odoo.tools import SQL, split_every

from ..ledger.lots import AVAILABLE, PENDING
from .collisions import COLLISIONS

# What a job adds for each lot: bucket, sign of the points, number within the event.
SIDES = {
    "release": [(PENDING, -1, 0), (AVAILABLE, 1, 1)],
    "expire": [(AVAILABLE, -1, 0)],
}
BOOK = """
WITH lot AS (
    SELECT entry.*, given.day, given.place
    FROM unnest(%(lots)s, %(days)s::date[]) WITH ORDINALITY AS given (id, day, place)
    JOIN loyalty_points_entry AS entry USING (id)
    WHERE entry.remaining > 0
), closed AS (
    UPDATE loyalty_points_entry AS entry SET remaining = 0
    FROM lot WHERE entry.id = lot.id
), side (bucket, sign, number) AS (
    VALUES %(sides)s
), added AS (
    INSERT INTO loyalty_points_entry (
        %(copied)s, kind, bucket, points, remaining, shortfall, expires_on,
        lot_id, key, create_uid, create_date, write_uid, write_date
    )
    SELECT
        %(from_lot)s, %(kind)s, side.bucket, side.sign * lot.remaining,
        greatest(side.sign, 0) * lot.remaining, 0,
        CASE WHEN side.sign > 0 THEN lot.day ELSE lot.expires_on END,
        lot.id, concat_ws(':', %(kind)s, lot.id, lot.card_id, side.number),
        %(uid)s, %(now)s, %(uid)s, %(now)s
    FROM lot CROSS JOIN side ORDER BY lot.place, side.number
), told AS (
    INSERT INTO loyalty_history (
        card_id, description, issued, used,
        create_uid, create_date, write_uid, write_date
    )
    SELECT
        lot.card_id,
        replace(coalesce(mine.sentence, %(sentence)s), %(mark)s, lot.description),
        greatest(sum(side.sign * lot.remaining), 0),
        greatest(-sum(side.sign * lot.remaining), 0),
        %(uid)s, %(now)s, %(uid)s, %(now)s
    FROM lot JOIN side ON side.bucket = %(available)s
    LEFT JOIN res_partner AS partner ON partner.id = lot.partner_id
    LEFT JOIN (VALUES %(sentences)s) AS mine (lang, sentence)
        ON mine.lang = partner.lang
    GROUP BY 1, 2 ORDER BY min(lot.place)
), total AS (
    SELECT
        lot.card_id, count(*) AS number,
        sum(side.sign * lot.remaining)
            FILTER (WHERE side.bucket = %(available)s) AS available,
        sum(side.sign * lot.remaining)
            FILTER (WHERE side.bucket = %(pending)s) AS pending
    FROM lot CROSS JOIN side GROUP BY lot.card_id
)
UPDATE loyalty_card AS card SET
    points = card.points + total.available,
    points_pending = card.points_pending + coalesce(total.pending, 0),
    points_entry_count = card.points_entry_count + total.number,
    write_uid = %(uid)s, write_date = %(now)s
FROM total WHERE card.id = total.card_id
RETURNING card.id, card.points - total.available, card.points
"""
MARK = "\N{REPLACEMENT CHARACTER}"
BATCH = 5_000  # cards, locked for about a second


class LoyaltyPointsEntry(models.Model):
    _inherit = "loyalty.points.entry"

    # -- which lots ---------------------------------------------------------------

    @api.model
    def _settle(self, due, settle, size=BATCH):
        """Settle all lots that are due, some cards at a time, each batch committed.

        Cards somebody else is working on are left for the next run, as is what is
        not done when the time of the job is over.

        :param due: SQL condition on ``entry``
        :param settle: what to do with the lots of one batch
        """
        cards = self._cards_due(due)
        left = len(cards)
        for chunk in split_every(size, cards):
            left -= len(chunk)
            try:
                lots = self._claim(chunk, due)
                settle(lots)
            except COLLISIONS:
                self.env.cr.rollback()
                continue
            if not self.env["ir.cron"]._commit_progress(len(lots), remaining=left):
                break

    @api.model
    def _settle_once(self, due, settle, limit):
        """Settle the lots of some cards and return how many it were."""
        lots = self._claim(self._cards_due(due, limit), due)
        settle(lots)
        return len(lots)

    @api.model
    def _cards_due(self, due, limit=None):
        """Return the ids of cards with lots that are due."""
        self.flush_model()
        found = self.env.execute_query(
            SQL(
                """
                SELECT entry.card_id FROM loyalty_points_entry AS entry
                WHERE entry.remaining > 0 AND %s
                GROUP BY entry.card_id ORDER BY entry.card_id LIMIT %s
                """,
                due,
                limit,
            )
        )
        return [card_id for (card_id,) in found]

    @api.model
    def _claim(self, card_ids, due):
        """Lock those of the cards that nobody works on; return their due lots."""
        if not card_ids:
            return self.browse()
        locked = self.env.execute_query(
            SQL(
                "SELECT id FROM loyalty_card WHERE id IN %s "
                "ORDER BY id FOR NO KEY UPDATE SKIP LOCKED",
                tuple(card_ids),
            )
        )
        found = self.env.execute_query(
            SQL(
                """
                SELECT entry.id FROM loyalty_points_entry AS entry
                WHERE entry.card_id = ANY(%s) AND entry.remaining > 0 AND %s
                ORDER BY entry.card_id, entry.id
                """,
                [card_id for (card_id,) in locked],
                due,
            )
        )
        return self.browse(lot_id for (lot_id,) in found)

    # -- what is booked -----------------------------------------------------------

    def _book_at_once(self, kind, days=None):
        """Book the end of these lots; their cards are locked, and none has a debt.

        :param kind: one of ``SIDES``
        :param days: for each lot the date of what becomes available
        """
        if not self:
            return
        self.env.flush_all()
        columns = [SQL.identifier(name) for name in self._columns_kept()]
        mine = self._sentences(kind)
        cards = self.env.execute_query(
            SQL(
                BOOK,
                lots=self.ids,
                days=days or [None] * len(self),
                kind=kind,
                sides=rows(SIDES[kind]),
                copied=SQL(", ").join(columns),
                from_lot=SQL(", ").join(SQL("lot.%s", name) for name in columns),
                sentence=mine[None],
                sentences=rows(mine.items()),
                mark=MARK,
                available=AVAILABLE,
                pending=PENDING,
                uid=self.env.uid,
                now=self.env.cr.now(),
            )
        )
        self.env.invalidate_all(flush=False)
        self._tell_reached(cards)

    @api.model
    def _columns_kept(self):
        """Return the columns which an entry takes over from its lot."""
        of_card = [
            name
            for name, field in self._fields.items()
            if field.store and (field.related or "").startswith("card_id.")
        ]
        facts = self.browse()._lot_facts().keys() - {"expires_on"}
        return sorted({"card_id", "sale_line_id", *of_card, *facts})

    @api.model
    def _sentences(self, kind):
        """Return {language: sentence for the member} with a mark for the document.

        It is under None for members without a language.
        """
        tell = self.env["loyalty.card"]._points_tell
        known = {code: code for code, _name in self.env["res.lang"].get_installed()}
        return {
            lang: tell(kind, MARK, own)
            for lang, own in {None: self.env.lang, **known}.items()
        }

    def _tell_reached(self, cards):
        """Let core write to members who reached so many points, where it is set up."""
        plans = self.env["loyalty.mail"].search([("trigger", "=", "points_reach")])
        if plans:
            changes = {
                card: {"old": old, "new": new}
                for card_id, old, new in cards
                if (card := self.env["loyalty.card"].browse(card_id)).program_id
                in plans.program_id
            }
            cards = self.env["loyalty.card"].union(*changes)
            cards._send_points_reach_communication(changes)


def rows(values):
    """Return the rows of a VALUES list."""
    return SQL(", ").join(SQL("%s", tuple(row)) for row in values)
