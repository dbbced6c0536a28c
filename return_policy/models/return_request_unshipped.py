"""Goods that have not left: taken out of their deliveries, never billed again."""

from odoo import models


class ReturnRequest(models.Model):
    """Cancelling before shipping."""

    _inherit = "return.request"

    def _cancel_unshipped(self):
        """Take what is cancelled before shipping out of its deliveries."""
