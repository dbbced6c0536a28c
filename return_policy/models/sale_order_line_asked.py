"""What return requests ask of order lines, read once for all who add it up."""

from odoo import models

from ..policy.states import COUNTED


class SaleOrderLine(models.Model):
    """Requests about order lines."""

    _inherit = "sale.order.line"

    def _return_asked(self):
        """Return {line: what every return request asks of it}, drafts too.

        From memory where a step has read it before: a step adds the same lines up for
        several guards, and nothing of them has to be written before.
        """
        # sudo: return.request.line - the guards must see every request
        lines = self.sudo().return_request_line_ids
        # what somebody has open in a form is not stored
        stored = lines.filtered("id")
        return stored.grouped(lambda line: line.sale_line_id.with_env(self.env))

    def _return_counted(self):
        """Return {line: what requests ask of it which hold quantities and money}."""
        return {
            line: asked.filtered(lambda found: found.state in COUNTED)
            for line, asked in self._return_asked().items()
        }
