"""Grade what came in, in one short list."""

from odoo import fields, models


class ReturnRequestInspection(models.TransientModel):
    """The lines to grade; empty grades mean as new."""

    _name = "return.request.inspection"
    _description = "Inspection of Returned Goods"

    line_ids = fields.Many2many("return.request.line", string="Goods")

    def action_done(self):
        """Finish the inspection of the requests shown."""
        self.ensure_one()
        self.check_access("read")
        return self.line_ids.request_id.action_inspect()
