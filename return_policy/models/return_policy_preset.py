"""Where a policy may start: the usual terms under one law."""

import pytz

from odoo import api, fields, models
from odoo.fields import Domain


class ReturnPolicyPreset(models.Model):
    """Terms with the law they rest on, and when somebody last read it."""

    _name = "return.policy.preset"
    _description = "Return Policy Preset"
    _inherit = ["return.policy.terms", "mail.thread"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    note = fields.Text(translate=True, help="What to know before these terms are used.")
    country_ids = fields.Many2many(
        "res.country",
        string="Countries",
        help="Where the law of this preset holds for buyers.",
    )
    country_group_ids = fields.Many2many(
        "res.country.group",
        string="Country Groups",
        help="Where the law of this preset holds for buyers.",
    )

    def _countries(self):
        """Return the countries whose law it is; none for a promise of the shop."""
        return self.country_ids | self.country_group_ids.country_ids

    @api.model
    def _for_country(self, country):
        """Return the first preset for a country; the first of all where none is."""
        named = Domain("country_ids", "in", country.ids)
        grouped = Domain("country_group_ids.country_ids", "in", country.ids)
        return self.search(named | grouped, limit=1) or self.search([], limit=1)

    def _zone_for(self, company):
        """Return the company's time zone where the law of the preset holds, else its.

        A shop in Shanghai which sells to Germany counts the days of its buyers there.
        """
        self.ensure_one()
        zones = {
            zone
            for country in self._countries()
            for zone in pytz.country_timezones.get(country.code, ())
        }
        # sudo: res.company - its contact and schedule tell where it works
        company = company.sudo()
        for zone in (company.partner_id.tz, company.resource_calendar_id.tz):
            if zone and (not zones or zone in zones):
                return zone
        return self.tz

    def _policy_values(self, company):
        """Return the values of a policy of the company that starts here."""
        self.ensure_one()
        terms = [*self._terms_fields().values(), "source", "checked_on"]
        held = self.copy_data()[0]
        return {
            **{name: held[name] for name in terms},
            "tz": self._zone_for(company),
            "company_id": company.id,
        }

    def _make_policy(self, company, **values):
        """Return a draft that starts here, named in every language in use.

        :param values: fields of the policy which shall differ from the preset
        """
        policy = self.env["return.policy"].create(
            {"name": self.name, **self._policy_values(company), **values}
        )
        for lang, _name in self.env["res.lang"].get_installed():
            policy.with_context(lang=lang).name = self.with_context(lang=lang).name
        return policy
