"""The request behind a credit note."""

from odoo import models


class AccountMove(models.Model):
    """The way back to the request."""

    _inherit = "account.move"

    def action_view_return(self):
        """Open the return request whose credit note this is."""
        self.ensure_one()
        self.check_access("read")
        return self.return_request_id._open_linked()
