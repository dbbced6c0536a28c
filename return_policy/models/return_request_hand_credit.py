"""Credit notes that people made by hand while a request was open."""

from odoo import fields, models


class ReturnRequest(models.Model):
    """Requests whose goods were credited by hand."""

    _inherit = "return.request"

    hand_credit_ids = fields.Many2many(
        "account.move",
        "return_request_hand_credit_rel",
        "request_id",
        "move_id",
        string="Credit Notes by Hand",
        readonly=True,
        copy=False,
        help="Posted by hand for the same goods while this request was open.",
    )
