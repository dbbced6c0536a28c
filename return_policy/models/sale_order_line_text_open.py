"""The sentences of verdicts which let goods come back or leave it to a person."""

from odoo import models

from ..policy.decision import Code


class SaleOrderLineTextOpen(models.Model):
    """Word what is allowed and what waits for a person."""

    _inherit = "sale.order.line"

    def _return_sentence_open(self, decision, names):
        """Word the verdicts which let goods come back."""
        match decision.code:
            case Code.IN_WINDOW:
                return self.env._(
                    "Returnable without a reason until %(until)s 24:00 (%(signed)s)",
                    **names,
                )
            case Code.NOT_RECEIVED if names["until"]:
                return self.env._(
                    "Returnable without a reason until %(until)s 24:00 (%(signed)s); "
                    "the window has not begun",
                    **names,
                )
            case Code.NOT_RECEIVED:
                return self.env._(
                    "Returnable without a reason: the window of %(days)s begins the "
                    "day after the buyer signs for the parcel",
                    **names,
                )
            case Code.NOT_SHIPPED:
                return self.env._("Not shipped yet: refundable without a return")
            case Code.QUALITY if names["until"]:
                return self.env._(
                    "Returnable as faulty until %(until)s 24:00 (%(signed)s); a person "
                    "approves it (%(quality)s)",
                    **names,
                )
            case Code.QUALITY:
                return self.env._(
                    "Returnable as faulty; a person approves it (%(quality)s)", **names
                )
        return ""

    def _return_sentence_judged(self, decision, names):
        """Word what a person has to judge because a fact or a rule stands open."""
        match decision.code:
            case Code.NO_POLICY:
                return self.env._(
                    "To be judged by a person: no return policy was published when the "
                    "order was confirmed"
                )
            case Code.NO_DATE:
                return self.env._(
                    "To be judged by a person: enter when the buyer signed for it"
                )
            case Code.ASK_OPENED:
                return self.env._(
                    "To be judged by a person: ask whether it was opened; sealed goods "
                    "may come back, opened ones may not (%(law)s)",
                    **names,
                )
            case Code.RULE_BROKEN:
                return self.env._(
                    "To be judged by a person: rule “%(rule)s” can no longer be "
                    "evaluated; repair it and publish the policy again",
                    **names,
                )
            case Code.BELOW_FLOOR:
                return self.env._(
                    "To be judged by a person: rule “%(rule)s” refuses what the law "
                    "gives (%(refusal)s)",
                    **names,
                )
            case Code.RULE_REVIEW:
                return self.env._(
                    "To be judged by a person: rule “%(rule)s” objects, but a fault is "
                    "never refused by itself",
                    **names,
                )
        return ""

    def _return_sentence_by_person(self, decision, names):
        """Word what a person always judges."""
        match decision.code:
            case Code.QUALITY_LATE:
                return self.env._(
                    "To be judged by a person: the quality window ended on %(until)s "
                    "24:00 (%(signed)s); repair, replacement or return (%(quality)s)",
                    **names,
                )
            case Code.REFUND_ONLY:
                return self.env._(
                    "To be judged by a person: a refund without the goods coming back"
                )
            case Code.BY_PERSON:
                return self.env._(
                    "To be judged by a person: %(remedy)s is agreed with the buyer "
                    "case by case",
                    **names,
                )
            case Code.OTHER_REGIME:
                return self.env._(
                    "To be judged by a person: the return window does not bind this "
                    "reason"
                )
            case Code.REMEDY:
                return self._return_sentence_remedy(decision, names)
        return ""
