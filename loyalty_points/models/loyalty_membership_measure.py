"""What counts for the tiers of members, by one statement for all of them.

Entries count which say what was earned or taken back, once they may be spent; a
refund counts on the day of the earning it takes back.
"""

from odoo import fields, models
from odoo.tools import SQL

HIGHEST = 2**31 - 1
COUNT = """
UPDATE loyalty_membership AS stored
SET tier_measure = counted.measure, keep_measure = counted.kept
FROM (
    SELECT member.id,
           %(measure)s AS measure,
           %(kept)s AS kept
    FROM (
        SELECT id, partner_id, %(keep_start)s AS keep_start
        FROM loyalty_membership WHERE id = ANY(%(ids)s)
    ) AS member
    LEFT JOIN loyalty_points_entry AS entry
      ON entry.partner_id = member.partner_id
     AND entry.program_id = %(program)s
     AND %(counts)s
     AND (entry.available_on IS NULL OR entry.available_on <= %(now)s)
    GROUP BY member.id
) AS counted
WHERE stored.id = counted.id
  AND (stored.tier_measure, stored.keep_measure)
      IS DISTINCT FROM (counted.measure, counted.kept)
RETURNING stored.id
"""
LEFT = """
SELECT step.id, %(left)s
FROM (VALUES %(windows)s) AS counted (id, start)
JOIN loyalty_tier_change AS step ON step.id = counted.id
LEFT JOIN loyalty_points_entry AS entry
  ON entry.partner_id = step.partner_id
 AND entry.program_id = step.program_id
 AND %(counts)s
GROUP BY step.id
"""


class LoyaltyMembership(models.Model):
    _inherit = "loyalty.membership"

    tier_measure = fields.Integer(
        string="Counted",
        readonly=True,
        default=0,
        help="What counts for entering a tier today: points, or whole units of the "
        "program's currency. Pending points do not count yet.",
    )
    keep_measure = fields.Integer(
        string="Counted for Keeping",
        readonly=True,
        default=0,
        help="What counts so far for keeping the tier at the end of its term.",
    )

    def _measure(self):
        """Store what counts today; return the members for whom it is another number."""
        self.flush_model()
        self.env["loyalty.points.entry"].flush_model()
        changed = self.browse()
        for program, members in self.grouped("program_id").items():
            rows = self.env.execute_query(members._measure_query(program))
            changed |= self.browse([member_id for (member_id,) in rows])
        changed.invalidate_recordset(["tier_measure", "keep_measure"], flush=False)
        return changed

    def _measure_query(self, program):
        rules, now = program._points_tier_rules(), fields.Datetime.now()
        start = rules.counts_from(program._points_today())
        return SQL(
            COUNT,
            measure=self._measure_sum(
                program,
                SQL(
                    "%s >= %s",
                    self._measure_day(),
                    program._points_midnight(start) if start else "-infinity",
                ),
            ),
            kept=self._measure_sum(
                program,
                SQL(
                    "%s >= COALESCE(member.keep_start, %s)",
                    self._measure_day(),
                    program._points_midnight(start) if start else "-infinity",
                ),
            ),
            keep_start=self._measure_keep_start(program),
            counts=self._measure_counts(program),
            ids=list(self.ids),
            program=program.id,
            now=now,
        )

    def _measure_keep_start(self, program):
        """Return when the period starts with which the term of a member ends."""
        start = {
            "rolling": SQL(
                "tier_until - make_interval(months => %s) + interval '1 day'",
                program.points_tier_months,
            ),
            "calendar": SQL("date_trunc('year', tier_until::timestamp)"),
            "lifetime": SQL("NULL::timestamp"),
        }[program.points_tier_period]
        zone = program._points_zone()
        return SQL("((%s) AT TIME ZONE %s) AT TIME ZONE 'UTC'", start, zone)

    @staticmethod
    def _measure_counts(program):
        """Return which entries count; corrections by hand and tier gifts do not."""
        sources = SQL("entry.source IS DISTINCT FROM 'tier'")
        if program.points_tier_basis == "spend":
            sources = SQL("entry.amount <> 0")
        return SQL("entry.kind IN ('earn', 'clawback') AND %s", sources)

    @staticmethod
    def _measure_day():
        return SQL("date_trunc('second', COALESCE(entry.earned_at, entry.create_date))")

    @staticmethod
    def _measure_sum(program, when):
        """Return the sum of what counts, as a whole number that fits its column.

        What was never given, because of a cap, and what could not be taken back are
        shortfalls: with them the entries of a refunded line add up to nothing.
        """
        value = SQL("entry.points - entry.shortfall")
        if program.points_tier_basis == "spend":
            value = SQL("entry.amount")
        return SQL(
            "LEAST(COALESCE(FLOOR(SUM(%s) FILTER (WHERE %s)), 0), %s)::int",
            value,
            when,
            HIGHEST,
        )

    def _measure_changes(self, changes):
        """Return {tier change: what is left of what counted when it happened}."""
        left = {}
        for program, steps in changes.grouped("program_id").items():
            left |= self._measure_steps(program, steps)
        return left

    def _measure_steps(self, program, steps):
        rules = program._points_tier_rules()
        starts = {
            step: rules.counts_from(program._points_day(step.changed_at))
            for step in steps
        }
        windows = SQL(", ").join(
            SQL(
                "(%s, %s::timestamp)",
                step.id,
                program._points_midnight(start) if start else "-infinity",
            )
            for step, start in starts.items()
        )
        rows = self.env.execute_query(
            SQL(
                LEFT,
                windows=windows,
                counts=self._measure_counts(program),
                left=self._measure_sum(
                    program,
                    SQL(
                        "%s BETWEEN counted.start AND step.changed_at "
                        "AND date_trunc('second', "
                        "COALESCE(entry.available_on, entry.create_date)) "
                        "<= step.changed_at",
                        self._measure_day(),
                    ),
                ),
            )
        )
        return {steps.browse(step_id): left for step_id, left in rows}
