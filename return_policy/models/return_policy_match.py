"""Which policy an order takes: the first whose conditions fit, else the default."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class ReturnPolicyMatch(models.Model):
    """Where a policy applies, and what keeps a company's default in place."""

    _inherit = "return.policy"

    country_ids = fields.Many2many(
        "res.country",
        string="Countries",
        help="Orders delivered to one of these countries, or of the groups below.",
    )
    country_group_ids = fields.Many2many(
        "res.country.group",
        string="Country Groups",
        help="Orders delivered to a country of one of these groups.",
    )
    team_ids = fields.Many2many(
        "crm.team",
        string="Sales Teams",
        check_company=True,
        context={"active_test": False},  # an archived team still narrows the policy
        help="Orders of one of these sales teams. Empty: of any.",
    )
    source_ids = fields.Many2many(
        "utm.source",
        string="Sources",
        help="Orders which came from one of these sources, such as a platform. Empty: "
        "from any.",
    )
    is_conditional = fields.Boolean(
        compute="_compute_is_conditional",
        help="The policy says which orders it is for.",
    )
    is_default = fields.Boolean(
        string="Default of the Company",
        compute="_compute_is_default",
        help="Orders which fit no other policy of the company take this one.",
    )

    @api.depends("country_ids", "country_group_ids", "team_ids", "source_ids")
    def _compute_is_conditional(self):
        for policy in self:
            policy.is_conditional = bool(
                policy.country_ids
                or policy.country_group_ids
                or policy.team_ids
                or policy.source_ids
            )

    @api.depends("company_id.return_policy_id")
    def _compute_is_default(self):
        for policy in self:
            # sudo: res.company - managers of returns need no rights on companies
            default = policy.company_id.sudo().return_policy_id
            policy.is_default = bool(default) and default == policy._origin

    @api.constrains("active", "company_id")
    def _check_default(self):
        # sudo: res.company - what is a default binds whoever edits the policy
        companies = self.env["res.company"].sudo()
        for company in companies.search([("return_policy_id", "in", self.ids)]):
            policy = company.return_policy_id
            if not policy.active or policy.company_id != company:
                raise ValidationError(policy._say_default(company))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_default(self):
        for policy in self:
            if policy.is_default:
                raise UserError(policy._say_default(policy.company_id))

    def _say_default(self, company):
        """Return why the default policy of a company has to stay."""
        return self.env._(
            "%(policy)s is the default return policy of %(company)s, so it stays there "
            "and active. Make another policy the default first.",
            policy=self.display_name,
            company=company.name,
        )

    def action_make_default(self):
        """Make this the policy of all orders which fit no other one."""
        self.ensure_one()
        self.check_access("write")
        # sudo: res.company - managers of returns choose the policy, no more of it
        self.company_id.sudo().return_policy_id = self
        return True

    def _conditions(self):
        """Return the ids of the countries, teams and sources it is for; none: any."""
        self.ensure_one()
        countries = self.country_ids | self.country_group_ids.country_ids
        return tuple(
            frozenset(records.ids)
            for records in (countries, self.team_ids, self.source_ids)
        )
