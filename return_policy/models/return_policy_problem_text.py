"""What is wrong with a draft in itself, in sentences: each names its rule."""

from odoo import models


class ReturnPolicyProblemText(models.Model):
    """Word every problem which the pure checks find, and say what to do about it."""

    _inherit = "return.policy"

    def _problem_in_words(self, problem):
        """Return one sentence for a ``Problem`` of policy/checks.py."""
        if not problem.rule_key:
            return self._problems_of_terms()[problem.code]
        names = {"rule": problem.rule, "other": problem.other}
        words = (
            self._problems_of_effect(names)
            | self._problems_of_ranges(names)
            | self._problems_of_goods(names)
            | self._problems_of_order(names)
        )
        return words[problem.code]

    def _problems_of_terms(self):
        return {
            "zone": self.env._("Choose a time zone: days are counted in it."),
            "no_remedies": self.env._("Choose at least one remedy to offer."),
            "refund_on": self.env._("Choose the step at which the money goes back."),
            "freight_payer": self.env._("Choose who pays the way back."),
            "no_transit": self.env._(
                "Receipt is never assumed: without a signing date the return window "
                "stays open."
            ),
            "uninformed": self.env._(
                "Buyers are not told of their right beforehand: the law gives them "
                "months more to return, and you pay the way back."
            ),
            "auto_refund": self.env._(
                "Any amount goes back at once, without goods and without a person: set "
                "a ceiling for automatic approval, or a later step for the refund."
            ),
        }

    def _problems_of_effect(self, names):
        return {
            "no_effect": self.env._(
                "Rule “%(rule)s” does nothing: its effect has no value which it could "
                "have.",
                **names,
            ),
            "remedies_apart": self.env._(
                "Rule “%(rule)s” offers none of the remedies which it is for.", **names
            ),
            "returns_days": self.env._(
                "Rule “%(rule)s” counts the customer's returns: say in how many days.",
                **names,
            ),
            "returns_min": self.env._(
                "Rule “%(rule)s” says in how many days returns are counted, and not "
                "how many: it fits every customer.",
                **names,
            ),
        }

    def _problems_of_ranges(self, names):
        return {
            "days_crossed": self.env._(
                "Rule “%(rule)s” can never fit: its days end before they begin.",
                **names,
            ),
            "amounts_crossed": self.env._(
                "Rule “%(rule)s” can never fit: its prices end before they begin.",
                **names,
            ),
            "dates_crossed": self.env._(
                "Rule “%(rule)s” can never fit: its dates of purchase end before they "
                "begin.",
                **names,
            ),
            "past": self.env._(
                "Rule “%(rule)s” is over: no new order is bought on its dates.", **names
            ),
        }

    def _problems_of_goods(self, names):
        return {
            "all_goods": self.env._(
                "Rule “%(rule)s” refuses all goods on a ground which only some have. "
                "Fill in its field “Products”.",
                **names,
            ),
            "unshipped_days": self.env._(
                "Rule “%(rule)s” can never fit: goods which are not shipped have no "
                "days since receipt.",
                **names,
            ),
            "shipped_days": self.env._(
                "Rule “%(rule)s” can never fit: goods on the way have no days since "
                "receipt.",
                **names,
            ),
            "unshipped_opened": self.env._(
                "Rule “%(rule)s” can never fit: nobody opened goods which are not "
                "shipped.",
                **names,
            ),
        }

    def _problems_of_order(self, names):
        return {
            "contradiction": self.env._(
                "Rule “%(rule)s” contradicts rule “%(other)s”, which fits the same "
                "cases and comes first. Remove one, or change what it fits.",
                **names,
            ),
            "shadowed": self.env._(
                "Rule “%(rule)s” never gets its turn: rule “%(other)s” comes first and "
                "fits whenever it does. Drag it above.",
                **names,
            ),
        }
