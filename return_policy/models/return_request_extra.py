"""What came with a return and was not asked back."""

from odoo import api, fields, models

from .return_request import AGENT, WAREHOUSE


class ReturnRequest(models.Model):
    """Extra goods."""

    _inherit = "return.request"

    extra_ids = fields.One2many("return.extra.item", "request_id", readonly=True)
    extra_count = fields.Integer(compute="_compute_extra_count")

    @api.depends("extra_ids")
    def _compute_extra_count(self):
        for request in self:
            request.extra_count = len(request.extra_ids)

    def action_view_extras(self):
        """Open what came besides."""
        self._check_may(AGENT, WAREHOUSE)
        return self._open(self.env._("Extra Goods"), self.extra_ids)
