"""The proof that card, entries and lots of each member tell the same."""

import logging

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

ACTIVITY = "loyalty_points.mail_activity_type_fault"
# A lot holds at most what came in less what was taken from it: the rest repaid
# debts at once. A debt is read the same way, with the signs turned.
FAULTS = """
WITH taken AS (
    SELECT lot.id, sum(taker.points) AS points
    FROM loyalty_points_entry AS taker
    JOIN loyalty_points_entry AS lot ON lot.id = taker.lot_id
    WHERE taker.card_id = lot.card_id AND taker.bucket = lot.bucket
    AND sign(taker.points) = -sign(lot.points) AND %(entries)s
    GROUP BY lot.id
), told AS (
    SELECT
        lot.card_id, count(*) AS number,
        sum(lot.points) FILTER (WHERE lot.bucket = 'available') AS available,
        sum(lot.remaining) FILTER (WHERE lot.bucket = 'available') AS available_left,
        sum(lot.points) FILTER (WHERE lot.bucket = 'pending') AS pending,
        sum(lot.remaining) FILTER (WHERE lot.bucket = 'pending') AS pending_left,
        count(*) FILTER (WHERE NOT lot.remaining BETWEEN
            least(lot.points + coalesce(taken.points, 0), 0)
            AND greatest(lot.points + coalesce(taken.points, 0), 0)) AS torn
    FROM loyalty_points_entry AS lot LEFT JOIN taken USING (id)
    WHERE %(entries)s
    GROUP BY lot.card_id
)
SELECT
    card.id, card.points, told.available, told.available_left,
    card.points_pending, told.pending, told.pending_left,
    card.points_entry_count, told.number, told.torn
FROM loyalty_card AS card LEFT JOIN told ON told.card_id = card.id
WHERE card.program_id IN %(programs)s AND (
    coalesce(card.points, 0) <> coalesce(told.available, 0)
    OR coalesce(card.points, 0) <> coalesce(told.available_left, 0)
    OR coalesce(card.points_pending, 0) <> coalesce(told.pending, 0)
    OR coalesce(card.points_pending, 0) <> coalesce(told.pending_left, 0)
    OR coalesce(card.points_entry_count, 0) <> coalesce(told.number, 0)
    OR told.torn > 0
)
ORDER BY card.id
"""


class LoyaltyCard(models.Model):
    _name = "loyalty.card"
    _inherit = ["loyalty.card", "mail.activity.mixin"]

    points_fault = fields.Char(
        string="Does Not Add Up",
        readonly=True,
        copy=False,
        help="What the daily proof found wrong: the balance is not the sum of the "
        "entries, or of what is left of them. Empty again once it is mended.",
    )

    @api.model
    def _cron_prove(self):
        """Prove every card of every ledger; tell of those that do not add up."""
        programs = self.env["loyalty.program"]._points_keeping()
        self._points_prove(programs)
        self.env["ir.cron"]._commit_progress(len(programs), remaining=0)

    @api.model
    def _points_prove(self, programs):
        """Return the cards of these programs that do not add up, after telling.

        Each is told once, until it is mended.
        """
        faults = self._points_faults(programs)
        known = self.with_context(active_test=False).search(
            [("program_id", "in", programs.ids), ("points_fault", "!=", False)]
        )
        found = self.browse(faults)
        self._points_note_faults(
            {card.id: faults.get(card.id) for card in found | known}
        )
        (found - known)._points_raise_alarm()
        (known - found).activity_feedback(
            [ACTIVITY], feedback=self.env._("Everything adds up again.")
        )
        return found

    @api.model
    def _points_faults(self, programs):
        """Return {card id: what does not add up} in one look at all entries."""
        if not programs:
            return {}
        self.env.flush_all()
        found = self.env.execute_query(
            SQL(
                FAULTS,
                programs=tuple(programs.ids),
                entries=SQL("lot.program_id IN %s", tuple(programs.ids)),
            )
        )
        return {row[0]: self._points_describe_fault(*row[1:]) for row in found}

    def _points_describe_fault(self, *numbers):
        names = ("points", "sum", "left", "waiting", "pending", "pending_left")
        names += ("count", "number", "torn")
        values = {name: int(n or 0) for name, n in zip(names, numbers, strict=True)}
        return self.env._(
            "Available: card %(points)s, entries %(sum)s, lots %(left)s. "
            "Pending: card %(waiting)s, entries %(pending)s, lots %(pending_left)s. "
            "Entries: card %(count)s, ledger %(number)s. "
            "Lots that hold more than they may: %(torn)s.",
            **values,
        )

    @api.model
    def _points_note_faults(self, faults):
        """Write down what is wrong with cards, past our own write."""
        if not faults:
            return
        values = SQL(", ").join(SQL("(%s, %s)", *item) for item in faults.items())
        self.env.execute_query(
            SQL(
                """
                UPDATE loyalty_card AS card SET points_fault = given.fault
                FROM (VALUES %s) AS given (id, fault)
                WHERE card.id = given.id RETURNING card.id
                """,
                values,
            )
        )
        self.browse(faults).invalidate_recordset(["points_fault"], flush=False)

    def _points_raise_alarm(self):
        """Tell the log and whoever answers for the program."""
        for card in self:
            _logger.error(
                "Points of card %s (id %s) do not add up. %s",
                card.code,
                card.id,
                card.points_fault,
            )
        users = {
            program: program._points_home().points_alarm_user_id
            or self.env.ref("base.user_admin", raise_if_not_found=False)
            for program in self.program_id
        }
        self.env["mail.activity"].create(
            [
                {
                    "activity_type_id": self.env.ref(ACTIVITY).id,
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": card.id,
                    "summary": card.display_name,
                    "note": card.points_fault,
                    "user_id": users[card.program_id].id,
                    "automated": True,
                }
                for card in self
                if users[card.program_id]
            ]
        )
