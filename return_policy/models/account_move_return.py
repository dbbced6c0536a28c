"""The request behind a credit note."""

from odoo import api, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """The way back to the request."""

    _inherit = "account.move"

    def action_view_return(self):
        """Open the return request whose credit note this is."""
        self.ensure_one()
        self.check_access("read")
        return self.return_request_id._open_linked()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_return(self):
        """Keep what books the money of a return: it is decided, and counted."""
        # sudo: return.request - whoever deletes, its number is told
        requests = self.sudo().return_request_id
        if requests:
            raise UserError(
                self.env._(
                    "This document books the money of %(requests)s and stays. Correct "
                    "it in draft, or reverse it.",
                    requests=", ".join(requests.mapped("name")),
                )
            )
