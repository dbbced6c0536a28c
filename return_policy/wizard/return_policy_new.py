"""Make a policy from a preset, seeing the law behind it first."""

from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.base.models.res_partner import _tz_get


class ReturnPolicyNew(models.TransientModel):
    """The preset, and what of it differs from shop to shop."""

    _name = "return.policy.new"
    _description = "New Policy from a Preset"
    _check_company_auto = True

    preset_id = fields.Many2one(
        "return.policy.preset",
        required=True,
        default=lambda self: self._default_preset_id(),
        help="Whose law the buyers live under, not where the shop is.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    name = fields.Char(
        required=True,
        precompute=True,
        compute="_compute_from_preset",
        store=True,
        readonly=False,
        help="What the policy is called on orders and in lists.",
    )
    tz = fields.Selection(
        _tz_get,
        string="Time Zone",
        required=True,
        precompute=True,
        compute="_compute_from_preset",
        store=True,
        readonly=False,
        help="Days are counted in this time zone: the company's where the law of the "
        "preset holds, else that of its buyers.",
    )
    country_ids = fields.Many2many(
        "res.country",
        string="Countries",
        compute="_compute_countries",
        store=True,
        readonly=False,
        help="Orders delivered to these countries take the policy. Without any "
        "condition it can only be the company's default.",
    )
    country_group_ids = fields.Many2many(
        "res.country.group",
        string="Country Groups",
        compute="_compute_countries",
        store=True,
        readonly=False,
        help="Orders delivered to a country of these groups take the policy.",
    )
    source = fields.Text(related="preset_id.source")
    checked_on = fields.Date(related="preset_id.checked_on")
    note = fields.Text(related="preset_id.note")
    floor_html = fields.Html(related="preset_id.floor_html")

    def _default_preset_id(self):
        presets = self.env["return.policy.preset"]
        return presets._for_country(self.env.company.country_id)

    @api.depends("preset_id", "company_id")
    def _compute_from_preset(self):
        for new in self.filtered("preset_id"):
            preset = new.preset_id
            new.name = preset.name
            new.tz = preset._zone_for(new.company_id)

    @api.depends("preset_id")
    def _compute_countries(self):
        for new in self:
            new.country_ids = new.preset_id.country_ids
            new.country_group_ids = new.preset_id.country_group_ids

    def action_create(self):
        """Make the draft and open it; publishing it is another step."""
        self.ensure_one()
        self.check_access("write")
        policy = self.preset_id._make_policy(
            self.company_id,
            tz=self.tz,
            country_ids=[Command.set(self.country_ids.ids)],
            country_group_ids=[Command.set(self.country_group_ids.ids)],
        )
        if self.name != self.preset_id.name:
            policy.name = self.name
        return {
            "type": "ir.actions.act_window",
            "res_model": "return.policy",
            "res_id": policy.id,
            "view_mode": "form",
        }
