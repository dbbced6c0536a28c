"""The sentences of verdicts which keep goods with the buyer."""

from odoo import models

from ..policy.decision import Code


class SaleOrderLineTextRefused(models.Model):
    """Word refusals, each with the ground it stands on."""

    _inherit = "sale.order.line"

    def _return_sentence_refused(self, decision, names):
        """Word the verdicts which refuse."""
        if decision.outcome != "refused":
            return ""
        match decision.code:
            case Code.WINDOW_CLOSED:
                return self.env._(
                    "The return window of %(days)s ended on %(until)s 24:00 "
                    "(%(signed)s)",
                    **names,
                )
            case Code.NOTHING_LEFT:
                return self.env._(
                    "Nothing left to return: all that was delivered has come back"
                )
            case Code.SHIPPED:
                return self.env._(
                    "Too late to cancel: the goods are shipped; they may be returned "
                    "once they arrived"
                )
            case Code.RULE_REFUSED:
                return self.env._(
                    "Not returnable without a reason: rule “%(rule)s” (%(law)s)",
                    **names,
                )
            case Code.EXCLUDED:
                return self._return_sentence_excluded(decision, names)
            case Code.REMEDY:
                return self._return_sentence_remedy(decision, names)
        return ""

    def _return_sentence_remedy(self, decision, names):
        """Word a remedy which is not on offer, and what is."""
        offered = self._return_remedies(decision.effects.remedies, style="standard")
        names = {**names, "offered": offered or self.env._("nothing")}
        if decision.outcome == "review":
            return self.env._(
                "To be judged by a person: %(remedy)s is not offered; offered: "
                "%(offered)s",
                **names,
            )
        return self.env._("%(remedy)s is not offered; offered: %(offered)s", **names)

    def _return_sentence_excluded(self, decision, names):
        """Word a ground of the law: as such, as confirmed, or once opened."""
        clause = decision.version.floor.clause(decision.clause)
        ground = self._return_ground(decision.clause)
        names = {**names, "ground": ground or decision.clause}
        if clause and clause.needs_confirmation:
            return self.env._(
                "Not returnable without a reason: %(ground)s, as the buyer confirmed "
                "at the purchase (%(law)s)",
                **names,
            )
        if clause and clause.if_opened:
            return self.env._(
                "Not returnable without a reason: %(ground)s, and opened (%(law)s)",
                **names,
            )
        return self.env._(
            "Not returnable without a reason: %(ground)s (%(law)s)", **names
        )

    def _return_ground(self, code):
        """Return what the goods of a ground are."""
        return (self._return_grounds_goods() | self._return_grounds_other()).get(code)

    def _return_grounds_goods(self):
        return {
            "A6_1": self.env._("custom-made goods"),
            "A6_2": self.env._("fresh or perishable goods"),
            "A6_3": self.env._("downloaded goods, or media and software under a seal"),
            "A6_4": self.env._("newspapers and periodicals"),
            "A7_1": self.env._("goods whose safety or quality suffers from opening"),
            "A7_2": self.env._("goods that lose value once activated or tried"),
            "A7_3": self.env._("goods sold as near expiry or flawed"),
        }

    def _return_grounds_other(self):
        return {
            "E16_B": self.env._("goods whose price follows a financial market"),
            "E16_F": self.env._("goods that were mixed inseparably with others"),
            "E16_G": self.env._("alcohol ordered at one price for a later delivery"),
            "E16_H": self.env._("an urgent repair the buyer called for"),
            "E16_K": self.env._("goods bought at a public auction"),
            "E16_L": self.env._("lodging, transport or leisure booked for a date"),
            "E16_M": self.env._("digital content begun with the buyer's consent"),
            "B2B": self.env._("the buyer is no consumer"),
        }
