from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _points_amounts(self):
        """Return {order line: amount in its currency}; what is paid back is negative.

        Few lines bill several order lines; these share by what they cost.
        """
        self.ensure_one()
        amount = -self.move_id.direction_sign * self.price_total
        total = sum(self.sale_line_ids.mapped("price_total"))
        return {
            line: self.currency_id._convert(
                amount * (line.price_total / total if total else 0),
                line.currency_id,
                self.company_id,
                self.date,
                round=False,
            )
            for line in self.sale_line_ids
        }

    def _points_takes_back(self):
        """Tell whether this line takes back what its order line sold or granted.

        Free products have no price: their quantity tells.
        """
        self.ensure_one()
        amount, worth = self.price_total, sum(self.sale_line_ids.mapped("price_total"))
        if not worth:
            amount = self.quantity
            worth = sum(self.sale_line_ids.mapped("product_uom_qty"))
        return self.move_id.direction_sign * amount * worth > 0
