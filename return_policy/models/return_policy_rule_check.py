"""What a rule must hold to mean something; each error says where and what to do."""

from odoo import api, models
from odoo.exceptions import ValidationError

from ..policy.clock import MOST_DAYS

# What a kind of effect cannot do without. A fee, a bonus, evidence or goods to keep
# may be nothing: that is a rule which makes an exception.
NEEDED = {
    "window": "window_days",
    "remedies": "remedy_ids",
    "approval": "approval",
    "freight": "freight_payer",
    "refund_on": "refund_on",
}
NUMBERS = (
    "window_days",
    "percent",
    "amount",
    "evidence_photos",
    "days_from",
    "days_to",
    "amount_from",
    "amount_to",
    "returns_min",
    "returns_days",
)
MOST = {"percent": 100, "window_days": MOST_DAYS, "returns_days": MOST_DAYS}
RANGES = (
    ("days_from", "days_to"),
    ("amount_from", "amount_to"),
    ("ordered_from", "ordered_to"),
)


class ReturnPolicyRuleCheck(models.Model):
    """Refuse rules that do nothing or cannot be meant."""

    _inherit = "return.policy.rule"

    @api.constrains("policy_id", "kind", "needs_confirmation", *NEEDED.values())
    def _check_effect(self):
        for rule in self:
            if not rule.kind:
                raise ValidationError(
                    self.env._(
                        "Rule “%(rule)s” does nothing: choose one in the field Effect.",
                        rule=rule.name,
                    )
                )
            needed = NEEDED.get(rule.kind)
            if needed and not rule[needed]:
                raise ValidationError(rule._missing_sentence(needed))
            if rule.needs_confirmation and rule.kind != "refuse":
                raise ValidationError(
                    self.env._(
                        "Rule “%(rule)s”: %(field)s is only for rules that refuse. "
                        "Untick it, or choose the effect Refuse.",
                        **rule._check_names("needs_confirmation"),
                    )
                )

    def _missing_sentence(self, name):
        names = self._check_names(name)
        if name == "window_days":
            return self.env._(
                "Rule “%(rule)s” is about the return window: enter at least 1 in the "
                "field %(field)s. To take nothing back, choose the effect Refuse.",
                **names,
            )
        return self.env._(
            "Rule “%(rule)s” does nothing yet: choose in the field %(field)s.", **names
        )

    def write(self, vals):
        """Refuse to put a rule into a policy its writer may not write."""
        result = super().write(vals)
        if "policy_id" in vals:
            # core asks record rules before the write only
            self.check_access("write")
        return result

    @api.constrains(*NUMBERS)
    def _check_numbers(self):
        for rule in self:
            negative = next((name for name in NUMBERS if rule[name] < 0), None)
            if negative:
                raise ValidationError(
                    self.env._(
                        "Rule “%(rule)s”: %(field)s cannot be negative. Enter 0 or "
                        "more.",
                        **rule._check_names(negative),
                    )
                )
            over = next((name for name in MOST if rule[name] > MOST[name]), None)
            if over:
                raise ValidationError(
                    self.env._(
                        "Rule “%(rule)s”: %(field)s cannot be over %(most)s. Enter 0 "
                        "to %(most)s.",
                        **rule._check_names(over),
                        most=MOST[over],
                    )
                )

    @api.constrains("returns_min", "returns_days")
    def _check_returns(self):
        for rule in self:
            if rule.returns_min and not rule.returns_days:
                raise ValidationError(
                    self.env._(
                        "Rule “%(rule)s” counts earlier returns: enter in the field "
                        "%(field)s how many days back.",
                        **rule._check_names("returns_days"),
                    )
                )

    @api.constrains(*(name for pair in RANGES for name in pair))
    def _check_ranges(self):
        for rule in self:
            for first, last in RANGES:
                if rule[first] and rule[last] and rule[first] > rule[last]:
                    raise ValidationError(
                        self.env._(
                            "Rule “%(rule)s” could never fit: %(field)s lies after "
                            "%(last)s. Swap them, or leave one empty.",
                            **rule._check_names(first),
                            last=rule._check_names(last)["field"],
                        )
                    )

    def _check_names(self, name):
        """Return the rule and the label of a field, as messages name them."""
        return {
            "rule": self.name,
            "field": self._fields[name]._description_string(self.env),
        }
