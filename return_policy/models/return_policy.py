"""The policy a merchant edits; orders only ever see its published versions."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..policy.terms import Version


class ReturnPolicy(models.Model):
    """A draft of return terms; publishing freezes it as a version."""

    _name = "return.policy"
    _description = "Return Policy"
    _inherit = ["return.policy.terms", "mail.thread"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(
        default=10,
        help="Of several policies that fit an order, the first is taken.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    rule_ids = fields.One2many(
        comodel_name="return.policy.rule", inverse_name="policy_id", copy=True
    )
    version_ids = fields.One2many(
        comodel_name="return.policy.version", inverse_name="policy_id", copy=False
    )
    version_id = fields.Many2one(
        "return.policy.version",
        string="Version in Force",
        compute="_compute_version_id",
        help="What an order confirmed now would take.",
    )
    version_count = fields.Integer(compute="_compute_version_id")

    @api.depends("company_id")
    def _compute_currency_id(self):
        for policy in self:
            policy.currency_id = policy.company_id.currency_id

    @api.depends("version_ids")
    def _compute_version_id(self):
        for policy in self:
            policy.version_id = policy.version_ids.sorted("number")[-1:]
            policy.version_count = len(policy.version_ids)

    def _to_version(self, number):
        """Return the draft as a frozen version."""
        self.ensure_one()
        return Version(
            number=number,
            terms=self._to_terms(),
            rules=tuple(rule._to_rule() for rule in self.rule_ids.sorted()),
        )

    def _version_at(self, moment):
        """Return the version in force at a moment; the first one before its time."""
        self.ensure_one()
        versions = self.version_ids.sorted("number", reverse=True)
        in_force = versions.filtered(lambda version: version.published_on <= moment)
        return in_force[:1] or versions[-1:]

    def write(self, vals):
        """Refuse to move a policy to a company in which its writer has no say."""
        result = super().write(vals)
        if "company_id" in vals:
            # core asks record rules before the write only
            self.check_access("write")
        return result

    @api.constrains("company_id")
    def _check_company_kept(self):
        for policy in self:
            foreign = self.env["sale.order"].search(
                [
                    ("return_policy_version_id", "in", policy.version_ids.ids),
                    ("company_id", "!=", policy.company_id.id),
                ],
                limit=1,
            )
            if foreign:
                raise ValidationError(
                    self.env._(
                        "Orders of %(company)s were placed under %(policy)s, so it "
                        "stays there. Duplicate it for another company.",
                        company=foreign.company_id.name,
                        policy=policy.display_name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        published = self.filtered("version_ids")
        if published:
            raise UserError(
                self.env._(
                    "%(policies)s: orders may have been placed under a published "
                    "policy, so it cannot be deleted. Archive it instead.",
                    policies=", ".join(published.mapped("display_name")),
                )
            )

    def action_view_versions(self):
        """Open the published versions of this policy."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "return_policy.return_policy_version_action"
        )
        return {**action, "domain": [("policy_id", "=", self.id)]}
