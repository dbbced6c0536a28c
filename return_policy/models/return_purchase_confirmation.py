"""The buyer's confirmation, at the purchase, that a good cannot be returned."""

from odoo import fields, models


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
