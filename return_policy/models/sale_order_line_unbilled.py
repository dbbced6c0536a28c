"""Discounts and deliveries given back before they were billed."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..policy.amounts import Part, share
from .return_request_credit import pinned_values


class SaleOrderLine(models.Model):
    """What is left to bill of lines that stand beside the goods."""

    _inherit = "sale.order.line"

    return_unbilled = fields.Monetary(
        "Given Back before Billing",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The part of this discount or delivery which return requests settled "
        "before it was billed, taxes included. Only the rest is billed.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Begin with nothing given back; a context may have a default, too."""
        for vals in [self.default_get(["return_unbilled"]), *vals_list]:
            self._return_check_unbilled(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Let the steps of returns alone say what was given back."""
        self._return_check_unbilled(vals)
        return super().write(vals)

    @api.model
    def _return_check_unbilled(self, vals):
        if vals.get("return_unbilled") is not None and not self.env.su:
            raise AccessError(
                self.env._(
                    "These fields of a return request are written by its steps, not by "
                    "hand: %(fields)s. Use the buttons on the request.",
                    fields="return_unbilled",
                )
            )

    def _return_is_undone(self):
        """Tell whether nothing of this line is left to be billed."""
        self.ensure_one()
        whole, given = abs(self.price_total), abs(self.return_unbilled)
        return bool(given) and self.currency_id.compare_amounts(given, whole) >= 0

    @api.depends("return_unbilled")
    def _compute_qty_to_invoice(self):
        """Bill nothing of what was given back as a whole."""
        result = super()._compute_qty_to_invoice()
        for line in self:
            if line._return_is_undone() and not line.qty_invoiced:
                line.qty_to_invoice = 0
        return result

    @api.depends("return_unbilled")
    def _compute_invoice_status(self):
        """Call a line invoiced when nothing of it is left to be billed."""
        result = super()._compute_invoice_status()
        for line in self:
            if line.invoice_status == "no" and line._return_is_undone():
                line.invoice_status = "invoiced"
        return result

    def _prepare_invoice_line(self, **optional_values):
        """Bill what is left, to the cent."""
        values = super()._prepare_invoice_line(**optional_values)
        if self.return_unbilled and not self.qty_invoiced:
            units = self.order_id._return_units
            left = units(self.price_total) - units(self.return_unbilled)
            part = self._return_part(left)
            values.update(pinned_values(self, part, self.qty_to_invoice or 1))
        return values

    def _return_own_paid(self):
        """Count what was given back before it could be billed as paid for."""
        whole, base, tax = super()._return_own_paid()
        if self.return_unbilled and self._return_posted_lines():
            units = self.order_id._return_units
            given = units(self.return_unbilled)
            net, total = abs(units(self.price_subtotal)), abs(units(self.price_total))
            given_base = share(given, net, total)
            base, tax = base + given_base, tax + given - given_base
        return whole, base, tax

    def _return_downpayment_left(self):
        """Return what of a down payment no invoice has used and nothing gave back."""
        self.ensure_one()
        units, base, total = self.order_id._return_units, 0, 0
        for billed in self.invoice_lines:
            if billed.parent_state == "posted":
                sign = -billed.move_id.direction_sign
                base += sign * units(billed.price_subtotal)
                total += sign * units(billed.price_total)
        return Part(self.id, base, total - base)
