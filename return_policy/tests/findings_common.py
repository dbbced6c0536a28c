"""What the tests of findings about drafts share."""

from .policy_common import PolicyCase


class FindingsCase(PolicyCase):
    """A draft from each preset, and rules by the codes of what they name."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        presets = cls.env["return.policy.preset"].search([])
        cls.drafts = {
            preset.preset: preset._make_policy(cls.company) for preset in presets
        }

    def found(self, policy, severity):
        return [
            (finding.sentence, finding.rule_key)
            for finding in policy._findings()
            if finding.severity == severity
        ]

    def linked(self, vals):
        """Return values with the records of the codes given for links."""
        links = {
            "reasons": ("reason_ids", "return.reason"),
            "remedies": ("remedy_ids", "return.remedy"),
            "for_remedies": ("for_remedy_ids", "return.remedy"),
        }
        linked = {}
        for name, value in vals.items():
            if name in links:
                name, model = links[name]
                value = self.env[model].search([("code", "=", value)]).ids
            linked[name] = value
        return linked

    def make_rule(self, policy, name="Odd", **vals):
        return self.env["return.policy.rule"].create(
            {"policy_id": policy.id, "name": name, **self.linked(vals)}
        )
