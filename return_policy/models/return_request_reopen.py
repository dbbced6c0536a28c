"""A closed request is not opened again: a new one begins with what it asked for."""

from odoo import models
from odoo.exceptions import UserError

from .return_request import AGENT

CLOSED = {"refused", "cancelled", "expired"}
KEPT = ("remedy", "reason_id", "exchange_product_id", "seal")


class ReturnRequest(models.Model):
    """Opening again."""

    _inherit = "return.request"

    def action_open_again(self):
        """Open a new request with what this one asked for and can still come back."""
        self.ensure_one()
        self._check_may(AGENT)
        self._check_all_in(CLOSED)
        # sudo: sale.order.line - quantities only, of an order the agent may read
        left = self.line_ids.sale_line_id.sudo()._return_quantities()
        lines = [
            (0, 0, values)
            for line in self.line_ids
            if (values := self._prepare_again(line, left[line.sale_line_id.sudo()]))
        ]
        if not lines:
            raise UserError(
                self.env._(
                    "Nothing of %(request)s can be asked for again: everything is in "
                    "another return request.",
                    request=self.name,
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open Again"),
            "res_model": self._name,
            "view_mode": "form",
            "context": {
                "default_sale_order_id": self.sale_order_id.id,
                "default_reason_id": self.reason_id.id,
                "default_note": self.note,
                "default_line_ids": lines,
            },
        }

    def _prepare_again(self, line, quantities):
        """Return the values of a line asked for anew; nothing if all is taken."""
        quantity = line.qty_requested
        if not line.is_unshipped:
            quantity = min(quantity, quantities.returnable)
        if quantity <= 0:
            return None
        return {
            **line._convert_to_write({name: line[name] for name in KEPT}),
            "sale_line_id": line.sale_line_id.id,
            "qty_requested": quantity,
        }
