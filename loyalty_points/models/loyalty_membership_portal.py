"""What a member reads about the membership, in the member's words."""

from odoo import models
from odoo.tools import SQL, format_date

from ..ledger.lots import AVAILABLE, PENDING


class LoyaltyMembership(models.Model):
    _inherit = "loyalty.membership"

    def _portal_pending(self):
        """Return [(date or False, points)] of what waits, the next first."""
        self.ensure_one()
        waiting = {}
        for lot in self._portal_lots(PENDING):
            day = lot.available_on and self.program_id._points_day(lot.available_on)
            waiting[day] = waiting.get(day, 0) + lot.remaining
        return sorted(waiting.items(), key=lambda item: (not item[0], item[0]))

    def _portal_next_expiry(self):
        """Return (last day, points) of what expires next; None where nothing does."""
        self.ensure_one()
        dated = [lot for lot in self._portal_lots(AVAILABLE) if lot.expires_on]
        if not dated:
            return None
        day = min(lot.expires_on for lot in dated)
        return day, sum(lot.remaining for lot in dated if lot.expires_on == day)

    def _portal_lots(self, bucket):
        return self.env["loyalty.points.entry"].search(
            [
                ("card_id", "=", self.card_id.id),
                ("bucket", "=", bucket),
                ("remaining", ">", 0),
            ]
        )

    def _portal_points(self, points):
        """Return a number of points with the program's word for them."""
        return self.card_id._format_points(int(points)).strip()

    # -- the tier ------------------------------------------------------------------

    def _portal_measure(self, number):
        """Return a number as tiers count it: points, or money."""
        if self.program_id.points_tier_basis == "spend":
            return self.program_id.currency_id.format(number)
        return self._portal_points(number)

    def _portal_tier_term(self):
        """Return until when the tier lasts and what keeps it; empty without an end."""
        if not self.tier_until:
            return ""
        values = {
            "day": format_date(self.env, self.tier_until),
            "target": self._portal_measure(self.keep_target),
            "missing": self._portal_measure(self.keep_missing),
        }
        if not self.keep_target:
            return self.env._("Until %(day)s.", **values)
        if not self.keep_missing:
            return self.env._(
                "Until %(day)s. You have reached the %(target)s that keep it.", **values
            )
        return self.env._(
            "Until %(day)s. It takes %(target)s to keep it: %(missing)s more.", **values
        )

    def _portal_next_tier(self):
        """Return what is missing for the next tier."""
        return self.env._(
            "%(missing)s more to %(tier)s",
            missing=self._portal_measure(self.next_missing),
            tier=self.next_tier_id.name,
        )

    def _portal_keep_percent(self):
        """Return how much of what keeps the tier is reached, in whole percent."""
        return 100 * (self.keep_target - self.keep_missing) // self.keep_target

    # -- the friends ---------------------------------------------------------------

    def _portal_friends(self):
        """Return how many friends came and how many were rewarded; empty for none."""
        states = self.referral_ids.mapped("state")
        return states and self.env._(
            "Friends who accepted: %(accepted)s, rewarded: %(rewarded)s",
            accepted=len(states),
            rewarded=states.count("rewarded"),
        )

    # -- the ledger ----------------------------------------------------------------

    def _portal_row_count(self):
        """Return how many rows the ledger has for the member."""
        [(total,)] = self.env.execute_query(
            SQL("SELECT COUNT(*) FROM (%s) AS rows", self._portal_rows_query())
        )
        return total

    def _portal_rows(self, limit, offset):
        """Return the rows of one page, the latest first; each a set of entries."""
        found = self.env.execute_query(
            SQL(
                "%s ORDER BY MAX(id) DESC LIMIT %s OFFSET %s",
                self._portal_rows_query(),
                limit,
                offset,
            )
        )
        ledger = self.env["loyalty.points.entry"]
        everything = [entry_id for (ids,) in found for entry_id in ids]
        return [ledger.browse(ids).with_prefetch(everything) for (ids,) in found]

    def _portal_rows_query(self):
        """Return the SQL of the entries which are one event for the member.

        Spent points come from many lots: what was booked at one time, for one thing,
        is one row. Releases are left out: they bring nothing, a date tells of them.
        """
        self.ensure_one()
        self.env["loyalty.points.entry"].flush_model()
        return SQL(
            """
            SELECT array_agg(id) FROM loyalty_points_entry
            WHERE card_id = %s AND kind <> 'release'
            GROUP BY create_date, kind, description
            """,
            self.card_id.id,
        )
