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
WITH dated AS (
    SELECT entry.program_id, entry.company_id, entry.kind, entry.points,
           DATE_TRUNC('month', entry.create_date AT TIME ZONE 'UTC'
               AT TIME ZONE COALESCE(place.tz, 'UTC'))::date AS month
      FROM loyalty_points_entry entry
 LEFT JOIN res_company company ON company.id = entry.company_id
 LEFT JOIN res_partner place ON place.id = company.partner_id
), flow AS (
    SELECT program_id, company_id, month, SUM(points) AS moved, %(flows)s
      FROM dated
  GROUP BY program_id, company_id, month
), months AS (
    SELECT program_id, company_id, GENERATE_SERIES(
               MIN(month), GREATEST(MAX(month),
                   DATE_TRUNC('month', NOW() AT TIME ZONE 'UTC')::date),
               '1 month')::date AS month
      FROM flow
  GROUP BY program_id, company_id
), ends AS (
    SELECT months.*, COALESCE(flow.moved, 0) AS moved, %(kept)s,
           SUM(COALESCE(flow.moved, 0)) OVER (
               PARTITION BY months.program_id, months.company_id
               ORDER BY months.month) AS held
      FROM months
 LEFT JOIN flow ON flow.program_id = months.program_id
               AND flow.company_id IS NOT DISTINCT FROM months.company_id
               AND flow.month = months.month
)
SELECT ROW_NUMBER() OVER (ORDER BY month, program_id, company_id) AS id,
       program_id, company_id, month, (held - moved)::bigint AS opening,
       %(names)s, held::bigint AS closing
  FROM ends
"""


class LoyaltyPointsReport(models.Model):
    """Pending and available points of a program at the ends of a month.

    Every month since a program's first entry has a row, also without entries. Months
    begin at midnight in the time zone of the company's address, else in UTC.
    """

    _name = "loyalty.points.report"
    _description = "Points Roll-Forward"
    _auto = False
    _order = "month desc, program_id"
    _rec_name = "month"

    program_id = fields.Many2one("loyalty.program", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="program_id.currency_id")
    month = fields.Date(readonly=True)
    # the ends of several months cannot be added up
    opening = fields.Integer(readonly=True, aggregator=None)
    earned = fields.Integer(readonly=True)
    given_back = fields.Integer(readonly=True)
    spent = fields.Integer(readonly=True)
    expired = fields.Integer(readonly=True)
    taken_back = fields.Integer(readonly=True)
    adjusted = fields.Integer(
        readonly=True,
        help="By hand, when the ledger was opened, or by merging contacts.",
    )
    closing = fields.Integer(readonly=True, aggregator=None)
    closing_value = fields.Monetary(
        string="Liability",
        compute="_compute_closing_value",
        help="What the closing points are worth, at the value of a point today.",
    )

    def _compute_closing_value(self):
        for row in self:
            row.closing_value = row.closing * row.program_id.points_value

    @property
    def _table_query(self):
        flows = SQL(", ").join(
            SQL(
                "COALESCE(SUM(points) FILTER (WHERE kind IN %s), 0) AS %s",
                kinds,
                SQL.identifier(name),
            )
            for name, kinds in COLUMNS.items()
        )
        kept = SQL(", ").join(
            SQL(
                "COALESCE(flow.%s, 0)::bigint AS %s",
                SQL.identifier(n),
                SQL.identifier(n),
            )
            for n in COLUMNS
        )
        return SQL(
            STATEMENT,
            flows=flows,
            kept=kept,
            names=SQL(", ").join(SQL.identifier(name) for name in COLUMNS),
        )
