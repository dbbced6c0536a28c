"""The reasons as a buyer chooses among them: a tree of two levels."""

from odoo import api, models


class ReturnReason(models.Model):
    """Reasons of the portal."""

    _inherit = "return.reason"

    @api.model
    def _buyer_reasons(self):
        """Return the reasons a buyer can name: those with nothing below them."""
        reasons = self.search([("active", "=", True)])
        return reasons - reasons.parent_id

    @api.model
    def _buyer_tree(self):
        """Return [(what stands on top, the reasons below it)], in their order.

        What stands deeper is listed below its top; a top without children is its own.
        """
        groups = {}
        for reason in self._buyer_reasons():
            top = reason._path()[0]
            groups.setdefault(top, self.browse())
            groups[top] |= reason
        return [(top, groups[top]) for top in self.union(*groups).sorted()]
