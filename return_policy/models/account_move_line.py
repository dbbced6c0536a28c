"""Lines of credit notes made by return requests, exact to the cent."""

from odoo import models

from .return_request_credit import price_of, tax_amounts


class AccountMoveLine(models.Model):
    """Credit rows from the invoice line they give back."""

    _inherit = "account.move.line"

    def _prepare_return_credit(self, part, quantity, sold):
        """Return the values of a credit row for a part of what this line billed.

        ``extra_tax_data`` is how core itself pins amounts that no price would give.

        :param sold: the order line the row credits; none for discounts and freight,
            which would be billed again otherwise
        """
        self.ensure_one()
        currency = self.currency_id
        price, discount = price_of(currency, part, quantity, self)
        taxes = self.tax_ids._flatten_taxes_and_sort_them()[0]
        amounts = tax_amounts(currency, part, taxes)
        pinned = {
            "manual_total_excluded_currency": part.base * currency.rounding,
            "manual_tax_amounts": amounts,
            "currency_id": currency.id,
            "price_unit": price,
            "discount": discount,
            "quantity": quantity,
            "rate": 0,
        }
        return {
            "product_id": self.product_id.id,
            "product_uom_id": (sold.product_uom_id if sold else self.product_uom_id).id,
            "name": self.name,
            "account_id": self.account_id.id,
            "analytic_distribution": self.analytic_distribution,
            "quantity": quantity,
            "price_unit": price,
            "discount": discount,
            "tax_ids": [(6, 0, self.tax_ids.ids)],
            "sale_line_ids": [(6, 0, sold.ids)] if sold else False,
            "extra_tax_data": pinned if amounts else False,
        }
