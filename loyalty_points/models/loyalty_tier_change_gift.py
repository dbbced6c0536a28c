"""Entry gifts: once per tier and member, taken back with the tier."""

from odoo import models

from ..ledger.tiers import ENTER, REENTER


class LoyaltyTierChange(models.Model):
    _inherit = "loyalty.tier.change"

    def _give_gifts(self):
        """Give the entry gift of each tier a member enters for the first time.

        A gift that was taken back with its tier can be given again.
        """
        entered = self.filtered(
            lambda change: (
                change.event in (ENTER, REENTER) and change.tier_id.entry_points
            )
        )
        given = entered._gifts_given()
        grants = []
        for change in entered:
            standing, number = given.get((change.partner_id, change.tier_id), (0, 0))
            if not standing:
                grants.append(change._gift(number))
        if grants:
            self.env["loyalty.card"]._points_grant(grants)

    def _gift(self, number):
        change = self.with_context(lang=self.partner_id.lang or self.env.lang)
        return (
            self.membership_id.card_id,
            self.tier_id.entry_points,
            {
                "key": f"tier:{self.tier_id.id}:{number}",
                "source": "tier",
                "tier_change_id": self.id,
                "description": change.env._(
                    "Entry gift of %(tier)s", tier=change.tier_id.name
                ),
            },
        )

    def _gifts_given(self):
        """Return {(partner, tier): (gifts that stand, gifts so far)}."""
        given = {}
        if not self:
            return given
        gifts = self._gift_entries(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("tier_change_id.tier_id", "in", self.tier_id.ids),
            ]
        )
        taken = self._gift_entries([("reverses_id", "in", gifts.ids)], "clawback")
        for gift in gifts:
            key = (gift.partner_id, gift.tier_change_id.tier_id)
            standing, number = given.get(key, (0, 0))
            given[key] = (
                standing + (gift not in taken.reverses_id),
                number + 1,
            )
        return given

    def _gift_entries(self, domain, kind="earn"):
        # sudo: loyalty.points.entry - gifts alone, for whoever moved the points
        ledger = self.env["loyalty.points.entry"].sudo()
        return ledger.search([("source", "=", "tier"), ("kind", "=", kind), *domain])

    def _take_gifts_back(self):
        """Take back what was given for these steps."""
        if not self:
            return
        gifts = self._gift_entries([("tier_change_id", "in", self.ids)])
        living = gifts.card_id._points_living()
        books = gifts.card_id.union(*living.values())._points_open_books()
        expired = gifts._expired("lot_id", gifts)
        for gift in gifts:
            card = living[gift.card_id]
            books[card].claw_gift(
                gift._to_lot(),
                card.program_id.points_negative == "zero",
                expired[gift],
                key=f"tier_undone:{gift.id}",
                source="tier",
                description=gift.description,
            )
        self.env["loyalty.card"]._points_close_books(books)
