"""Each company has a return policy in force from its first day."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """The policy which a company's orders take."""

    _inherit = "res.company"

    return_policy_id = fields.Many2one(
        "return.policy",
        string="Default Return Policy",
        domain="[('company_id', '=', id), ('version_ids', '!=', False)]",
        ondelete="restrict",
        help="Orders which fit no other policy of the company take this one. Empty: "
        "their returns are judged by a person.",
        groups="base.group_user",
    )

    @api.constrains("return_policy_id")
    def _check_return_policy(self):
        for company in self:
            # sudo: return.policy - whoever edits the company, the rule is the same
            policy = company.return_policy_id.sudo()
            fits = policy.active and policy.company_id == company
            if policy and not (fits and policy.version_ids):
                raise ValidationError(
                    self.env._(
                        "%(policy)s cannot be the default of %(company)s: choose a "
                        "published, active return policy of that company.",
                        policy=policy.name,
                        company=company.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Give each new company a published return policy."""
        companies = super().create(vals_list)
        companies._create_return_policies()
        return companies

    def _create_return_policies(self):
        """Give each company without a policy the preset of its country, published.

        A policy that was made but never published is published too. The first policy
        of a company becomes its default.
        """
        # sudo: return.policy, res.company - set-up of a company, whoever makes it
        policies = self.env["return.policy"].sudo().with_context(active_test=False)
        presets = self.env["return.policy.preset"].sudo()
        held = policies.search([("company_id", "in", self.ids)])
        for company in self - held.company_id:
            preset = presets._for_country(company.country_id)
            held += preset._make_policy(company) if preset else policies
        unpublished = held.filtered(lambda policy: not policy.version_ids)
        unpublished.action_publish(note=self.env._("First version, from the preset."))
        for policy in held.sorted():
            company = policy.company_id.sudo()
            if policy.active and not company.return_policy_id:
                company.return_policy_id = policy
