"""Lines of credit notes made by return requests, exact to the cent."""

from odoo import models

from .return_request_credit import pinned_values


class AccountMoveLine(models.Model):
    """Credit rows from the invoice line they give back."""

    _inherit = "account.move.line"

    def _prepare_return_credit(self, part, quantity, sold):
        """Return the values of a credit row for a part of what this line billed.

        :param sold: the order line the row credits; none for discounts and freight,
            which would be billed again otherwise
        """
        self.ensure_one()
        return {
            **pinned_values(self, part, quantity),
            "product_id": self.product_id.id,
            "product_uom_id": (sold.product_uom_id if sold else self.product_uom_id).id,
            "name": self.name,
            "account_id": self.account_id.id,
            "analytic_distribution": self.analytic_distribution,
            "sale_line_ids": [(6, 0, sold.ids)] if sold else False,
        }
