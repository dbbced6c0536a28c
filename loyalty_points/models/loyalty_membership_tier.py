"""Members move on the tier ladder, and are told so."""

from odoo import fields, models
from odoo.fields import Domain

from ..ledger import tiers
from ..ledger.tiers import ENTER, REENTER
from .loyalty_tier_change import MANUAL


def _height(tier):
    return tier.enter_at if tier else -1


class LoyaltyMembership(models.Model):
    _inherit = "loyalty.membership"

    def _follow(self, refunded=None):
        """Count anew and move these members on, now, in this transaction.

        Their cards are locked by whoever moved the points.

        :param refunded: those of them from whom points were taken back
        """
        laddered = self.filtered("program_id.points_tier_ids")
        if not laddered:
            return
        laddered._measure()
        if refunded:
            (laddered & refunded)._undo_refunded()
        for program, members in laddered.grouped("program_id").items():
            mine = Domain("id", "in", members.ids)
            members.search(mine & self._moving(program))._decide()

    def _decide(self):
        """Move those on who reached, keep or lose a tier today."""
        steps = []
        for program, members in self.grouped("program_id").items():
            ladder, today = program._points_ladder(), program._points_today()
            rungs = {rung.key: rung for rung in ladder}
            rules = program._points_tier_rules()
            for member in members:
                standing = member._to_standing(rungs)
                decision = tiers.evaluate(
                    ladder,
                    rules,
                    standing,
                    member.tier_measure,
                    member.keep_measure,
                    today,
                )
                steps += member._decided(decision, standing, rules, today)
        self._take_steps(steps)

    def _to_standing(self, rungs):
        self.ensure_one()
        return tiers.Standing(
            rungs.get(self.tier_id.id),
            self.tier_since or None,
            self.tier_until or None,
            rungs.get(self.highest_tier_id.id),
            self.tier_fixed_until or None,
        )

    def _decided(self, decision, standing, rules, today):
        """Return the steps a decision means, one for each tier entered."""
        if decision.passed:
            reached = self.tier_measure
            return [
                self._step(
                    REENTER
                    if standing.highest and standing.highest.enter >= tier.enter
                    else ENTER,
                    tier.key,
                    rules.ends(tier, today),
                    measure=reached,
                    threshold=min(tier.to_enter(standing.highest), reached),
                )
                for tier in decision.passed
            ]
        if decision.event:
            return [
                self._step(
                    decision.event,
                    decision.tier and decision.tier.key,
                    decision.until,
                    measure=self.keep_measure,
                    threshold=standing.tier.to_keep,
                )
            ]
        if decision.until != standing.until:  # the program counts another way now
            self.tier_until = decision.until
        return []

    def _step(self, event, tier_id, until, **values):
        self.ensure_one()
        return {
            "membership_id": self.id,
            "event": event,
            "tier_id": tier_id,
            "until": until,
            **values,
        }

    def _take_steps(self, steps):
        """Set the tiers of members, note each step, give gifts and tell about it.

        :param steps: values of tier changes, those of one member in their order
        """
        if not steps:
            return self.env["loyalty.tier.change"]
        now = fields.Datetime.now()
        for step in steps:
            member = self.browse(step["membership_id"])
            step |= {
                "from_tier_id": member.tier_id.id,
                "since_before": member.tier_since,
                "until_before": member.tier_until,
                "changed_at": now,
            }
            member._set_tier(step)
        # sudo: loyalty.tier.change - noted for whoever moved the points
        changes = self.env["loyalty.tier.change"].sudo()._append(steps)
        changes._tell()
        changes._give_gifts()
        return changes

    def _set_tier(self, step):
        """Set what follows from a step; a kept tier is the member's since long."""
        tier, before = self.tier_id.browse(step["tier_id"]), self.tier_id
        since = step.pop("since", self.program_id._points_today())
        highest = step.pop("highest", max(tier, self.highest_tier_id, key=_height).id)
        # sudo: loyalty.membership - nobody may write tiers but this method
        self.sudo().write(
            {
                "tier_id": tier.id,
                "tier_since": self.tier_since if tier == before else since,
                "tier_until": step["until"],
                "highest_tier_id": highest,
            }
        )

    def _assign(self, tier, reason, fixed_until=False):
        """Give these members a tier by hand; it brings no entry gift."""
        self._take_steps(
            [
                member._step(
                    MANUAL,
                    tier.id,
                    member._assigned_until(tier),
                    measure=member.tier_measure,
                    reason=reason,
                )
                for member in self
            ]
        )
        # sudo: loyalty.membership - nobody may write tiers but these methods
        self.sudo().tier_fixed_until = fixed_until

    def _assigned_until(self, tier):
        program = self.program_id
        return program._points_tier_rules().ends(
            tier and tier._to_rung(), program._points_today()
        )
