"""What the buyer reads of an order line when asking for a return."""

from odoo import models

from ..policy.decision import Code, Outcome
from ..policy.states import COUNTED


class SaleOrderLine(models.Model):
    """Words for the buyer."""

    _inherit = "sale.order.line"

    def _buyer_given_up(self):
        """Return {line: quantity cancelled before shipping, or asked to be}."""
        groups = self.env["return.request.line"]._read_group(
            [
                ("sale_line_id", "in", self.ids),
                ("state", "in", COUNTED),
                ("is_unshipped", "=", True),
                ("is_refused", "=", False),
            ],
            ["sale_line_id"],
            ["qty_requested:sum"],
        )
        return dict(groups)

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
