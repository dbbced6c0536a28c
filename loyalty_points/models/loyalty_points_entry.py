from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# What may change of an entry, and its type in the database.
FOLLOWING = {"remaining": "int", "available_on": "timestamp", "expires_on": "date"}


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
    source = fields.Selection(
        [
            ("order", "Order"),
            ("referral", "Referral"),
            ("birthday", "Birthday"),
            ("tier", "Tier gift"),
            ("rating", "Rating"),
            ("survey", "Survey"),
            ("manual", "By hand"),
            ("start", "Before the ledger"),
        ],
        readonly=True,
        help="What these points were given for; corrections name the source of what "
        "they correct.",
    )
    amount = fields.Monetary(
        readonly=True,
        help="What the buyer paid for these points, taxes included, in the currency "
        "of the program; negative when it was paid back. Tiers by spend count it.",
    )
    currency_id = fields.Many2one(related="program_id.currency_id")
    bucket = fields.Selection(
        [("pending", "Pending"), ("available", "Available")],
        string="Status",
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
        help="Points that should have been taken back and were not: they had expired, "
        "the balance was empty and the program stops at zero, or their value was "
        "deducted from the refund. Negative: earned, but kept back by a cap.",
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
        help="The line by which these points were earned.",
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
    expires_on = fields.Date(
        readonly=True,
        help="The last day on which these points may be spent; none: they stay.",
    )
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
    _to_expire = models.Index(
        "(program_id, expires_on) WHERE bucket = 'available' AND remaining > 0"
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
        """Set what follows from later entries: what is left of a lot, its dates.

        :param column: one of those in ``FOLLOWING``
        :param values: {entry id: value}
        """
        if not values:
            return
        self.flush_model([column])
        field_type = SQL(FOLLOWING[column])
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
