"""Whether a company owes its buyers a button to withdraw from contracts."""

from odoo import models

from ..policy.law import floor_of


class ResCompany(models.Model):
    """Withdrawal."""

    _inherit = "res.company"

    def _return_zone(self):
        """Return the time zone of the company's returns, where no order names one."""
        self.ensure_one()
        # sudo: return.policy - the time zone alone
        policy = self.sudo().return_policy_id
        return policy.tz or self.partner_id.tz or "UTC"

    def _offers_withdrawal(self):
        """Tell whether orders of a company may fall under a law with the button."""
        # sudo: return.policy - the laws alone
        policies = self.env["return.policy"].sudo()
        found = policies.search([("company_id", "in", self.ids)])
        return any(floor_of(policy.preset).withdrawal_button for policy in found)
