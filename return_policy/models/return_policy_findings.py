"""All that speaks against publishing a draft, or is worth a look before."""

from datetime import timedelta
from typing import NamedTuple

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..policy.checks import problems
from ..policy.floor import breaches
from .return_policy_rule_domain import DOMAIN_MODELS

# How old the last look at the law may be.
CHECKED_FOR = timedelta(days=365)


class Finding(NamedTuple):
    """One sentence about a draft; an error keeps it from being published.

    ``rule_key`` is the id of the rule it is about, 0 where it is about the terms.
    """

    severity: str  # error, warning
    sentence: str
    rule_key: int = 0


class ReturnPolicyFindings(models.Model):
    """Hold the draft against the law, against itself and against the database."""

    _inherit = "return.policy"

    def _findings(self):
        """Return every ``Finding`` about the draft, errors first."""
        self.ensure_one()
        draft = self._to_version(0)
        found = [
            *self._findings_of_law(draft),
            *self._findings_of_logic(draft),
            *self._findings_of_domains(),
            *self._findings_of_source(),
        ]
        return sorted(found, key=lambda finding: finding.severity)

    def _findings_of_law(self, draft):
        liabilities = self.env["return.reason"]._liabilities()
        return [
            Finding("error", self._breach_in_words(breach), breach.rule_key)
            for breach in breaches(draft, liabilities)
        ]

    def _today(self):
        """Return the present day in the time zone in which the policy counts."""
        return fields.Date.context_today(self.with_context(tz=self.tz))

    def _findings_of_logic(self, draft):
        today = fields.Date.to_string(self._today())
        return [
            Finding(problem.severity, self._problem_in_words(problem), problem.rule_key)
            for problem in problems(draft, today)
        ]

    def _findings_of_domains(self):
        """Name conditions which cannot be searched, or fit nothing today."""
        found = []
        for rule in self.rule_ids:
            if rule.problem:
                found.append(Finding("error", rule.problem, rule.id))
                continue
            sentences = self._nothing_fits_in_words(rule)
            found += [
                Finding("warning", sentences[name], rule.id)
                for name, model in DOMAIN_MODELS.items()
                if self._fits_nothing(model, rule[name])
            ]
        return found

    def _fits_nothing(self, model, text):
        """Tell whether a condition leaves out every record the company can use."""
        if (text or "[]") == "[]":
            return False
        domain = self.env["return.policy.rule"]._read_domain(model, text)[0]
        ours = Domain("company_id", "in", [False, self.company_id.id])
        # sudo: return.policy - verdicts ask the condition for everybody
        records = self.env[model].sudo().with_context(active_test=False)
        return not records.search_count(domain & ours, limit=1)

    def _nothing_fits_in_words(self, rule):
        names = {"rule": rule.name}
        return {
            "product_domain": self.env._(
                "Rule “%(rule)s” fits none of your products today.", **names
            ),
            "customer_domain": self.env._(
                "Rule “%(rule)s” fits none of your customers today.", **names
            ),
            "order_domain": self.env._(
                "Rule “%(rule)s” fits none of your orders today.", **names
            ),
        }

    def _findings_of_source(self):
        """Ask on what the terms rest, and whether anybody looked lately."""
        found = []
        if not self.source:
            found.append(
                self.env._("Nothing says on which law or agreement the terms rest.")
            )
        if not self.checked_on:
            found.append(
                self.env._(
                    "Nothing says when the terms were last held against the law."
                )
            )
        elif self.checked_on < self._today() - CHECKED_FOR:
            found.append(
                self.env._(
                    "The terms were last held against the law on %(day)s, more than a "
                    "year ago.",
                    day=format_date(self.env, self.checked_on),
                )
            )
        return [Finding("warning", sentence) for sentence in found]
