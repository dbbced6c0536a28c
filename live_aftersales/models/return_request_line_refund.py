"""Which returns the platform has paid."""

from odoo import api, models


class ReturnRequestLine(models.Model):
    """Refunds of the platform."""

    _inherit = "return.request.line"

    @api.depends("sale_line_id.platform_refunded")
    def _compute_amount(self):
        """Preview less when the platform refunds meanwhile."""
        return super()._compute_amount()

    def _paid_by_platform(self, moment):
        """Return the lines for which the platform paid by then.

        Not store credit, and not what an exchange sets off: we give these ourselves.
        """
        return self.filtered(
            lambda line: (
                line._pays()
                and line.remedy not in ("store_credit", "exchange")
                and line.request_id.approved_at
                and line.request_id.approved_at <= moment
            )
        )
