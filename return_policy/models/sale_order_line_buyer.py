"""What the buyer reads of an order line when asking for a return."""

from odoo import models

from ..policy.decision import Code, Outcome


class SaleOrderLine(models.Model):
    """Words for the buyer."""

    _inherit = "sale.order.line"

    def _buyer_by_piece(self, most):
        """Tell whether only whole pieces can be asked for, at most so many."""
        unit = self.env.ref("uom.product_uom_unit", raise_if_not_found=False)
        return self.product_uom_id == unit and not most % 1

    def _buyer_rest(self, quantity):
        """Return what to do about goods which have not been sent yet, or nothing."""
        if not quantity:
            return ""
        return self.env._(
            "Not sent yet: %(quantity)g. Write to us to cancel that.", quantity=quantity
        )

    def _buyer_sentence(self, decision, most):
        """Return the verdict on a line as its buyer has to know it."""
        if not most and decision.outcome != Outcome.REFUSED:
            return self.env._(
                "All of it was returned, or is in a return request already."
            )
        if decision.code == Code.ASK_OPENED:
            return self.env._(
                "Whether it can come back depends on whether it was opened. We ask on "
                "the next page."
            )
        if decision.outcome == Outcome.REVIEW:
            return self.env._("One of us looks at it and answers you.")
        return self._return_verdict_sentence(decision)
