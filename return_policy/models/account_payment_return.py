"""The request behind the payment of a refund."""

from odoo import fields, models

from .return_request import AGENT


class AccountPayment(models.Model):
    """The way back to the request."""

    _inherit = "account.payment"

    return_refund_ids = fields.One2many(
        "return.refund", "payment_id", string="Refunds of Returns", groups=AGENT
    )

    _return_loose_idx = models.Index(
        "(partner_id) WHERE payment_type = 'outbound' AND partner_type = 'customer'"
    )

    def action_view_return(self):
        """Open the return request whose money this is."""
        self.ensure_one()
        self.check_access("read")
        return self.return_refund_ids.request_id._open_linked()
