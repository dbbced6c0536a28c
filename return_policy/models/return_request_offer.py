"""Partial refunds offered to the buyer, who accepts or declines."""

from odoo import fields, models


class ReturnRequest(models.Model):
    """Offers."""

    _inherit = "return.request"

    offer_state = fields.Selection(
        [
            ("none", "None"),
            ("open", "Waiting for the buyer"),
            ("accepted", "Accepted"),
            ("declined", "Declined"),
        ],
        default="none",
        readonly=True,
        copy=False,
        string="Offer",
    )
