"""Cards become members, entries say what they were given for and what was paid."""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL, split_every

BATCH = 1000  # order lines


def migrate(cr, version):
    """Make memberships for the cards there are; complete the entries."""
    cr.execute(
        """
        UPDATE loyalty_points_entry SET source = CASE
                   WHEN kind IN ('earn', 'release', 'clawback') THEN 'order'
                   WHEN kind = 'opening' THEN 'start'
                   ELSE 'manual' END
         WHERE source IS NULL
           AND kind IN ('earn', 'release', 'clawback', 'opening', 'adjust')
        """
    )
    name_earnings(cr)
    env = api.Environment(cr, SUPERUSER_ID, {})
    groups = env["loyalty.points.entry"]._read_group(
        [("kind", "in", ("earn", "clawback")), ("sale_line_id", "!=", False)],
        ["sale_line_id"],
    )
    for lines in split_every(BATCH, [line.id for (line,) in groups]):
        note_amounts(env["sale.order.line"].browse(lines))
    env["loyalty.membership"]._make_missing()


def name_earnings(cr):
    """Let what was taken back name the latest earning of its line, and its dates.

    An entry that undoes an earlier one names that one already.
    """
    cr.execute(
        """
        UPDATE loyalty_points_entry AS entry
           SET earned_at = earning.earned_at,
               available_on = earning.available_on,
               reverses_id = coalesce(entry.reverses_id, earning.id)
          FROM loyalty_points_entry AS earning
         WHERE entry.kind = 'clawback' AND entry.earned_at IS NULL
           AND earning.id = (
                   SELECT max(id) FROM loyalty_points_entry
                    WHERE sale_line_id = entry.sale_line_id
                      AND kind = 'earn' AND id < entry.id
               )
        """
    )


def note_amounts(lines):
    """Note what the buyers paid for the points of these lines, entry by entry."""
    entries = lines.env["loyalty.points.entry"].search(
        [("kind", "in", ("earn", "clawback")), ("sale_line_id", "in", lines.ids)],
        order="id",
    )
    full, sums, amounts = lines._points_full(), {}, []
    for entry in entries:
        line = entry.sale_line_id
        points, paid = sums.get(line, (0, 0.0))
        points += entry.points - entry.shortfall
        whole = full[line][1] if line in full else 0
        now = line._points_paid(full[line], min(points, whole)) if whole else 0.0
        sums[line] = (points, now)
        amount = entry.currency_id.round(now - paid)
        amounts.append(SQL("(%s, %s)", entry.id, amount))
    lines.env.execute_query(
        SQL(
            """
            UPDATE loyalty_points_entry AS entry SET amount = given.amount
            FROM (VALUES %s) AS given (id, amount)
            WHERE entry.id = given.id RETURNING entry.id
            """,
            SQL(", ").join(amounts),
        )
    )
    entries.invalidate_recordset(["amount"], flush=False)
