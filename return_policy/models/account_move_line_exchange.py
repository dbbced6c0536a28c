"""An invoice of new goods and a credit note of old ones settle each other."""

from odoo import models


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
