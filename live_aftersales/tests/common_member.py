"""A buyer who is a member, and tiers that give something for returns."""

from odoo.fields import Command

from .common import LiveCase


class MemberCase(LiveCase):
    """Silver: 3 days. Gold: 7 days, free return freight, high priority."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False
        cls.program = cls._program("Members", "Basic", "Silver", "Gold")
        cls.basic, cls.silver, cls.gold = cls.program.points_tier_ids
        cls.silver.extra_window_days = 3
        cls.gold.write(
            {
                "extra_window_days": 7,
                "free_return_freight": True,
                "service_priority": "2",
            }
        )
        cls.partner = cls.buyer.partner_id
        cls.member = cls._join(cls.partner, cls.program)

    @classmethod
    def _program(cls, name, *tiers):
        return cls.env["loyalty.program"].create(
            {
                "name": name,
                "program_type": "loyalty",
                "points_ledger": True,
                "company_id": cls.env.company.id,
                "points_tier_ids": [
                    Command.create({"name": tier, "enter_at": 1000 * number})
                    for number, tier in enumerate(tiers)
                ],
            }
        )

    @classmethod
    def _join(cls, partner, program):
        card = cls.env["loyalty.card"].create(
            {"program_id": program.id, "partner_id": partner.id}
        )
        return card.points_membership_ids.sudo()

    def _give(self, tier, member=None):
        member = member or self.member
        member._take_steps([member._step("manual", tier.id, False)])

    def _window_days(self, order):
        """Return how many days the window of the first line is open."""
        line = order.order_line[0]
        decision = line.sudo()._return_verdicts()[line.id]
        return line._return_span(decision)
