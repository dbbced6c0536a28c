"""Invoices and their payments earn, where the program says so."""

from odoo import models

from .loyalty_program_earning import INVOICE, PAYMENT


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        """Book the points that a posted invoice earns."""
        posted = super()._post(soft)
        posted._points_earn_by((INVOICE,))
        return posted

    def _invoice_paid_hook(self):
        """Book the points that a paid invoice earns."""
        result = super()._invoice_paid_hook()
        self._points_earn_by((PAYMENT,))
        return result

    def _points_earn_by(self, ways):
        # sudo: account.move - an accountant posts, without rights on points
        if lines := self.sudo()._points_billed_lines():
            lines._points_earn(ways=ways)

    def _points_lose(self):
        # sudo: account.move - an accountant reopens, without rights on points
        self.sudo()._points_billed_lines().filtered(
            lambda line: line.points_earn_at in (INVOICE, PAYMENT)
        )._points_take_back()

    def _points_billed_lines(self):
        """Return the order lines which these documents bill."""
        return self.invoice_line_ids.filtered(
            lambda line: (
                line.sale_line_ids
                and line.move_id.direction_sign * line.price_total < 0
                and line.move_id.is_sale_document(include_receipts=True)
            )
        ).sale_line_ids

    def _points_is_paid(self):
        return self.payment_state in ("in_payment", "paid")
