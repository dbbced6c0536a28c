"""Which versions judge an order that took one."""

from odoo import models


class ReturnPolicyVersionJudging(models.Model):
    """Find the later versions that hold for placed orders too."""

    _inherit = "return.policy.version"

    def _return_judging(self):
        """Return {version id: pure versions that judge under it}, in one query.

        The version itself comes first, then the later ones of its policy which hold
        for orders already placed.
        """
        later = self.search_fetch(
            [("policy_id", "in", self.policy_id.ids), ("is_retroactive", "=", True)],
            ["policy_id", "number"],
            order="number",
        )
        judging = {}
        for held in self:
            after = later.filtered(
                lambda item, held=held: (
                    item.policy_id == held.policy_id and item.number > held.number
                )
            )
            judging[held.id] = tuple(item._to_version() for item in held | after)
        return judging
