"""Allowances in the books: rows that lower the price, whatever was billed so far."""

from odoo import fields, models

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
        labels = dict(
            self.env["return.request.line"]
            .with_context(lang=self.partner_id.lang)
            ._fields["remedy"]
            ._description_selection(self.with_context(lang=self.partner_id.lang).env)
        )
        rows = []
        for line in settlement.lines(self).filtered(lambda line: line._is_allowance()):
            sold = line.sale_line_id
            for part in settlement.pieces[line]:
                like = sold._return_posted_lines()[:1] or sold
                name = f"{labels[line.remedy]}: {sold.name}"
                rows.append(Row(part, like, name=name, of_product=False))
        return [row for row in rows if row.part.total]

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
            "invoice_date": fields.Date.context_today(self),
            "invoice_payment_term_id": False,
            "ref": self.name,
            "invoice_line_ids": [(0, 0, row.values()) for row in rows],
        }
