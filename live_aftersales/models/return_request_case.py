"""What the platform calls the case, and in which live session it began."""

from odoo import models


class ReturnRequest(models.Model):
    """The case file of a live order."""

    _inherit = "return.request"

    def _case_numbers(self):
        """Add the platform's names of order and shop, and the session."""
        order = self.sale_order_id
        return [
            *super()._case_numbers(),
            (self.env._("Platform"), order.platform_id.name),
            (self.env._("Platform Order No."), order.platform_order_ref),
            (self.env._("Shop"), order.shop_id.name),
            (self.env._("Live Session"), order.live_session_id.display_name),
            (self.env._("Host"), order.live_host_id.name),
        ]
