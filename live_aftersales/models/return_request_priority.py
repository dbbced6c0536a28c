from odoo import api, fields, models

from .live_priority_mixin import USUAL


class ReturnRequest(models.Model):
    """Requests of members start with the priority of their tier."""

    _name = "return.request"
    _inherit = ["return.request", "live.priority.mixin"]

    priority = fields.Selection(
        [("0", "Low"), ("1", "Medium"), ("2", "High"), ("3", "Very High")],
        default=USUAL,
        copy=False,
        tracking=True,
        help="How soon the desk looks at it, on the scale of tickets. Requests of "
        "members start with what their tier gives.",
    )
    member_promise = fields.Char(related="sale_order_id.member_promise")

    @api.model
    def _check_hand_fields(self, vals):
        """Let agents change the priority."""
        return super()._check_hand_fields(
            {name: value for name, value in vals.items() if name != "priority"}
        )
