"""Allowances: money back for goods the buyer keeps, of the price that was paid."""

from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError

from ..policy.amounts import (
    Allowance,
    Part,
    add_parts,
    allowed,
    left_of,
    refund_parts,
    to_units,
)


class ReturnRequestLine(models.Model):
    """Price protection and partial refunds."""

    _inherit = "return.request.line"

    qty_before_allowance = fields.Float(
        "Returned Before",
        digits="Product Unit",
        readonly=True,
        copy=False,
        help="How much of the order line had been given back when this allowance was "
        "settled. It lowers only what the rest gives.",
    )

    def _is_allowance(self):
        """Tell whether an agreed amount is paid and the goods stay."""
        self.ensure_one()
        return self._pays() == "amount"

    def _allowance_values(self, before):
        """Return {allowance: [its Part of the price]}, one after the other.

        Never more than is left of the line for what the buyer still has.

        :param before: {sale line: units given back so far}
        """
        # sudo: sale.order.line - prices, taxes and invoices of the order
        lines = self.sudo().filtered("sale_line_id")
        paid = lines.sale_line_id._origin._return_paid() if lines else {}
        values, earlier = {}, defaultdict(tuple)
        for line in lines:
            sold = line.sale_line_id._origin
            price = paid.get(sold)
            if price is None or not price.whole:
                continue
            units = min(before.get(sold, 0), price.whole)
            known = price.allowances + earlier[sold]
            left = left_of(price.own, price.whole, units, known)
            rest = price.left(units, earlier[sold])
            amount = max(0, min(line._minor(line.amount_agreed), rest))
            values[line] = [allowed(left, amount)]
            earlier[sold] += (Allowance(units, amount),)
        return values

    def _unbilled_allowance(self, settlement):
        """Return what allowances take from goods that come back and are never billed.

        Below zero. The lines are those of one request about one order line.
        """
        sold, request = self.sale_line_id, self.request_id
        price = sold._return_paid()[sold]
        if not price.allowances:
            return Part(sold.id, 0, 0)
        pieces = [part for line in self for part in settlement.pieces[line]]
        given = add_parts(sold.id, [p for p in pieces if p.source == sold.id])
        billed = add_parts(sold.id, settlement.billed[request, sold.id])
        units = sum(settlement.unbilled[line] for line in self)
        back = settlement.before.get(sold, 0) + to_units(
            sum(self.mapped("qty_settled"))
        )
        back = min(back, price.whole)
        natural = refund_parts([price.own], price.whole, back - units, units)[0]
        return Part(
            sold.id,
            given.base - billed.base - natural.base,
            given.tax - billed.tax - natural.tax,
        )

    def _check_quantities(self):
        """Hold allowances to what is left of their lines, too. Needs the lock."""
        result = super()._check_quantities()
        lines = self.filtered(lambda line: line._is_allowance() and not line.is_refused)
        lines._check_allowances(lines._settled_before())
        return result

    def _check_allowances(self, before):
        """Refuse more than is left of what the buyer paid for a line.

        :param before: {sale line: units given back or claimed so far}
        """
        values = self._allowance_values(before)
        for line in self:
            left = line._from_minor(sum(part.total for part in values.get(line, [])))
            if line.currency_id.compare_amounts(line.amount_agreed, left) > 0:
                raise UserError(
                    self.env._(
                        "%(agreed)s for %(product)s is more than the %(left)s left of "
                        "what the buyer paid for it. Lower the amount.",
                        agreed=line.currency_id.format(line.amount_agreed),
                        product=line.product_id.display_name,
                        left=line.currency_id.format(left),
                    )
                )

    def _check_agreed(self):
        """Refuse to pay an allowance whose amount nobody has named."""
        empty = self.filtered(
            lambda line: line.currency_id.compare_amounts(line.amount_agreed, 0) <= 0
        )
        if empty:
            raise UserError(
                self.env._(
                    "Enter the agreed amount for %(products)s: what the buyer gets "
                    "back and keeps the goods.",
                    products=", ".join(empty.mapped("product_id.display_name")),
                )
            )
