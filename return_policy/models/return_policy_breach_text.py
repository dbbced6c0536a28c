"""What undercuts the law, in sentences: each names the article and the rule."""

from odoo import models

# The duty of the law, as ``Floor.articles`` calls it, behind each code of a breach.
DUTIES = {
    "window": "window",
    "rolls": "rolls",
    "quality_window": "quality",
    "refund_days": "refund",
    "refund_clock": "refund",
    "outbound": "outbound",
    "fee": "fee",
    "remedies": "remedies",
    "freight": "freight",
    "refusal": "refusal",
    "confirmation": "confirmation",
    "opened": "refusal",
    "b2b": "refusal",
}


class ReturnPolicyBreachText(models.Model):
    """Word every breach of a legal floor, and say what to do about it."""

    _inherit = "return.policy"

    def _breach_in_words(self, breach):
        """Return one sentence for a breach of the floor of this policy."""
        names = {
            "law": self._cite(self.preset, DUTIES[breach.code], breach.article),
            "rule": breach.rule,
            "number": breach.number,
            "after": breach.number + 1,
        }
        if not breach.rule_key:
            return self._breaches_of_terms(names)[breach.code]
        return (self._breaches_of_rules(names) | self._breaches_by_refusing(names))[
            breach.code
        ]

    def _breaches_of_terms(self, names):
        return {
            "window": self.env._(
                "The return window must be at least %(number)s days (%(law)s).", **names
            ),
            "rolls": self.env._(
                "A return window may not end on a day off: choose another “Last Day” "
                "(%(law)s).",
                **names,
            ),
            "quality_window": self.env._(
                "The quality window must be at least %(number)s days (%(law)s).",
                **names,
            ),
            "refund_days": self.env._(
                "The money must be back within %(number)s days (%(law)s).", **names
            ),
            "refund_clock": self.env._(
                "The %(number)s days for the refund count from the buyer's notice "
                "(%(law)s).",
                **names,
            ),
            "outbound": self.env._(
                "When everything is returned, the price of standard delivery must be "
                "given back (%(law)s).",
                **names,
            ),
            "fee": self.env._(
                "No restocking fee may be kept in the first %(number)s days (%(law)s). "
                "Take it off the policy; a rule may keep one from day %(after)s.",
                **names,
            ),
            "remedies": self.env._(
                "“Return and refund” must be among the remedies (%(law)s).", **names
            ),
        }

    def _breaches_of_rules(self, names):
        return {
            "window": self.env._(
                "Rule “%(rule)s” gives less than the %(number)s days of the return "
                "window (%(law)s).",
                **names,
            ),
            "quality_window": self.env._(
                "Rule “%(rule)s” gives less than the %(number)s days of the quality "
                "window (%(law)s).",
                **names,
            ),
            "fee": self.env._(
                "Rule “%(rule)s” keeps a restocking fee in the first %(number)s days "
                "(%(law)s). Let it begin on day %(after)s.",
                **names,
            ),
            "remedies": self.env._(
                "Rule “%(rule)s” takes away “Return and refund” in the first "
                "%(number)s days (%(law)s). Offer it, or let the rule begin on day "
                "%(after)s.",
                **names,
            ),
            "freight": self.env._(
                "Rule “%(rule)s” makes the buyer pay the way back for reasons which "
                "somebody else answers for (%(law)s). Take those reasons off the rule.",
                **names,
            ),
        }

    def _breaches_by_refusing(self, names):
        return {
            "refusal": self.env._(
                "Rule “%(rule)s” refuses returns without a reason which the law gives "
                "(%(law)s). Refuse on a legal ground which this law knows, or let the "
                "rule begin after the window of the law.",
                **names,
            ),
            "confirmation": self.env._(
                "Rule “%(rule)s” refuses without asking for the buyer's recorded "
                "confirmation (%(law)s). Tick “Needs Purchase Confirmation” on the "
                "rule.",
                **names,
            ),
            "opened": self.env._(
                "Rule “%(rule)s” refuses goods which may still be sealed (%(law)s). "
                "Let it fit opened goods only.",
                **names,
            ),
            "b2b": self.env._(
                "Rule “%(rule)s” refuses buyers who are no consumers, and does not say "
                "who they are (%(law)s). Fill in its field “Customers”.",
                **names,
            ),
        }
