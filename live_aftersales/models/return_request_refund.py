"""What the platform gave back of the goods in a request."""

from odoo import api, fields, models


class ReturnRequest(models.Model):
    """Refunds of the platform."""

    _inherit = "return.request"

    platform_refunded = fields.Monetary(
        string="Refunded on the Platform",
        compute="_compute_platform_refunded",
        compute_sudo=True,
        help="What the platform gave back for these goods, as its order files tell. "
        "Whatever was not for a return approved here cannot be given back again.",
    )

    @api.depends("line_ids.sale_line_id.platform_refunded")
    def _compute_platform_refunded(self):
        for request in self:
            sold = request.line_ids.sale_line_id
            request.platform_refunded = sum(sold.mapped("platform_refunded"))
