"""Versions side by side, from their list and from their screen."""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .return_policy_differences import Side


class ReturnPolicyVersionCompare(models.Model):
    """Hold one published version against another."""

    _inherit = "return.policy.version"

    def _side(self):
        """Return this version as one side of a comparison, None without a version."""
        if not self:
            return None
        return Side(
            title=self.display_name,
            version=self._to_version(),
            currency=self.company_id.currency_id,
            source=self.source or "",
            checked_on=format_date(self.env, self.checked_on),
        )

    def action_compare(self):
        """Compare two versions, or one with the version before it.

        :raises UserError: for more than two
        """
        self.check_access("read")
        if len(self) not in (1, 2):
            raise UserError(self.env._("Choose two versions to compare."))
        if len(self) == 1:
            earlier = self.policy_id.version_ids.filtered(
                lambda version: version.number < self.number
            )
            return self.env["return.policy.compare"]._open(
                earlier.sorted("number")[-1:], self, self.policy_id
            )
        old, new = self.sorted(lambda version: (version.published_on, version.id))
        return self.env["return.policy.compare"]._open(old, new, new.policy_id)
