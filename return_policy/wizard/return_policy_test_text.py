"""What came out of a case that was tried, in words."""

from odoo import models

from ..policy.amounts import share

WHOLE = 10_000  # basis points


class ReturnPolicyTestText(models.TransientModel):
    """Word effects, amounts and the reasons why rules did not speak."""

    _inherit = "return.policy.test"

    def _effects_in_words(self, decision):
        """Return (label, value) of what holds for the case."""
        effects = decision.effects
        if not effects:
            return []
        lines = self.sale_line_id
        approvals = {
            "auto": self.env._("Automatic"),
            "review": self.env._("By a person"),
        }
        steps = dict(
            self.env["return.policy"]
            ._fields["refund_on"]
            ._description_selection(self.env)
        )
        notes = lines._return_effects_in_words(decision)
        promise = decision.facts.promise
        promised = lines._return_promise_in_words(promise) if promise else ""
        return [
            (
                self.env._("Window"),
                lines._return_days(lines._return_span(decision)),
            ),
            (self.env._("Approval"), approvals[decision.approval]),
            (self.env._("Refund"), steps.get(decision.refund_on, "")),
            (self.env._("Way back"), lines._return_freight_in_words(decision)),
            (
                self.env._("Offered"),
                lines._return_remedies(effects.remedies, style="standard"),
            ),
            (self.env._("Besides"), ", ".join(notes) or self.env._("nothing")),
            *([(self.env._("Promised"), promised)] if promised else []),
        ]

    def _amounts_in_words(self, decision, facts):
        """Return (label, amount) of the money: what was paid, kept and given back."""
        if decision.outcome != "allowed" or not facts.amount:
            return []
        paid, pieces = facts.amount, max(facts.quantity_left, 0)
        fee = share(paid, decision.fee_percent, WHOLE)
        fee = min(fee + round(decision.fee_flat * pieces), paid)
        bonus = share(paid, decision.bonus_percent, WHOLE) + decision.bonus_flat
        bonus = bonus if decision.remedy == "store_credit" else 0
        money = self.env["return.policy.rule"]._money
        amounts = [(self.env._("Paid"), paid)]
        if fee:
            amounts.append((self.env._("Fee"), -fee))
        if bonus:
            amounts.append((self.env._("Bonus"), bonus))
        amounts.append((self.env._("Given back"), paid - fee + bonus))
        return [(label, money(units, self.currency_id)) for label, units in amounts]

    def _steps_in_words(self, version, steps):
        """Return each rule in its order: sentence, whether it spoke, and why not."""
        sentences = self.env["return.policy"]._rules_in_words(version, self.currency_id)
        names = {rule.key: rule.name for rule in version.rules}
        return [
            {
                "name": step.rule.name,
                "sentence": sentences[step.rule.key],
                "fired": step.fired,
                "why": (
                    self.env._("Applies")
                    if step.fired
                    else self._why(step, names.get(step.other, ""))
                ),
            }
            for step in steps
        ]

    def _why(self, step, other):
        """Return why a rule did not speak."""
        if step.why == "domain":
            return self._whys_of_domains().get(step.detail) or self.env._(
                "Fits other products, customers or orders"
            )
        if step.why == "earlier":
            return self.env._("“%(rule)s” comes first", rule=other)
        whys = self._whys_of_conditions() | self._whys_of_refusals()
        return whys.get(step.why, step.why)

    def _whys_of_domains(self):
        return {
            "product": self.env._("Fits other products"),
            "customer": self.env._("Fits other customers"),
            "order": self.env._("Fits other orders"),
        }

    def _whys_of_conditions(self):
        return {
            "reason": self.env._("For other reasons"),
            "remedy": self.env._("For other remedies"),
            "regime": self.env._("Binds a fault only where it names the reason"),
            "days": self.env._("For other days since receipt"),
            "amount": self.env._("For other amounts"),
            "goods": self.env._("For goods at another place"),
            "returns": self.env._("For customers who returned more often"),
            "ordered": self.env._("For orders of other days"),
            "seal": self.env._("For another state of the package"),
        }

    def _whys_of_refusals(self):
        return {
            "excluded": self.env._("Not asked: the product itself is excluded"),
            "unconfirmed": self.env._("No purchase confirmation is recorded"),
            "sealed": self.env._("The goods are not opened"),
            "consumer": self.env._("The buyer is a consumer"),
            "late": self.env._("Refused anyway"),
            "broken": self.env._("Not asked: a rule can no longer be evaluated"),
        }
