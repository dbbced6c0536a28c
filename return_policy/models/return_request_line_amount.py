"""What a return line is worth, and the two guards over all doors."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..policy.amounts import refund_parts, to_units


class ReturnRequestLine(models.Model):
    """Amounts and quantity guard."""

    _inherit = "return.request.line"

    fee_percent = fields.Float(
        "Fee (%)",
        compute="_compute_verdict",
        store=True,
        copy=False,
        help="Restocking fee on what is given back for the line, as the policy said "
        "when the request was submitted. None where the merchant answers for it.",
    )
    fee_flat = fields.Monetary(
        "Fee per Piece",
        compute="_compute_verdict",
        store=True,
        copy=False,
        help="Restocking fee for each piece, beside the percentage.",
    )
    is_voluntary = fields.Boolean(
        "By the Buyer's Choice",
        compute="_compute_is_voluntary",
        store=True,
        copy=False,
        help="Whether the buyer, or nobody, answered for the reason when the request "
        "was submitted. Only then is anything deducted for the line.",
    )

    @api.depends("reason_id", "request_id.reason_id")
    def _compute_is_voluntary(self):
        """Look who answers for the reason; what it says later changes nothing."""
        for line in self:
            line.is_voluntary = line._buyer_reason()._to_reason().is_buyers

    def _fee_values(self, decision):
        """Return the values of the fee a decision names, in the order's currency."""
        self.ensure_one()
        percent, flat = 0.0, 0.0
        if decision:
            company = self.company_id.currency_id
            percent = decision.fee_percent / 100
            flat = decision.fee_flat * (company.rounding or 0.01)
        if flat:
            # sudo: sale.order - its date only
            order = self.sale_order_id.sudo()
            flat = company._convert(
                flat, self.currency_id, self.company_id, order.date_order
            )
        return {"fee_percent": percent, "fee_flat": flat}

    def _minor(self, amount):
        return round(amount / (self.currency_id.rounding or 0.01))

    def _from_minor(self, units):
        rounding = self.currency_id.rounding or 0.01
        return self.currency_id.round(units * rounding) if self.currency_id else 0.0

    def _wanted(self):
        """Return {line: quantity} as asked or approved, where it is what is paid."""
        return {
            line: line.qty_approved or line.qty_requested
            for line in self
            if line.sale_line_id and line._pays() == "share" and not line.is_refused
        }

    def _claimed_before(self):
        """Return {sale line: claimed quantity} of requests other than these lines."""
        # sudo: return.request.line - to tell these from the others alone
        mine = self._origin.sudo()
        return {
            sold: to_units(sum((asked - mine).mapped("qty_claimed")))
            for sold, asked in self.sale_line_id._origin._return_counted().items()
        }

    def _settled_before(self):
        """Return {sale line: settled quantity} of all lines."""
        return {
            sold: to_units(sum(asked.filtered("is_settled").mapped("qty_settled")))
            for sold, asked in self.sale_line_id._origin._return_asked().items()
        }

    def _return_values(self, wanted, before=None):
        """Return {line: pieces of what the buyer paid} for the wanted quantities.

        Lines of one order line follow each other, so that their amounts add up.
        """
        # sudo: sale.order.line - prices, taxes and invoices of the order
        lines = self.sudo()
        if not lines.sale_line_id:
            return {}
        paid = lines.sale_line_id._origin._return_paid()
        taken = dict(lines._claimed_before() if before is None else before)
        values = {}
        for line, quantity in wanted.items():
            sold = line.sale_line_id._origin
            price = paid.get(sold)
            if price is None or not price.whole:
                continue
            already = min(taken.get(sold, 0), price.whole)
            units = min(to_units(quantity), price.whole - already)
            values[line] = refund_parts(
                price.parts, price.whole, already, max(units, 0), price.allowances
            )
            taken[sold] = already + units
        return values

    def _check_before_submit(self):
        """Refuse empty requests, zero quantities and lines nobody can return."""
        for request in self.request_id or self.env["return.request"]:
            if not request.line_ids:
                raise UserError(
                    self.env._("%(request)s has no lines.", request=request.name)
                )
        # sudo: sale.order.line - what kind of line it is
        wrong = self.filtered(
            lambda line: (
                line.uom_id.compare(line.qty_requested, 0) <= 0
                or line.sale_line_id.sudo()._is_return_side_line()
            )
        )
        if wrong:
            raise UserError(
                self.env._(
                    "Enter a quantity above 0 for %(products)s, or remove the line.",
                    products=", ".join(wrong.mapped("product_id.display_name")),
                )
            )

    def _check_quantities(self):
        """Refuse to take back more than was delivered, whoever asks. Needs the lock."""
        # sudo: sale.order.line - the guard must see every request and transfer
        for sold, found in self.sudo().sale_line_id._return_quantities().items():
            if sold.product_uom_id.compare(found.returnable, 0) < 0:
                mine = self.filtered(lambda line, sold=sold: line.sale_line_id == sold)
                asked = sum(mine.mapped("qty_held"))
                raise UserError(
                    self.env._(
                        "%(product)s on order %(order)s: %(asked)g asked for, but only "
                        "%(left)g can still be returned (%(delivered)g delivered and "
                        "not returned, the rest is in other return requests or "
                        "transfers). Lower the quantity.",
                        product=sold.product_id.display_name,
                        order=sold.order_id.name,
                        asked=asked,
                        left=max(found.returnable + asked, 0),
                        delivered=found.delivered,
                    )
                )
