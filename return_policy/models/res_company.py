"""Each company has a return policy in force from its first day."""

from odoo import api, models


class ResCompany(models.Model):
    """Make and find the policy which a company's orders take."""

    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        """Give each new company a published return policy."""
        companies = super().create(vals_list)
        companies._create_return_policies()
        return companies

    def _create_return_policies(self):
        """Give each company without a policy the 7-day one; publish what never was."""
        # sudo: return.policy - set-up of a company, whoever makes it
        policies = self.env["return.policy"].sudo().with_context(active_test=False)
        held = policies.search([("company_id", "in", self.ids)])
        made = policies.create(
            [
                {
                    "name": self.env._("7-day return"),
                    "company_id": company.id,
                    **policies._preset_values("CN-7"),
                }
                for company in self - held.company_id
            ]
        )
        for lang, _name in self.env["res.lang"].get_installed():
            made.with_context(lang=lang).name = self.with_context(lang=lang).env._(
                "7-day return"
            )
        unpublished = (held | made).filtered(lambda policy: not policy.version_ids)
        unpublished.action_publish(note=self.env._("First version, from the preset."))
        return made

    def _return_policies(self):
        """Return {company: its default policy}, leaving out companies without one."""
        # sudo: return.policy - whoever confirms an order, it takes the policy
        policies = self.env["return.policy"].sudo()
        found = {}
        for policy in policies.search([("company_id", "in", self.ids)]):
            found.setdefault(policy.company_id, policy)
        return found
