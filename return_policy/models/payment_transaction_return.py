"""The request behind a refund that went through a provider."""

from odoo import fields, models

from .return_request import AGENT


class PaymentTransaction(models.Model):
    """The way back to the request."""

    _inherit = "payment.transaction"

    return_refund_ids = fields.One2many(
        "return.refund",
        "refund_transaction_id",
        string="Refunds of Returns",
        groups=AGENT,
    )

    def action_view_return(self):
        """Open the return request whose money this is."""
        self.ensure_one()
        self.check_access("read")
        return self.return_refund_ids.request_id._open_linked()
