"""A tier that was only reached by what has been paid back is undone."""

from itertools import takewhile

from odoo import models

from ..ledger import tiers
from ..ledger.tiers import ENTER, REENTER, UNDONE


class LoyaltyMembership(models.Model):
    _inherit = "loyalty.membership"

    def _undo_refunded(self):
        """Take back the steps up that no longer stand, and their gifts.

        Who has reached the tier anew meanwhile, or was given it, keeps it.
        """
        steps = {member: member._steps_up() for member in self._doubtful()}
        undone = self.env["loyalty.tier.change"]
        left = self._measure_changes(undone.union(*steps.values()))
        back = []
        for member, mine in steps.items():
            count = tiers.undone([(step.threshold, left[step]) for step in mine])
            back += [
                member._step_back(mine[: index + 1], left) for index in range(count)
            ]
            undone |= mine[:count]
        self._take_steps(back)
        undone._take_gifts_back()

    def _doubtful(self):
        """Return who does not reach the present tier by what counts today."""
        return self.filtered(
            lambda member: (
                member.tier_measure < member.tier_id.enter_at
                and not (
                    member.tier_fixed_until
                    and member.program_id._points_today() <= member.tier_fixed_until
                )
            )
        )

    def _steps_standing(self):
        """Return the noted steps no refund has undone, the latest first."""
        changes = self.tier_change_ids
        standing = changes.filtered(lambda change: change.event != UNDONE)
        return (standing - changes.reverses_id).sorted("id", reverse=True)

    def _steps_up(self):
        """Return the steps which led to the present tier, the latest first.

        What was kept, lost or given by hand since is not asked again.
        """
        ups = takewhile(
            lambda change: change.event in (ENTER, REENTER), self._steps_standing()
        )
        return self.env["loyalty.tier.change"].union(*ups)

    def _step_back(self, undone, left):
        """Return the step back from the last of these.

        :param undone: all steps undone up to this one, the latest first
        :param left: {step: what still counts of that day}
        """
        step = undone[-1:]
        held = (self._steps_standing() - undone).tier_id | step.from_tier_id
        return self._step(
            UNDONE,
            step.from_tier_id.id,
            step.until_before,
            measure=left[step],
            threshold=step.threshold,
            reverses_id=step.id,
            since=step.since_before,
            highest=held.sorted("enter_at")[-1:].id,
        )
