"""What a member reads about the membership, in the member's words."""

from odoo import models

from ..ledger.lots import AVAILABLE, PENDING


class LoyaltyMembership(models.Model):
    _inherit = "loyalty.membership"

    def _portal_pending(self):
        """Return [(date or False, points)] of what waits, the next first."""
        self.ensure_one()
        waiting = {}
        for lot in self._portal_lots(PENDING):
            day = lot.available_on and lot.available_on.date()
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
        return self.card_id._format_points(int(points))
