from odoo.fields import Command

from .common import PointsCommon


class TierCommon(PointsCommon):
    """A program with the tiers Basic (0), Silver (100), Gold (300), Black (1000)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("loyalty_points.group_points_manager")
        cls.program.points_tier_ids = [
            Command.create({"name": name, **values})
            for name, values in (
                ("Basic", {"enter_at": 0}),
                ("Silver", {"enter_at": 100, "entry_points": 10, "keep_at": 80}),
                ("Gold", {"enter_at": 300, "entry_points": 50, "reenter_at": 200}),
                ("Black", {"enter_at": 1000, "entry_points": 200}),
            )
        ]
        cls.basic, cls.silver, cls.gold, cls.black = cls.program.points_tier_ids
        cls.members = cls.env["loyalty.membership"].sudo()
        cls.changes = cls.env["loyalty.tier.change"].sudo()

    def _member(self, partner=None):
        return self.members.search([("partner_id", "=", (partner or self.buyer).id)])

    def _tier(self, partner=None):
        return self._member(partner).tier_id.name

    def _gifts(self, partner=None):
        """Return the points of gifts that stand."""
        entries = self.entries.search(
            [("card_id", "=", self._card(partner).id), ("source", "=", "tier")]
        )
        return sum(entries.mapped("points"))

    def _events(self, partner=None):
        changes = self._member(partner).tier_change_ids.sorted("id")
        return [(change.event, change.tier_id.name) for change in changes]
