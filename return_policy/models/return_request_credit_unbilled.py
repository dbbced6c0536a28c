"""What a request gives back of lines that were never billed, or billed too far."""

from collections import defaultdict

from odoo import models

from ..policy.amounts import Part, add_parts
from .return_request_credit import Row


class ReturnRequest(models.Model):
    """Discounts, deliveries and down payments of goods that were never billed."""

    _inherit = "return.request"

    def _prepare_gap_rows(self, settlement):
        """Return rows for discounts billed for goods that never will be.

        A discount is billed as a whole, whatever of its goods is. One that was not
        billed yet is billed for the goods kept only.
        """
        self.ensure_one()
        rows = self._prepare_allowance_gap_rows(settlement)
        handled = self._repriced_sources(settlement)
        for source, parts in self._side_parts(settlement).items():
            if source in handled:
                continue
            line = self.env["sale.order.line"].browse(source)
            given = add_parts(source, parts)
            billed = add_parts(source, settlement.billed[self, source])
            gap = Part(source, given.base - billed.base, given.tax - billed.tax)
            posted = line._return_posted_lines()[:1]
            if gap.total and posted:
                rows.append(Row(gap, posted))
            elif gap.total:
                line.return_unbilled += gap.total * self.currency_id.rounding
        return rows

    def _repriced_sources(self, settlement):
        """Return the discounts which deductions of this request look after."""
        step = settlement.step(self)
        return {
            source
            for deduction in step.deductions
            if deduction.kind == "promotion"
            for source in settlement.sources(self, deduction.key)
        }

    def _side_parts(self, settlement):
        """Return {discount line id: its pieces in what this request gives back}."""
        found = defaultdict(list)
        for line in settlement.lines(self):
            for part in settlement.pieces[line]:
                if part.source != line.sale_line_id.id:
                    found[part.source].append(part)
        return found

    def _note_unbilled_freight(self, parts):
        """Bill no delivery that is given back before it was billed."""
        for part in parts:
            line = self.env["sale.order.line"].browse(part.source)
            if not line._return_posted_lines():
                line.return_unbilled += part.total * self.currency_id.rounding

    def _prepare_downpayment_rows(self):
        """Return rows for down payments once nothing of the order is left to bill."""
        self.ensure_one()
        lines = self.sale_order_id.order_line
        paid_ahead = lines.filtered(lambda line: line.is_downpayment)
        if not paid_ahead or any((lines - paid_ahead).mapped("qty_to_invoice")):
            return []
        rows = []
        for line in paid_ahead.filtered("invoice_lines"):
            left = line._return_downpayment_left()
            billed = line._return_posted_lines()[:1]
            if left.total > 0 and billed:
                rows.append(Row(left, billed, 1, line))
        return rows
