"""What differs between two versions, or a version and the draft, in words."""

from datetime import date
from typing import NamedTuple

from odoo import api, models

from ..policy.terms import Version


class Side(NamedTuple):
    """One of two policies held against each other."""

    title: str
    version: Version
    currency: models.BaseModel
    source: str
    checked_on: date | bool


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
            checked_on=self.checked_on,
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
        return self.env["ir.qweb"]._render(
            "return_policy.return_policy_differences",
            {
                "old": old,
                "new": new,
                "terms": old and self._terms_that_differ(old, new),
                "rules": old and self._rules_that_differ(old, new),
            },
        )

    def _terms_that_differ(self, old, new):
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
        found = [
            (label, before[name][1], value)
            for name, (label, value) in after.items()
            if before[name][1] != value
        ]
        labels = self.fields_get(["source", "checked_on"], ["string"])
        for name in labels:
            values = getattr(old, name), getattr(new, name)
            if values[0] != values[1]:
                found.append((labels[name]["string"], *values))
        return found

    def _rules_that_differ(self, old, new):
        """Return (mark, old sentence, new sentence) of each rule that differs."""
        return []
