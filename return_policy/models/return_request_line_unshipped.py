"""Return lines about goods that have not left: noted once, held to what is left."""

from odoo import models
from odoo.exceptions import UserError

GIVEN_UP = ("refund_only", "return_refund", "store_credit")


class ReturnRequestLine(models.Model):
    """Lines about goods that have not left."""

    _inherit = "return.request.line"

    def _freeze_unshipped(self):
        """Note for good whether the goods had left when the request was submitted."""
        left = self.sale_line_id._return_left()
        for line in self:
            line.is_unshipped = line._remedy().undoes or (
                line.remedy in GIVEN_UP and line.sale_line_id not in left
            )

    def _check_quantities(self):
        """Hold cancellations to what has not left, too. Needs the lock."""
        result = super()._check_quantities()
        # sudo: sale.order.line - the guard must see every request and transfer
        mine = self.sudo().filtered(
            lambda line: line.is_unshipped and not line.is_refused
        )
        cancelled = mine.sale_line_id._return_cancelled()
        for sold in mine.sale_line_id:
            still = sold.product_uom_qty - sold._return_delivered_first()
            if sold.product_uom_id.compare(cancelled.get(sold, 0), still) > 0:
                asked = mine.filtered(lambda line, sold=sold: line.sale_line_id == sold)
                asked._raise_shipped(still - cancelled[sold])
        return result

    def _raise_shipped(self, missing):
        sold, asked = self.sale_line_id, sum(self.mapped("qty_claimed"))
        raise UserError(
            self.env._(
                "%(product)s on order %(order)s: %(asked)g to be cancelled before "
                "shipping, but only %(left)g has not left and is not cancelled yet. "
                "Lower the quantity, or refuse this and have what was shipped sent "
                "back: ask for “Return and refund”.",
                product=sold.product_id.display_name,
                order=sold.order_id.name,
                asked=asked,
                left=max(asked + missing, 0),
            )
        )
