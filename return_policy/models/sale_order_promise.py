"""What buyers were promised beyond the policy when they ordered."""

from odoo import api, models


class SaleOrderPromise(models.Model):
    """Nothing by itself: addons that promise more say so here.

    A promise is made once, with the order, and only ever betters the verdict.
    """

    _inherit = "sale.order"

    def _return_promises(self):
        """Return {order id: Promise} of those of these orders which have one."""
        return {}

    @api.model
    def _return_most_promised_days(self):
        """Return the most days that any order's window is longer."""
        return 0
