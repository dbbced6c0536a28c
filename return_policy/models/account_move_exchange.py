"""What old goods bring is set against the invoice of the new ones."""

from odoo import models


class AccountMove(models.Model):
    """Both halves of an exchange meet, whichever is posted later."""

    _inherit = "account.move"

    def _post_return_credits(self):
        """Set credit notes against the new order after the old order's invoices."""
        super()._post_return_credits()
        # sudo: return.request - whoever posts
        self.sudo().return_request_id._reconcile_exchanges()

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


class AccountMoveLine(models.Model):
    """Two lines settle each other up to an amount."""

    _inherit = "account.move.line"

    def _match_up_to(self, credit, most):
        """Set this invoice line against one of a credit note; return how much of it.

        Core has no limit beside what the lines are still worth, so where that is more
        the rest stays open, as after a payment of the amount. In another currency
        than the company's it is left to a person.

        :param float most: in the currency of both
        """
        self.ensure_one()
        currency = self.currency_id
        amount = min(self.amount_residual_currency, -credit.amount_residual_currency)
        if self.account_id != credit.account_id or currency != credit.currency_id:
            return 0.0
        if currency.compare_amounts(amount, most) <= 0:
            (self | credit).reconcile()
            return amount
        if (
            currency != self.company_currency_id
            or currency.compare_amounts(most, 0) <= 0
        ):
            return 0.0
        self.env["account.partial.reconcile"].create(
            {
                "debit_move_id": self.id,
                "credit_move_id": credit.id,
                "amount": most,
                "debit_amount_currency": most,
                "credit_amount_currency": most,
            }
        )
        return most
