"""The request behind a transfer: goods that come back, or go out for it."""

from odoo import models


class StockPicking(models.Model):
    """The way back to the request."""

    _inherit = "stock.picking"

    def action_view_return(self):
        """Open the return request to which the goods belong."""
        self.ensure_one()
        self.check_access("read")
        requests = self.return_request_id | self.replacement_request_id
        return requests._open_linked()
