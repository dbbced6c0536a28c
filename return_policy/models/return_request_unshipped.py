"""Goods that have not left: taken out of their deliveries, never billed again."""

from collections import Counter

from odoo import models


class ReturnRequest(models.Model):
    """Cancelling before shipping."""

    _inherit = "return.request"

    def _freeze_verdicts(self):
        """Note which lines are about goods that have not left, too."""
        result = super()._freeze_verdicts()
        # sudo: return.request.line - frozen by the step, never written by hand
        self.sudo().line_ids._freeze_unshipped()
        return result

    def _cancel_unshipped(self):
        """Take what is cancelled before shipping out of its deliveries.

        The order keeps its lines as a record; what is cancelled is neither shipped
        nor billed any more.
        """
        cancelled = Counter()
        for line in self.line_ids:
            if line.is_unshipped and not line.is_refused:
                cancelled[line.sale_line_id] += line.qty_approved
        self.env["sale.order.line"]._return_cancel_moves(cancelled)
