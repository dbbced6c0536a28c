"""What differs between two versions, or a version and the draft, in words."""

from typing import NamedTuple

from odoo import api, models
from odoo.tools import format_date

from ..policy.diff import differences
from ..policy.terms import Version

# Conditions which the sentence of a rule does not spell out, by pure name.
UNSAID = {
    "domain": "product_domain",
    "customer_domain": "customer_domain",
    "order_domain": "order_domain",
}


class Side(NamedTuple):
    """One of two policies held against each other; dates as people write them."""

    title: str
    version: Version
    currency: models.BaseModel
    source: str
    checked_on: str


class ReturnPolicyDifferences(models.Model):
    """Hold a draft against what was published."""

    _inherit = "return.policy"

    def _side(self):
        """Return the draft as one side of a comparison."""
        self.ensure_one()
        return Side(
            title=self.env._("Draft of %(policy)s", policy=self.display_name),
            version=self._to_version(0),
            currency=self.company_id.currency_id,
            source=self.source or "",
            checked_on=format_date(self.env, self.checked_on),
        )

    def action_compare(self):
        """Show what the draft changes of the version in force."""
        self.ensure_one()
        self.check_access("read")
        return self.env["return.policy.compare"]._open(self.version_id, policy=self)

    @api.model
    def _differences_html(self, old, new):
        """Return what differs as a table, in the reader's language.

        :param Side old: None where there is nothing to compare with
        :param Side new: the later one
        """
        found = differences(old.version, new.version) if old else []
        return self.env["ir.qweb"]._render(
            "return_policy.return_policy_differences",
            {
                "old": old,
                "new": new,
                "terms": self._terms_that_differ(old, new, found) if old else [],
                "rules": self._rules_that_differ(old, new, found) if old else [],
                "marks": {
                    "added": self.env._("Added"),
                    "removed": self.env._("Removed"),
                    "changed": self.env._("Changed"),
                    "moved": self.env._("Moved"),
                },
            },
        )

    def _terms_that_differ(self, old, new, found):
        """Return (label, old, new) of each term that differs, in words."""
        before, after = (
            {
                name: words
                for section in self._sections_in_words(
                    side.version.terms, side.currency
                ).values()
                for name, words in section.items()
            }
            for side in (old, new)
        )
        names = {difference.field for difference in found if difference.field}
        rows = [
            (label, before[name][1], words)
            for name, (label, words) in after.items()
            if name in names
        ]
        labels = self.fields_get(["source", "checked_on"], ["string"])
        rows += [
            (info["string"], *held)
            for name, info in labels.items()
            for held in [(getattr(old, name), getattr(new, name))]
            if held[0] != held[1]
        ]
        return rows

    def _rules_that_differ(self, old, new, found):
        """Return (kind of difference, old sentence, new sentence) of each rule."""
        sides = [
            (side.version, self._rules_in_words(side.version, side.currency))
            for side in (old, new)
        ]
        return [
            (
                difference.kind,
                *(
                    self._rule_that_differs(rule, difference, *side)
                    for rule, side in zip(difference[1:3], sides, strict=True)
                ),
            )
            for difference in found
            if difference.kind != "terms"
        ]

    def _rule_that_differs(self, rule, difference, version, words):
        """Return one side of a difference: the sentence, and what it does not say."""
        if rule is None:
            return ""
        sentence = words[rule.key]
        if difference.kind == "moved":
            return self._place_in_words(sentence, rule, version)
        for name in UNSAID.keys() & set(difference.names):
            sentence = self.env._(
                "%(rule)s · %(field)s: %(value)s",
                rule=sentence,
                field=self.env["return.policy.rule"]
                ._fields[UNSAID[name]]
                ._description_string(self.env),
                value=getattr(rule, name) or "[]",
            )
        return sentence

    def _place_in_words(self, sentence, rule, version):
        """Return after which other rule of its kind a rule is asked."""
        kind = version.by_kind[rule.kind]
        place = kind.index(rule)
        if not place:
            return self.env._("%(rule)s · asked first", rule=sentence)
        return self.env._(
            "%(rule)s · asked after “%(other)s”",
            rule=sentence,
            other=kind[place - 1].name,
        )
