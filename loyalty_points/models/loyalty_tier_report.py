"""How many members each tier has, month by month."""

from odoo import fields, models
from odoo.tools import SQL

STATEMENT = """
WITH home (program_id, zone) AS (
    VALUES %(zones)s
), step AS (
    SELECT change.program_id, side.tier_id, side.number, zone,
           DATE_TRUNC('month', change.changed_at AT TIME ZONE 'UTC'
               AT TIME ZONE zone)::date AS month
      FROM loyalty_tier_change AS change
      JOIN home USING (program_id)
      JOIN loyalty_membership AS member ON member.id = change.membership_id
      JOIN LATERAL (
               VALUES (change.tier_id, 1), (change.from_tier_id, -1)
           ) AS side (tier_id, number) ON side.tier_id IS NOT NULL
     WHERE member.active AND change.tier_id IS DISTINCT FROM change.from_tier_id
), flow AS (
    SELECT tier_id, month, SUM(number) FILTER (WHERE number > 0) AS entered,
           SUM(number) FILTER (WHERE number < 0) AS departed
      FROM step
  GROUP BY tier_id, month
), months AS (
    SELECT program_id, tier_id, GENERATE_SERIES(
               MIN(month), GREATEST(MAX(month),
                   DATE_TRUNC('month', NOW() AT TIME ZONE zone)::date),
               '1 month')::date AS month
      FROM step
  GROUP BY program_id, tier_id, zone
), ends AS (
    SELECT program_id, tier_id, month, COALESCE(entered, 0)::int AS entered,
           COALESCE(departed, 0)::int AS departed
      FROM months LEFT JOIN flow USING (tier_id, month)
)
SELECT ROW_NUMBER() OVER (ORDER BY month, tier_id) AS id,
       program_id, program.company_id, tier_id, month, entered, departed,
       (SUM(entered + departed) OVER (
           PARTITION BY tier_id ORDER BY month))::int AS members
  FROM ends JOIN loyalty_program AS program ON program.id = program_id
"""


class LoyaltyTierReport(models.Model):
    """Members of a tier at the end of a month; archived cards are left out."""

    _name = "loyalty.tier.report"
    _inherit = "loyalty.month.report"
    _description = "Tiers over Time"
    _auto = False
    _order = "month desc, program_id, tier_id"
    _ends = {"members": "DESC"}
    _ends_of = "tier_id"

    tier_id = fields.Many2one("loyalty.tier", readonly=True)
    entered = fields.Integer(
        readonly=True, help="Members who came into this tier, from below or above."
    )
    departed = fields.Integer(
        readonly=True,
        help="Members who went from this tier, up or down; a negative number.",
    )
    members = fields.Integer(
        readonly=True, help="Members of this tier at the end of the month."
    )

    @property
    def _table_query(self):
        return SQL(STATEMENT, zones=self._zones())
