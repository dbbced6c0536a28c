"""A published policy: never edited, never deleted."""

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from ..policy.terms import from_json


class ReturnPolicyVersion(models.Model):
    """What a policy said from one moment on; orders keep the one they took.

    ``snapshot`` is what ``to_json`` makes of the draft, with the names of each rule
    by language beside the one everybody falls back to.
    """

    _name = "return.policy.version"
    _description = "Return Policy Version"
    _order = "number desc, id desc"

    policy_id = fields.Many2one(
        "return.policy", required=True, index=True, ondelete="restrict", readonly=True
    )
    company_id = fields.Many2one(related="policy_id.company_id", store=True, index=True)
    number = fields.Integer(required=True, readonly=True)
    snapshot = fields.Json(required=True, readonly=True)
    published_on = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now
    )
    user_id = fields.Many2one(
        "res.users",
        string="Published by",
        readonly=True,
        default=lambda self: self.env.user,
    )
    note = fields.Char(readonly=True, help="Why this version was published.")
    is_retroactive = fields.Boolean(
        string="Also for Earlier Orders",
        readonly=True,
        help="It holds for orders placed before it as well, wherever it is better for "
        "the buyer than the version they were placed under.",
    )
    source = fields.Text(
        readonly=True, help="The law or agreement these terms rest on."
    )
    checked_on = fields.Date(
        readonly=True, help="When somebody last compared the terms with the law."
    )
    display_name = fields.Char(compute_sudo=True)

    _number_uniq = models.UniqueIndex(
        "(policy_id, number)",
        "Somebody else has published this policy at the same moment. Open it again to "
        "see their version; yours was not published.",
    )

    @api.depends("policy_id.name", "number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(policy)s v%(number)s",
                policy=version.policy_id.name,
                number=version.number,
            )

    def write(self, vals):
        """Refuse every change: orders and decisions lean on what was published."""
        if self:
            raise UserError(
                self.env._(
                    "Version %(version)s of a return policy is published and cannot be "
                    "changed. Edit the policy and publish a new version.",
                    version=", ".join(self.mapped("display_name")),
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "Version %(version)s of a return policy is published and cannot be "
                "deleted: orders were placed under it.",
                version=", ".join(self.mapped("display_name")),
            )
        )

    def _to_version(self):
        """Return the frozen terms, or None where there is no version.

        The rules carry their names in the reader's language.
        """
        return self._load_version() if self else None

    @tools.ormcache("self.id", "self.env.lang")
    def _load_version(self):
        # sudo: return.policy.version - the verdict needs the terms, not the record
        snapshot = self.sudo().snapshot
        rules = [
            {**rule, "name": rule.get("names", {}).get(self.env.lang, rule["name"])}
            for rule in snapshot["rules"]
        ]
        return from_json({**snapshot, "rules": rules})
