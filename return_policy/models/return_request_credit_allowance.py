"""Allowances in the books: rows that lower the price, whatever was billed so far."""

from odoo import models

from .return_request_credit import Row


class ReturnRequest(models.Model):
    """Credit notes for goods that stay with the buyer."""

    _inherit = "return.request"

    def _prepare_allowance_rows(self, settlement):
        """Return a row for each allowance, taxed and booked like its goods.

        It names no product and no order line: no goods move and nothing of them is
        billed again. What is not billed yet is billed in full later, and this credit
        note is set against that invoice.
        """
        self.ensure_one()
        return [
            self._allowance_row(line.sale_line_id, part, line.remedy)
            for line in settlement.lines(self)
            if line._is_allowance()
            for part in settlement.pieces[line]
            if part.total
        ]

    def _allowance_row(self, sold, part, remedy):
        """Return a row about an allowance on an order line, in the buyer's language."""
        buyers = self.with_context(lang=self.partner_id.lang)
        labels = buyers.line_ids._fields["remedy"]._description_selection(buyers.env)
        like = sold._return_posted_lines()[:1] or sold
        name = f"{dict(labels)[remedy]}: {sold.name}"
        return Row(part, like, name=name, of_product=False)

    def _prepare_allowance_gap_rows(self, settlement):
        """Return rows which take back allowances on goods that are never billed.

        They were credited ahead of an invoice which will not come for goods that come
        back before it; those give what was paid less the allowance.
        """
        self.ensure_one()
        lines = settlement.lines(self).filtered(settlement.unbilled.get)
        rows = []
        for sold, mine in lines.grouped("sale_line_id").items():
            part = mine._unbilled_allowance(settlement)
            if part.total:
                given = sold.return_request_line_ids.filtered(
                    lambda line: line.is_settled and line._is_allowance()
                )
                rows.append(self._allowance_row(sold, part, given[-1:].remedy))
        return rows

    def _billed_by(self, rows):
        """Return the invoices of what rows are written like."""
        likes = [row.like for row in rows if row.like._name == "account.move.line"]
        return self.env["account.move"].union(*(like.move_id for like in likes))

    def _prepare_credit_ahead(self, rows):
        """Return the values of a credit note for what nothing was billed of yet."""
        return {
            # sudo: sale.order - whoever settles may not read its payment terms
            **self.sale_order_id.sudo()._prepare_invoice(),
            "move_type": "out_refund",
            "return_request_id": self.id,
            "invoice_date": self._today(),
            "invoice_payment_term_id": False,
            "ref": self.name,
            "invoice_line_ids": [(0, 0, row.values()) for row in rows],
        }
