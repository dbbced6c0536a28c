"""Repairs of returned goods, from quarantine and back to the buyer."""

from odoo import fields, models


class ReturnRequest(models.Model):
    """Repairs."""

    _inherit = "return.request"

    repair_state = fields.Selection(
        [
            ("none", "None"),
            ("to_repair", "To repair"),
            ("to_return", "To send back"),
            ("returned", "Sent back"),
        ],
        default="none",
        readonly=True,
        copy=False,
        string="Repair",
    )
