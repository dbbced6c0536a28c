"""Rows that lower a credit note: what the kept goods cost more, and fees."""

from collections import defaultdict

from odoo import models

from ..policy.amounts import Part, add_parts, split
from .return_request_credit import Row

# Kinds whose rows are about the product of their own order line.
OF_A_PRODUCT = ("promotion", "freight")


class ReturnRequest(models.Model):
    """Deductions in the books."""

    _inherit = "return.request"

    def _prepare_deduction_rows(self, settlement):
        """Return exact rows for each deduction, with the taxes of what it lowers."""
        self.ensure_one()
        step, before = settlement.steps[self]
        request = self.with_context(lang=self.partner_id.lang)
        values = request._prepare_deductions(step)[: len(step.deductions)]
        rows = []
        for deduction, vals in zip(step.deductions, values, strict=True):
            name = request.env["return.request.deduction"].new(vals).sentence
            earlier = sum(
                other.amount
                for other in before.deductions
                if (other.kind, other.key) == (deduction.kind, deduction.key)
            )
            weights = self._deduction_weights(deduction, settlement)
            rows += self._split_deduction(deduction, earlier, weights, name)
            if deduction.kind == "promotion":
                rows += self._unbilled_rows(settlement, weights)
        return rows

    def _deduction_weights(self, deduction, settlement):
        """Return {order line: its weight} of the lines a deduction is about."""
        lines = self.env["sale.order.line"]
        if deduction.kind == "promotion":
            sources = settlement.sources(self, deduction.key)
            lines = lines.browse(sorted(sources))
            return {line: abs(self._to_minor(line.price_total)) for line in lines}
        if deduction.kind == "fee":
            settled = settlement.lines(self)
            charged = settled.filtered(lambda line: line.fee_percent or line.fee_flat)
            weights = defaultdict(int)
            for line in charged or settled:
                weights[line.sale_line_id] += self._to_minor(line.amount)
            return weights
        if deduction.kind == "gift":
            return {lines.browse(deduction.key): 1}
        return {self.sale_order_id.order_line.filtered("is_delivery")[:1]: 1}

    def _split_deduction(self, deduction, earlier, weights, name):
        """Return the rows of a deduction, one for each account and set of taxes.

        What was taken and what is given back later are steps of the same sums, so
        that base and tax of both come out even.
        """
        whole = list(weights.values())
        takes = zip(
            weights,
            split(earlier + deduction.amount, whole),
            split(earlier, whole),
            strict=True,
        )
        rows = {}
        for line, after, before in takes:
            now, then = line._return_part(after), line._return_part(before)
            like = line._return_posted_lines()[:1] or line
            part = Part(like.id, then.base - now.base, then.tax - now.tax)
            row = rows.setdefault(
                (getattr(like, "account_id", None), like.tax_ids),
                Row(part, like, name=name, of_product=deduction.kind in OF_A_PRODUCT),
            )
            if row.part is not part:
                row.part = add_parts(like.id, [row.part, part])
        return [row for row in rows.values() if row.part.base or row.part.tax]

    def _unbilled_rows(self, settlement, weights):
        """Return what a discount is too much because its goods were never billed.

        The discount is billed as a whole, whatever of its goods is.
        """
        rows = []
        for line in weights:
            given = add_parts(line.id, settlement.parts_of(self, line))
            billed = add_parts(line.id, settlement.billed[self, line.id])
            gap = Part(line.id, given.base - billed.base, given.tax - billed.tax)
            if gap.total:
                rows.append(Row(gap, line._return_posted_lines()[:1] or line))
        return rows

    def _deduction_bills(self):
        """Return the invoices for deductions of earlier requests of the order."""
        moves = self.sale_order_id.return_request_ids.credit_note_ids
        return moves.filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "posted"
        )

    def _prepare_deduction_bill(self, rows):
        """Return the values of the invoice for deductions of goods never billed."""
        return {
            # sudo: sale.order - whoever settles may not read its payment terms
            **self.sale_order_id.sudo()._prepare_invoice(),
            "return_request_id": self.id,
            "invoice_date": self._today(),
            "ref": self.name,
            "invoice_line_ids": [(0, 0, row.values(-1)) for row in rows],
        }
