"""What a free delivery would have cost, and what of its price was for speed."""

from odoo import fields, models
from odoo.exceptions import UserError


class DeliveryCarrier(models.Model):
    """Prices of deliveries as returns need them."""

    _inherit = "delivery.carrier"

    return_express_extra = fields.Float(
        string="Surcharge for Express",
        min_display_digits="Product Price",
        help="The part of the price which buyers pay for more than standard delivery, "
        "taxes as in the price. It is not given back when they return everything "
        "without a reason (EU directive 2011/83, art. 13(2)).",
    )

    def _return_delivery_terms(self, order, price):
        """Return what a new delivery line of an order remembers for returns.

        :param float price: what the buyer pays, as on the line
        """
        self.ensure_one()
        extra = self._return_converted(order, self.return_express_extra)
        free_from, waived = 0.0, 0.0
        if order.currency_id.is_zero(price):
            free_from, waived = self._return_free_from(order)
        return {
            "return_express_extra": min(extra, price),
            "return_free_from": free_from,
            "return_freight_waived": waived,
        }

    def _return_free_from(self, order):
        """Return (amount from which delivery is free, what it costs below it).

        Both are zero where it is free whatever the goods cost.
        """
        if self.delivery_type == "base_on_rule":
            return self._return_free_by_rule(order)
        if self.delivery_type == "fixed" and self.free_over:
            price = self.rate_shipment(order)["carrier_price"]
            return self._return_converted(order, self.amount), price
        return 0.0, 0.0

    def _return_free_by_rule(self, order):
        """Return the same of the price rules: the highest step to a free delivery."""
        measures = self._return_measures(order)
        total = order._compute_amount_total_without_delivery()
        total = self._compute_currency(order, total, "pricelist_to_company")
        by_price = self.price_rule_ids.filtered(lambda rule: rule.variable == "price")
        unit = order.company_id.currency_id.rounding
        steps = {rule.max_value for rule in by_price}
        steps |= {limit + unit for limit in steps}
        for limit in sorted((s for s in steps if s <= total), reverse=True):
            price = self._return_rule_price(limit - unit, measures)
            if price and not self._return_rule_price(limit, measures):
                price = self._apply_margins(self._return_converted(order, price), order)
                return self._return_converted(order, limit), price
        return 0.0, 0.0

    def _return_measures(self, order):
        """Return weight, volume and quantity of an order as price rules know them."""
        measures = dict.fromkeys(("weight", "volume", "quantity", "wv"), 0.0)
        for line in order.order_line:
            product = line.product_id
            if line.is_delivery or product.type != "consu":
                continue
            quantity = line.product_uom_id._compute_quantity(
                line.product_uom_qty, product.uom_id
            )
            measures["quantity"] += quantity
            measures["weight"] += product.weight * quantity
            measures["volume"] += product.volume * quantity
            measures["wv"] += product.weight * product.volume * quantity
        measures["weight"] = order.shipping_weight or measures["weight"]
        return measures

    def _return_rule_price(self, total, measures):
        try:
            # sudo: delivery.price.rule - sellers may not read them
            return self.sudo()._get_price_from_picking(total, **measures)
        except UserError:
            return 0.0

    def _return_converted(self, order, amount):
        return self._compute_currency(order, amount, "company_to_pricelist")
