"""The buyer's confirmation, at the purchase, that a good cannot be returned."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ReturnPurchaseConfirmation(models.Model):
    """Proof that the buyer agreed before paying; without it art. 7 refuses nothing."""

    _name = "return.purchase.confirmation"
    _description = "Purchase Confirmation"
    _order = "confirmed_at desc, id desc"

    sale_line_id = fields.Many2one(
        "sale.order.line",
        string="Order Line",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="sale_line_id.company_id", store=True, index=True
    )
    confirmed_at = fields.Datetime(
        required=True,
        default=fields.Datetime.now,
        help="When the buyer agreed, at the purchase.",
    )
    wording = fields.Text(
        required=True, help="The exact words the buyer was shown and agreed to."
    )
    source = fields.Selection(
        [("import", "Import"), ("portal", "Portal"), ("agent", "Agent")],
        required=True,
        default="agent",
        help="How the confirmation came to us.",
    )

    @api.constrains("confirmed_at")
    def _check_confirmed_at(self):
        now = fields.Datetime.now()
        for confirmation in self:
            if confirmation.confirmed_at > now:
                raise ValidationError(
                    self.env._(
                        "The buyer cannot have confirmed “%(line)s” at a time to come.",
                        line=confirmation.sale_line_id.display_name,
                    )
                )
