"""A published policy: never edited, never deleted."""

from markupsafe import Markup

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from ..policy.terms import from_json


class ReturnPolicyVersion(models.Model):
    """What a policy said from one moment on; orders keep the one they took."""

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
    source = fields.Text(readonly=True)
    checked_on = fields.Date(readonly=True)

    terms_html = fields.Html(
        string="Terms",
        compute="_compute_terms_html",
        help="What the version says, as it was published.",
    )

    _number_uniq = models.UniqueIndex(
        "(policy_id, number)", "This version number exists already for this policy."
    )

    @api.depends("policy_id.name", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(policy)s v%(number)s",
                policy=version.policy_id.name,
                number=version.number,
            )

    @api.depends("snapshot")
    @api.depends_context("lang")
    def _compute_terms_html(self):
        for version in self:
            version.terms_html = version._to_html()

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
        """Return the frozen terms, or None where there is no version."""
        return self._load_version() if self else None

    @tools.ormcache("self.id")
    def _load_version(self):
        # sudo: return.policy.version - the verdict needs the terms, not the record
        return from_json(self.sudo().snapshot)

    def _to_html(self):
        """Return terms and rules as they were published, in the reader's language."""
        self.ensure_one()
        version = self._to_version()
        terms = Markup().join(
            Markup("<tr><th class='pe-4'>%s</th><td>%s</td></tr>") % pair
            for pair in self._terms_in_words(version.terms)
        )
        codes = {code for rule in version.rules for code in rule.reasons}
        reasons = self.env["return.reason"].search([("code", "in", list(codes))])
        names = {reason.code: reason.name for reason in reasons}
        describe = self.env["return.policy.rule"]._describe
        rules = Markup().join(
            Markup("<li>%s</li>") % describe(rule, names) for rule in version.rules
        )
        return Markup("<table>%s</table><ol class='mt-3'>%s</ol>") % (
            terms,
            rules,
        )

    def _terms_in_words(self, terms):
        """Return (label, value) of each term, labelled as on the policy."""
        values = {
            "preset": terms.preset,
            "tz": terms.zone,
            "window_days": terms.window_days,
            "quality_days": terms.quality_days,
            "transit_days": terms.transit_days,
            "auto_approve": (
                self.env._("Yes") if terms.auto_approve else self.env._("No")
            ),
            "auto_approve_max": self._ceiling_in_words(terms.auto_approve_max),
            "refund_on": terms.refund_on,
            "freight_payer": terms.freight_payer,
        }
        described = self.env["return.policy"].fields_get(values)
        return [
            (info["string"], dict(info.get("selection", ())).get(value, value))
            for name, value in values.items()
            for info in [described[name]]
        ]

    def _ceiling_in_words(self, ceiling):
        """Return the ceiling of automatic approval; 0 is none."""
        if not ceiling:
            return self.env._("No ceiling")
        currency = self.company_id.currency_id
        return currency.format(ceiling * currency.rounding)
