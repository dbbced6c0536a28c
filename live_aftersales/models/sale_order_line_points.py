"""What returns pay back of goods that were never billed moves points as well."""

from odoo import models


class SaleOrderLine(models.Model):
    """Points of goods without a bill."""

    _inherit = "sale.order.line"

    def _points_billed(self):
        """Count what returns have paid back without a credit note, too."""
        billed = super()._points_billed()
        none = self.env["account.move"]
        for line, amount in self._points_unbilled_returns().items():
            billed[line].append((none, 0.0, amount))
        return billed

    def _points_unbilled_returns(self):
        """Return {line: what was paid back of it without a credit note}."""
        # sudo: return.request.line - points follow every return, whoever looks
        settled = self.env["return.request.line"].sudo()
        quantities = dict(
            settled._read_group(
                [("sale_line_id", "in", self.ids), ("qty_settled", ">", 0)],
                ["sale_line_id"],
                ["qty_settled:sum"],
            )
        )
        found = {}
        for line in self.filtered(lambda line: line in quantities):
            rest = quantities[line] - line._points_credited_quantity()
            if line.product_uom_id.compare(rest, 0) > 0:
                found[line] = line.price_total * rest / line.product_uom_qty
        return found

    def _points_credited_quantity(self):
        """Return how much of this line the credit notes of returns are about.

        Whether they are posted or not: these move points by themselves.
        """
        return sum(
            line.product_uom_id._compute_quantity(line.quantity, self.product_uom_id)
            for line in self.invoice_lines
            if line.move_id.move_type == "out_refund" and line.move_id.return_request_id
        )
