from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..ledger.lots import PENDING, Entry


class LoyaltyPointsEntry(models.Model):
    _name = "loyalty.points.entry"
    _description = "Points Entry"
    _order = "id desc"
    _rec_name = "description"

    card_id = fields.Many2one(
        "loyalty.card", required=True, readonly=True, ondelete="restrict", index=True
    )
    program_id = fields.Many2one(
        related="card_id.program_id", store=True, index="btree_not_null"
    )
    partner_id = fields.Many2one(
        related="card_id.partner_id",
        string="Member",
        store=True,
        index="btree_not_null",
    )
    company_id = fields.Many2one(
        related="card_id.company_id", store=True, index="btree_not_null"
    )
    kind = fields.Selection(
        [
            ("earn", "Earned"),
            ("release", "Released"),
            ("spend", "Spent"),
            ("expire", "Expired"),
            ("clawback", "Taken back"),
            ("give_back", "Given back"),
            ("adjust", "Adjusted"),
            ("transfer", "Transferred"),
            ("opening", "Opening"),
        ],
        required=True,
        readonly=True,
        help="Taken back entries with positive points undo an earlier one.",
    )
    bucket = fields.Selection(
        [("pending", "Pending"), ("available", "Available")],
        required=True,
        readonly=True,
        help="Pending points count for nothing until they are released.",
    )
    points = fields.Integer(readonly=True)
    remaining = fields.Integer(
        string="Left",
        readonly=True,
        help="What is left of these points; negative: still owed by the member.",
    )
    shortfall = fields.Integer(
        string="Not Taken",
        readonly=True,
        help="Points that should have been taken back, but the balance was empty "
        "and the program stops at zero.",
    )
    order_id = fields.Many2one(
        "sale.order",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    sale_line_id = fields.Many2one(
        "sale.order.line",
        string="Order Line",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    move_id = fields.Many2one(
        "account.move",
        string="Credit Note",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    reverses_id = fields.Many2one(
        "loyalty.points.entry",
        string="Corrects",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The entry which this one takes back, wholly or in part.",
    )
    lot_id = fields.Many2one(
        "loyalty.points.entry",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The earlier entry these points were taken from.",
    )
    earned_at = fields.Datetime(readonly=True)
    available_on = fields.Datetime(
        string="Available From",
        readonly=True,
        help="Pending points are released after this moment.",
    )
    expires_on = fields.Date(readonly=True)
    description = fields.Char(required=True, readonly=True)
    key = fields.Char(
        required=True,
        readonly=True,
        help="Names the event; the same event cannot be booked twice.",
    )

    _key_uniq = models.UniqueIndex("(key)", "These points have been booked already.")
    _open_lots = models.Index("(card_id, bucket, id) WHERE remaining <> 0")
    _to_release = models.Index(
        "(available_on) WHERE bucket = 'pending' AND remaining > 0"
    )
    _says_something = models.Constraint(
        "CHECK (points <> 0 OR shortfall <> 0)", "An entry needs points."
    )

    # pylint: disable=method-required-super,super-method-mismatch
    # refusing is the point of these three; _append is the one way in

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse: entries come into being with the balance they explain."""
        raise UserError(
            self.env._("Points are booked by orders, credit notes and adjustments.")
        )

    def write(self, vals):
        """Refuse, for everybody: a correction is a new entry."""
        raise UserError(
            self.env._("A points entry cannot be changed. Adjust the card instead.")
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("A points entry cannot be deleted. Adjust the card instead.")
        )

    def _append(self, vals_list):
        return super().create(vals_list)

    def _maintain(self, column, values):
        """Set what follows from later entries: what is left of a lot, its date.

        :param column: ``remaining`` or ``available_on``
        :param values: {entry id: value}
        """
        if not values:
            return
        self.flush_model([column])
        field_type = SQL("int" if column == "remaining" else "timestamp")
        rows = SQL(", ").join(
            SQL("(%s, %s::%s)", entry_id, value, field_type)
            for entry_id, value in values.items()
        )
        self.env.execute_query(
            SQL(
                """
                UPDATE loyalty_points_entry AS entry SET %(column)s = given.value
                FROM (VALUES %(rows)s) AS given (id, value)
                WHERE entry.id = given.id
                RETURNING entry.id
                """,
                column=SQL.identifier(column),
                rows=rows,
            )
        )
        self.browse(values).invalidate_recordset([column], flush=False)

    # -- lots ---------------------------------------------------------------

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
            "description": self.description,
        }

    @api.model
    def _store(self, books):
        """Store what was added to the books of cards, each in its order."""
        waiting = [(card, entry) for card, book in books for entry in book.added]
        used, stored = {}, self.browse()
        while waiting:
            # an entry may name one of the same book: that one goes first
            ready = [item for item in waiting if self._is_named(item[1])]
            waiting = [item for item in waiting if item not in ready]
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

    # -- release ------------------------------------------------------------

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
