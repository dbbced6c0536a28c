"""The screen of the warehouse: receive and grade what came back, piece by piece."""

from odoo import api, fields, models

from ..models.return_request import WAREHOUSE


class ReturnRequestInspection(models.TransientModel):
    """The rows to fill in; they are kept, so that another worker can go on."""

    _name = "return.request.inspection"
    _description = "Inspection of Returned Goods"

    unit_ids = fields.Many2many("return.inspected.unit", string="Pieces")
    request_ids = fields.Many2many("return.request", compute="_compute_request_ids")

    @api.depends("unit_ids")
    def _compute_request_ids(self):
        for screen in self:
            screen.request_ids = screen.unit_ids.request_id

    def action_all_new(self):
        """Take every piece nobody graded as new, and finish."""
        self._check_rows()
        self.unit_ids.filtered(lambda unit: not unit.grade).write({"grade": "a"})
        return self.action_done()

    def action_done(self):
        """Receive and inspect what the rows say; goods and money move."""
        self._check_rows()
        # sudo: return.request, return.inspected.unit - the warehouse has no right on
        # orders, and the rows were checked above
        self.request_ids.sudo()._inspect_units(self.unit_ids.sudo())
        return self._next_screen()

    def _check_rows(self):
        self.ensure_one()
        self.check_access("read")
        self.request_ids._check_may(WAREHOUSE)
        self.unit_ids.check_access("write")

    def _next_screen(self):
        return {"type": "ir.actions.act_window_close"}
