"""What old goods bring is set against the invoice of the new ones."""

from odoo import models


class AccountMove(models.Model):
    """Both halves of an exchange meet, whichever is posted later."""

    _inherit = "account.move"

    def _post_return_credits(self):
        """Set credit notes against the new order after the old order's invoices."""
        result = super()._post_return_credits()
        # sudo: return.request - whoever posts
        self.sudo().return_request_id._reconcile_exchanges()
        return result

    def _post(self, soft=True):
        """Set the invoice of a new order against the credit for the old goods."""
        posted = super()._post(soft=soft)
        invoices = posted.filtered(lambda move: move.move_type == "out_invoice")
        # sudo: return.request - whoever posts
        orders = invoices.sudo().invoice_line_ids.sale_line_ids.order_id
        orders.exchange_request_id._reconcile_exchanges()
        return posted

    def _open_receivables(self):
        """Return the lines of these moves that are still to be paid."""
        return self.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable" and not line.reconciled
        )

    def _matched_with(self, invoices):
        """Return how much of these credit notes is set against invoices already."""
        partials = self.line_ids.matched_debit_ids.filtered(
            lambda partial: partial.debit_move_id.move_id in invoices
        )
        return sum(partials.mapped("credit_amount_currency"))
