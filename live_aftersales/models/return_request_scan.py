"""The warehouse finds a return by the number of the platform, too."""

from odoo import api, models
from odoo.fields import Domain


class ReturnRequest(models.Model):
    """Scanning."""

    _inherit = "return.request"

    @api.model
    def _scan_domain(self, code):
        """Find returns by the platform's order number."""
        return super()._scan_domain(code) | Domain(
            "sale_order_id.platform_order_ref", "=", code
        )
