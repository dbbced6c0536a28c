"""What members hold, month by month: opening, what came and went, closing."""

from odoo import fields, models
from odoo.tools import SQL

# What each column of the statement adds up; together all kinds but the release, which
# moves points from pending to available and changes nothing of what members hold.
COLUMNS = {
    "earned": ("earn",),
    "given_back": ("give_back",),
    "spent": ("spend",),
    "expired": ("expire",),
    "taken_back": ("clawback",),
    "adjusted": ("adjust", "opening", "transfer", "release"),
}

STATEMENT = """
WITH home (program_id, zone) AS (
    VALUES %(zones)s
), dated AS (
    SELECT program_id, zone, entry.kind, entry.points,
           DATE_TRUNC('month', entry.create_date AT TIME ZONE 'UTC'
               AT TIME ZONE zone)::date AS month
      FROM loyalty_points_entry AS entry JOIN home USING (program_id)
), flow AS (
    SELECT program_id, month, SUM(points) AS moved, %(flows)s
      FROM dated
  GROUP BY program_id, month
), months AS (
    SELECT program_id, GENERATE_SERIES(
               MIN(month), GREATEST(MAX(month),
                   DATE_TRUNC('month', NOW() AT TIME ZONE zone)::date),
               '1 month')::date AS month
      FROM dated
  GROUP BY program_id, zone
), ends AS (
    SELECT program_id, month, COALESCE(flow.moved, 0) AS moved, %(kept)s,
           SUM(COALESCE(flow.moved, 0)) OVER (
               PARTITION BY program_id ORDER BY month) AS held
      FROM months LEFT JOIN flow USING (program_id, month)
)
SELECT ROW_NUMBER() OVER (ORDER BY month, program_id) AS id,
       program_id, program.company_id, program.currency_id, month,
       (held - moved)::bigint AS opening, %(names)s, held::bigint AS closing,
       held * program.points_value AS closing_value
  FROM ends JOIN loyalty_program AS program ON program.id = program_id
"""


class LoyaltyPointsReport(models.Model):
    """Pending and available points of a program at the ends of a month."""

    _name = "loyalty.points.report"
    _inherit = "loyalty.month.report"
    _description = "Points Roll-Forward"
    _auto = False
    _ends = {"opening": "ASC", "closing": "DESC", "closing_value": "DESC"}

    currency_id = fields.Many2one("res.currency", readonly=True)
    opening = fields.Integer(readonly=True)
    earned = fields.Integer(readonly=True)
    given_back = fields.Integer(readonly=True)
    spent = fields.Integer(readonly=True)
    expired = fields.Integer(readonly=True)
    taken_back = fields.Integer(readonly=True)
    adjusted = fields.Integer(
        readonly=True,
        help="By hand, when the ledger was opened, or by merging contacts.",
    )
    closing = fields.Integer(readonly=True)
    closing_value = fields.Monetary(
        string="Liability",
        readonly=True,
        help="What the closing points are worth, at the value of a point today.",
    )

    @property
    def _table_query(self):
        names = {name: SQL.identifier(name) for name in COLUMNS}
        flows = [
            SQL("SUM(points) FILTER (WHERE kind IN %s) AS %s", kinds, names[name])
            for name, kinds in COLUMNS.items()
        ]
        kept = [
            SQL("COALESCE(flow.%s, 0)::bigint AS %s", name, name)
            for name in names.values()
        ]
        return SQL(
            STATEMENT,
            zones=self._zones(),
            flows=SQL(", ").join(flows),
            kept=SQL(", ").join(kept),
            names=SQL(", ").join(names.values()),
        )
