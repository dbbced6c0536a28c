"""Whether points of returned goods may lower what is paid back for them."""

from odoo import models


class ReturnRequestLine(models.Model):
    """Goods whose earned points may have been spent."""

    _inherit = "return.request.line"

    def _nets_points(self):
        """Tell whether the credit note of these lines is lowered by spent points.

        Goods that were never billed get none: their points become a debt.
        """
        # sudo: sale.order.line - whoever settles has no rights on points
        programs = self.sudo().sale_line_id.points_program_id
        return "net" in programs.mapped("points_negative") and all(
            line.uom_id.compare(line.sale_line_id.qty_invoiced_posted, line.qty_settled)
            >= 0
            for line in self
        )
