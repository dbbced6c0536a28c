"""What a credit note by hand leaves of the money of a return line."""

from odoo import models


class ReturnRequestLine(models.Model):
    """Amounts that another door has changed."""

    _inherit = "return.request.line"

    def _refresh_amounts(self):
        """Preview the money of open lines again."""
        self.env.add_to_compute(self._fields["amount"], self)

    def _check_beside_hand_credits(self):
        """Refuse to promise the buyer what was given back in another way already."""
        # sudo: sale.order - the guard must see every door
        sold = self.sudo().sale_line_id
        paid, by_hand = sold._return_paid(), sold.order_id._return_hand_credited()
        for line in self.sudo():
            worth, given = paid[line.sale_line_id], by_hand.get(line.sale_line_id, 0)
            line.request_id._check_cap(
                line.sale_line_id, line._minor(line.amount_agreed), given, worth.total
            )

    def _compute_amount(self):
        """Preview less where a credit note by hand gave back a part already."""
        result = super()._compute_amount()
        open_lines = self.filtered(lambda line: line.amount and not line.is_settled)
        # sudo: account.move - the preview must see every credit note
        orders = open_lines.sudo().sale_order_id._origin
        by_hand = orders._return_hand_credited()
        lowered = open_lines.filtered(
            lambda line: by_hand.get(line.sale_line_id._origin)
        )
        # sudo: sale.order.line - what was billed in all, also by a second invoice
        paid = lowered.sudo().sale_line_id._origin._return_paid() if lowered else {}
        for line in lowered:
            sold = line.sale_line_id._origin
            left = max(0, paid[sold].own.total - by_hand[sold])
            line.amount = min(line.amount, line._from_minor(left))
        return result
