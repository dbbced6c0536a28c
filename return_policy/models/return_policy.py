"""The policy a merchant edits; orders only ever see its published versions."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.res_partner import _tz_get

from ..policy.floor import PRESETS
from ..policy.terms import Terms, Version


class ReturnPolicy(models.Model):
    """A draft of return terms; publishing freezes it as a version."""

    _name = "return.policy"
    _description = "Return Policy"
    _inherit = ["mail.thread"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(
        default=10,
        help="The first policy of a company is the one its new orders take.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    preset = fields.Selection(
        [("CN-7", "China: 7 days without a reason")],
        required=True,
        default="CN-7",
        help="The law this policy may not fall short of.",
    )
    tz = fields.Selection(
        _tz_get,
        string="Time Zone",
        required=True,
        default="Asia/Shanghai",
        help="Days are counted in this time zone, from the day after signing.",
    )
    window_days = fields.Integer(
        string="Return Window",
        required=True,
        default=7,
        tracking=True,
        help="Days for a return without a reason, counted from the day after the "
        "buyer signed for the parcel. The last day counts until 24:00.",
    )
    quality_days = fields.Integer(
        string="Quality Window",
        required=True,
        default=7,
        tracking=True,
        help="Days in which a quality fault may be returned. Later a person decides "
        "on repair or replacement; nothing is refused by itself.",
    )
    transit_days = fields.Integer(
        string="Assumed Transit",
        required=True,
        default=10,
        tracking=True,
        help="When nobody told the signing date, the parcel counts as received this "
        "many days after shipping. 0: never assumed, the window stays open.",
    )
    auto_approve = fields.Boolean(
        string="Approve Automatically",
        tracking=True,
        help="Approve allowed returns without a reason at once. Faults and promises "
        "always wait for a person unless a rule says otherwise.",
    )
    auto_approve_max = fields.Monetary(
        string="Automatic up to",
        tracking=True,
        help="Amounts above this wait for a person. 0: no ceiling.",
    )
    refund_on = fields.Selection(
        [
            ("approval", "At approval"),
            ("received", "When the goods are received"),
            ("inspected", "After inspection"),
        ],
        string="Refund",
        required=True,
        default="inspected",
        tracking=True,
        help="The step at which the money goes back.",
    )
    freight_payer = fields.Selection(
        [("consumer", "Buyer"), ("merchant", "Merchant")],
        string="Return Freight Paid by",
        required=True,
        default="consumer",
        tracking=True,
        help="For returns without a reason. The merchant pays where goods are faulty.",
    )
    source = fields.Text(help="The law or agreement these terms rest on.")
    checked_on = fields.Date(help="When somebody last compared the terms with the law.")
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

    _window_positive = models.Constraint(
        "CHECK (window_days >= 0 AND quality_days >= 0 AND transit_days >= 0)",
        "Days of a return policy cannot be negative.",
    )
    _auto_approve_max_positive = models.Constraint(
        "CHECK (auto_approve_max >= 0)",
        "The ceiling for automatic approval cannot be negative.",
    )

    @api.depends("version_ids")
    def _compute_version_id(self):
        for policy in self:
            policy.version_id = policy.version_ids.sorted("number")[-1:]
            policy.version_count = len(policy.version_ids)

    def _to_version(self, number):
        """Return the draft as a frozen version."""
        self.ensure_one()
        units = self.company_id.currency_id.rounding or 0.01
        return Version(
            number=number,
            terms=Terms(
                zone=self.tz,
                preset=self.preset,
                window_days=self.window_days,
                quality_days=self.quality_days,
                transit_days=self.transit_days,
                auto_approve=self.auto_approve,
                auto_approve_max=round(self.auto_approve_max / units),
                refund_on=self.refund_on,
                freight_payer=self.freight_payer,
            ),
            rules=tuple(rule._to_rule() for rule in self.rule_ids.sorted()),
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

    def _version_at(self, moment):
        """Return the version in force at a moment; the first one before its time."""
        self.ensure_one()
        versions = self.version_ids.sorted("number", reverse=True)
        in_force = versions.filtered(lambda version: version.published_on <= moment)
        return in_force[:1] or versions[-1:]

    def _preset_values(self, preset):
        """Return the field values a policy of this preset starts with."""
        chosen = PRESETS[preset]
        terms = chosen.terms
        return {
            "preset": preset,
            "tz": terms.zone,
            "window_days": terms.window_days,
            "quality_days": terms.quality_days,
            "transit_days": terms.transit_days,
            "refund_on": terms.refund_on,
            "freight_payer": terms.freight_payer,
            "source": chosen.source,
            "checked_on": chosen.checked_on,
        }
