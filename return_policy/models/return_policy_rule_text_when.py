"""The conditions of a rule in words; which of them are given, and between what."""

from odoo import models
from odoo.tools import format_date


class ReturnPolicyRuleTextWhen(models.Model):
    """Word when and for whom a rule holds."""

    _inherit = "return.policy.rule"

    def _conditions_in_words(self, rule, names):
        """Return the conditions of a pure rule, "" for each that is not given."""
        reasons = rule.reasons if rule.kind != "refuse" else ()
        remedies = rule.for_remedies
        return [
            self._scope_in_words(rule),
            self._amounts_in_words(rule, names.currency),
            reasons
            and self.env._(
                "for the reason %(reasons)s",
                reasons=self._quote(reasons, names.reasons),
            ),
            remedies
            and self.env._(
                "for %(remedies)s", remedies=self._quote(remedies, names.remedies)
            ),
            self._goods_in_words(rule),
            self._seal_in_words(rule),
            self._days_in_words(rule),
            self._returns_in_words(rule),
            self._ordered_in_words(rule),
            rule.needs_confirmation
            and self.env._("where the buyer confirmed it at the purchase"),
        ]

    def _scope_in_words(self, rule):
        """Return what the domains are about: the rule's name says it."""
        asked = {
            self.env._("certain products"): rule.domain,
            self.env._("certain customers"): rule.customer_domain,
            self.env._("certain orders"): rule.order_domain,
        }
        scope = [name for name, text in asked.items() if text not in ("", "[]")]
        if not scope:
            return ""
        names = {"scope": rule.name or self._enumerate(scope)}
        if rule.kind == "refuse":
            return self.env._("on %(scope)s", **names)
        return self.env._("for %(scope)s", **names)

    def _amounts_in_words(self, rule, currency):
        names = {
            "first": self._money(rule.amount_from, currency),
            "last": self._money(rule.amount_to, currency),
        }
        if rule.amount_from and rule.amount_to:
            return self.env._("from %(first)s to %(last)s", **names)
        if rule.amount_from:
            return self.env._("from %(first)s", **names)
        return rule.amount_to and self.env._("up to %(last)s", **names)

    def _goods_in_words(self, rule):
        match rule.goods:
            case "unshipped":
                return self.env._("before shipping")
            case "shipped":
                return self.env._("while on the way")
            case "received":
                return self.env._("once received")
        return ""

    def _seal_in_words(self, rule):
        match rule.seal:
            case "sealed":
                return self.env._("when unopened")
            case "opened":
                return self.env._("when opened")
        return ""

    def _days_in_words(self, rule):
        names = {"first": rule.days_from, "last": rule.days_to}
        if rule.days_from and rule.days_to:
            return self.env._(
                "from day %(first)s to day %(last)s after receipt", **names
            )
        if rule.days_from:
            return self.env._("from day %(first)s after receipt", **names)
        return rule.days_to and self.env._("up to day %(last)s after receipt", **names)

    def _returns_in_words(self, rule):
        return rule.returns_min and self.env._(
            "after %(count)s or more returns in %(days)s days",
            count=rule.returns_min,
            days=rule.returns_days,
        )

    def _ordered_in_words(self, rule):
        pattern = self.env._("d MMM y")
        first, last = (
            format_date(self.env, day, date_format=pattern)
            for day in (rule.ordered_from, rule.ordered_to)
        )
        if first and last:
            return self.env._(
                "when bought %(first)s – %(last)s", first=first, last=last
            )
        if first:
            return self.env._("when bought from %(first)s", first=first)
        return last and self.env._("when bought up to %(last)s", last=last)
