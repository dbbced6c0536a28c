"""What an order line would cost today."""

from odoo import fields, models


class SaleOrderLine(models.Model):
    """Prices of today."""

    _inherit = "sale.order.line"

    def _return_price_today(self, quantity):
        """Return today's price of a quantity in the order's currency, taxes included.

        By the pricelist of the order and for the quantity that was ordered, so that a
        price by quantity stays what it was.
        """
        self.ensure_one()
        order, product = self.order_id, self.product_id
        product = product.with_context(**self._get_product_price_context())
        price = order.pricelist_id._get_product_price(
            product,
            self.product_uom_qty,
            currency=order.currency_id,
            uom=self.product_uom_id,
            date=fields.Datetime.now(),
        )
        unit = product._get_tax_included_unit_price_from_price(
            price,
            product_taxes=product.taxes_id._filter_taxes_by_company(self.company_id),
            fiscal_position=order.fiscal_position_id,
        )
        totals = self.tax_ids.compute_all(
            unit,
            currency=order.currency_id,
            quantity=quantity,
            product=product,
            partner=order.partner_shipping_id,
        )
        return totals["total_included"]
