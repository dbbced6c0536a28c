"""Terms in words, by section: for published versions and for drafts alike."""

from odoo import api, models

# The terms of a version in the order they are read, by section of the policy screen.
SECTIONS = {
    "windows": (
        "preset",
        "zone",
        "window_days",
        "window_rolls",
        "informs_buyer",
        "quality_days",
        "transit_days",
    ),
    "approval": ("auto_approve", "auto_approve_max"),
    "money": (
        "refund_on",
        "refund_days",
        "refund_clock",
        "freight_payer",
        "outbound_freight",
        "reprice",
        "lost_freight",
        "fee_percent",
        "fee_flat",
        "bonus_percent",
        "bonus_flat",
        "keep_item_max",
    ),
    "evidence": ("remedies", "photos", "video"),
}


class ReturnPolicyText(models.Model):
    """Say what terms and rules mean in the reader's language."""

    _inherit = "return.policy"

    @api.model
    def _sections_in_words(self, terms, currency):
        """Return {section: {name of the term: (label, value in words)}}.

        :param Terms terms: frozen or of a draft
        :param currency: the ``res.currency`` their amounts count in
        """
        terms_fields = self._terms_fields()
        described = self.fields_get(
            terms_fields.values(), ["string", "type", "selection"]
        )
        titles = {
            "windows": self.env._("Windows"),
            "approval": self.env._("Approval"),
            "money": self.env._("Money"),
            "evidence": self.env._("Evidence and Remedies"),
        }
        return {
            titles[section]: {
                name: (info["string"], self._term_in_words(name, value, info, currency))
                for name in names
                for value in [getattr(terms, name)]
                for info in [described[terms_fields[name]]]
            }
            for section, names in SECTIONS.items()
        }

    @api.model
    def _rules_in_words(self, version, currency):
        """Return {key: sentence} of the rules of a version, in their order."""
        rules = self.env["return.policy.rule"]
        names = rules._names_for(version.terms.preset, currency)
        return {rule.key: rules._describe(rule, names) for rule in version.rules}

    def _term_in_words(self, name, value, info, currency):
        """Return one term in words; ``info`` describes the field it comes from."""
        match info["type"]:
            case "selection":
                return dict(info["selection"]).get(value, value)
            case "boolean":
                return self.env._("Yes") if value else self.env._("No")
            case "many2many":
                return self._remedies_in_words(value)
        if not value:
            return self._nothing_in_words(name)
        match info["type"]:
            case "monetary":
                return self.env["return.policy.rule"]._money(value, currency)
            case "float":
                return self.env["return.policy.rule"]._percentage(value)
        if name.endswith("_days"):
            return self.env._("%(days)s days", days=value)
        return str(value)

    def _nothing_in_words(self, name):
        """Return what 0 means for a term."""
        match name:
            case "auto_approve_max":
                return self.env._("No ceiling")
            case "transit_days" | "keep_item_max":
                return self.env._("Never")
            case "window_days" | "quality_days" | "refund_days":
                return self.env._("%(days)s days", days=0)
        return self.env._("None")

    def _remedies_in_words(self, codes):
        """Return the names of remedies in the order of their screen."""
        remedies = self.env["return.remedy"].search([("code", "in", list(codes))])
        return ", ".join(remedies.mapped("name")) or self.env._("None")
