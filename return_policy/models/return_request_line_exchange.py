"""What a return line brings for other goods, and what those cost."""

from odoo import fields, models

from ..policy.amounts import add_parts
from .return_request_credit import pinned_values


class ReturnRequestLine(models.Model):
    """Exchanges for another product or variant."""

    _inherit = "return.request.line"

    exchange_order_line_id = fields.Many2one(
        "sale.order.line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The line of the new order by which the buyer gets the other goods.",
    )

    def _credit_units(self):
        """Return what these lines bring, in the smallest unit."""
        return sum(line._minor(line.amount) for line in self)

    def _sent_in_one(self, product):
        """Count in the unit of the new order; of kits by what its deliveries ask."""
        row = self.exchange_order_line_id
        if not row:
            return super()._sent_in_one(product)
        if product == row.product_id:
            return row.product_uom_id._compute_quantity(1, product.uom_id, round=False)
        parts = row.move_ids.filtered(
            lambda move: move.product_id == product and move.state != "cancel"
        )
        return sum(parts.mapped("product_qty")) / (row.product_uom_qty or 1)

    def _exchange_unit(self):
        """Return the unit in which the new goods are ordered."""
        self.ensure_one()
        unit = self.exchange_product_id.uom_id
        return self.uom_id if self.uom_id._has_common_reference(unit) else unit

    def _prepare_exchange_line(self, pieces):
        """Return the values of the order line of the new goods.

        :param pieces: of what was paid for the old ones, see ``_return_values``
        """
        self.ensure_one()
        values = {
            "product_id": self.exchange_product_id.id,
            "product_uom_qty": self.qty_approved,
            "product_uom_id": self._exchange_unit().id,
        }
        if self._costs_the_same():
            part = add_parts(self.sale_line_id.id, pieces)
            paid = pinned_values(self.sale_line_id, part, self.qty_approved)
            del paid["quantity"]
            values |= paid
        return values

    def _costs_the_same(self):
        """Tell whether this is another variant at the same price today.

        Whoever only changes size or colour neither wins nor loses by a promotion.
        """
        self.ensure_one()
        products = self.product_id | self.exchange_product_id
        if len(products.product_tmpl_id) > 1:
            return False
        order = self.sale_order_id
        prices = order.pricelist_id._get_products_price(
            products, self.qty_approved, currency=order.currency_id, uom=self.uom_id
        )
        one, other = prices.values()
        return not order.currency_id.compare_amounts(one, other)

    def _replacement_state(self):
        """Wait for the buyer where the new goods cost more and are not paid yet."""
        word = super()._replacement_state()
        order = self.exchange_order_line_id.order_id
        is_waiting = word in ("to_ship", "waiting")
        return "to_collect" if is_waiting and order._is_to_collect() else word

    def _is_due(self):
        """Give no credit for old goods before the new ones are certain."""
        order = self.exchange_order_line_id.order_id
        return super()._is_due() and not order._is_to_collect()

    def _reserve_replacements(self):
        """Leave to the new order what that order brings."""
        same = self.filtered(lambda line: not line._is_exchange_for_other())
        return super(ReturnRequestLine, same)._reserve_replacements()

    def _trim_replacements(self):
        """Lower the new order where less came back than was promised."""
        result = super()._trim_replacements()
        other = self.filtered(lambda line: line._is_exchange_for_other())
        for request, lines in other.grouped("request_id").items():
            if not any(line._qty_to_send() for line in request._exchange_lines()):
                request._cancel_exchange_orders()
            elif request.exchange_order_id:
                lines._lower_exchange_lines()
        return result

    def _lower_exchange_lines(self):
        """Order no more than the buyer gets; the deliveries are lowered already."""
        locked = self.exchange_order_line_id.order_id.filtered("locked")
        locked.action_unlock()
        for line in self:
            row, quantity = line.exchange_order_line_id, line._qty_to_send()
            if row.product_uom_id.compare(quantity, row.product_uom_qty) < 0:
                row.with_context(skip_procurement=True).product_uom_qty = quantity
        locked.action_lock()

    def _lots(self):
        """Keep exchanges out of thresholds, gifts and delivery: they are no returns."""
        returned = self.filtered(lambda line: not line._is_exchange_for_other())
        return super(ReturnRequestLine, returned)._lots()
