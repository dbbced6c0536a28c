"""The verdict in words: one sentence, with days in the policy's time zone."""

from odoo import models
from odoo.tools import format_date

from ..policy.clock import last_day, local_day
from ..policy.decision import Code


class SaleOrderLineText(models.Model):
    """Explain a decision to agent and buyer in their language."""

    _inherit = "sale.order.line"

    def _return_verdict_sentence(self, decision):
        """Return the verdict as one translated sentence, empty where none is due."""
        self.ensure_one()
        names = self._return_verdict_names(decision)
        sentence = (
            self._return_sentence_refused(decision, names)
            or self._return_sentence_open(decision, names)
            or self._return_sentence_judged(decision, names)
        )
        if sentence and decision.unconfirmed:
            return self.env._(
                "%(verdict)s; no purchase confirmation is recorded, so the exclusion "
                "of art. %(article)s does not hold (art. 7, 20)",
                verdict=sentence,
                article=self._return_article(decision.unconfirmed),
            )
        return sentence

    def _return_terms(self):
        """Return the frozen version of the order, or None."""
        # sudo: sale.order - the version is for employees, the sentence for buyers too
        return self.sudo().order_id.return_policy_version_id._to_version()

    def _return_verdict_names(self, decision):
        """Return the parts which the sentences name."""
        version = self._return_terms()
        names = {
            "rule": decision.rule_name,
            "article": self._return_article(decision.clause),
            "days": version.terms.window_days if version else 0,
            "until": "",
            "signed": "",
        }
        if decision.last_moment:
            zone = version.terms.zone
            names["until"] = self._return_day(last_day(decision.last_moment, zone))
            received = local_day(decision.received_at, zone)
            names["signed"] = self._return_signed(decision.assumed, received)
        return names

    def _return_signed(self, assumed, received):
        day = self._return_day(received)
        if assumed:
            return self.env._("taken as signed for on %(day)s", day=day)
        return self.env._("signed for on %(day)s", day=day)

    def _return_day(self, day):
        """Return a day as people write it; the pattern is up to the translator."""
        return format_date(self.env, day, date_format=self.env._("d MMM y"))

    @staticmethod
    def _return_article(clause):
        """Return the article of an exclusion: A6_2 is 6(2)."""
        return f"{clause[1]}({clause[3:]})" if clause else ""

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
                    "Returnable without a reason: the window of %(days)s days begins "
                    "the day after the buyer signs for the parcel",
                    **names,
                )
            case Code.NOT_SHIPPED:
                return self.env._("Not shipped yet: refundable without a return")
            case Code.QUALITY if names["until"]:
                return self.env._(
                    "Returnable as faulty until %(until)s 24:00 (%(signed)s); a person "
                    "approves it (Consumer Law, art. 24)",
                    **names,
                )
            case Code.QUALITY:
                return self.env._(
                    "Returnable as faulty; a person approves it (Consumer Law, art. 24)"
                )
        return ""

    def _return_sentence_judged(self, decision, names):
        """Word the verdicts which a person gives."""
        match decision.code:
            case Code.NO_POLICY | Code.NO_DATE:
                return self._return_sentence_unknown(decision)
            case Code.RULE_BROKEN:
                return self.env._(
                    "To be judged by a person: rule “%(rule)s” can no longer be "
                    "evaluated; repair it and publish the policy again",
                    **names,
                )
            case Code.RULE_REVIEW:
                return self.env._(
                    "To be judged by a person: rule “%(rule)s” objects, but a fault is "
                    "never refused by itself",
                    **names,
                )
            case Code.QUALITY_LATE:
                return self.env._(
                    "To be judged by a person: the quality window ended on %(until)s "
                    "24:00 (%(signed)s); repair, replacement or return (Consumer Law, "
                    "art. 24)",
                    **names,
                )
            case Code.REFUND_ONLY:
                return self.env._(
                    "To be judged by a person: a refund without the goods coming back"
                )
            case Code.OTHER_REGIME:
                return self.env._(
                    "To be judged by a person: the return window does not bind this "
                    "reason"
                )
        return ""

    def _return_sentence_unknown(self, decision):
        """Word what cannot be decided for want of a fact."""
        if decision.code == Code.NO_DATE:
            return self.env._(
                "To be judged by a person: enter when the buyer signed for it"
            )
        return self.env._(
            "To be judged by a person: no return policy was published when the order "
            "was confirmed"
        )

    def _return_sentence_refused(self, decision, names):
        """Word the verdicts which keep goods with the buyer."""
        match decision.code:
            case Code.WINDOW_CLOSED:
                return self.env._(
                    "The return window of %(days)s days ended on %(until)s 24:00 "
                    "(%(signed)s)",
                    **names,
                )
            case Code.NOTHING_LEFT:
                return self.env._(
                    "Nothing left to return: all that was delivered has come back"
                )
            case Code.RULE_REFUSED:
                return self.env._(
                    "Not returnable without a reason: rule “%(rule)s” (7-day return "
                    "rules, art. %(article)s)",
                    **names,
                )
            case Code.EXCLUDED:
                return self._return_sentence_excluded(decision.clause)
        return ""

    def _return_sentence_excluded(self, clause):
        """Word an exclusion by law."""
        sentences = {
            "A6_1": self.env._(
                "Custom-made goods cannot be returned without a reason (7-day return "
                "rules, art. 6(1))"
            ),
            "A6_2": self.env._(
                "Fresh or perishable goods cannot be returned without a reason (7-day "
                "return rules, art. 6(2))"
            ),
            "A6_3": self.env._(
                "Downloaded or unsealed media and software cannot be returned without "
                "a reason (7-day return rules, art. 6(3))"
            ),
            "A6_4": self.env._(
                "Delivered newspapers and periodicals cannot be returned without a "
                "reason (7-day return rules, art. 6(4))"
            ),
            "A7_1": self.env._(
                "The buyer confirmed at the purchase that these goods, whose safety or "
                "quality suffers from opening, cannot be returned without a reason "
                "(7-day return rules, art. 7(1))"
            ),
            "A7_2": self.env._(
                "The buyer confirmed at the purchase that these goods, which lose "
                "value once activated or tried, cannot be returned without a reason "
                "(7-day return rules, art. 7(2))"
            ),
            "A7_3": self.env._(
                "The buyer confirmed at the purchase that these goods, sold as near "
                "expiry or flawed, cannot be returned without a reason (7-day return "
                "rules, art. 7(3))"
            ),
        }
        return sentences.get(clause, "")

    def _return_verdict_chip(self, decision):
        """Return the verdict in a word or two."""
        self.ensure_one()
        if decision.clause:
            article = self._return_article(decision.clause)
            return self.env._("No: art. %(article)s", article=article)
        match decision.code:
            case Code.NOT_SOLD:
                return ""
            case Code.NOT_SHIPPED:
                return self.env._("Not shipped")
            case Code.NOTHING_LEFT:
                return self.env._("All returned")
            case Code.WINDOW_CLOSED:
                return self.env._("Ended %(day)s", day=self._return_chip_day(decision))
        if decision.outcome == "review":
            return self.env._("To be judged")
        if decision.last_moment:
            return self.env._("Until %(day)s", day=self._return_chip_day(decision))
        return self.env._("Returnable")

    def _return_chip_day(self, decision):
        """Return the last day of the window without its year."""
        version = self._return_terms()
        day = last_day(decision.last_moment, version.terms.zone)
        return format_date(self.env, day, date_format=self.env._("d MMM"))
