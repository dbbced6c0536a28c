"""The screen of the warehouse: receive and grade what came back, piece by piece."""

from odoo import api, fields, models

from ..models.return_request import WAREHOUSE


class ReturnRequestInspection(models.TransientModel):
    """The rows to fill in; they are kept, so that another worker can go on."""

    _name = "return.request.inspection"
    _description = "Inspection of Returned Goods"

    unit_ids = fields.Many2many("return.inspected.unit", string="Pieces")
    warehouse_id = fields.Many2one(
        "stock.warehouse",
        string="Received at",
        compute="_compute_warehouse_id",
        store=True,
        readonly=False,
        help="Choose your warehouse if the parcel came to another one than expected.",
    )
    request_ids = fields.Many2many("return.request", compute="_compute_request_ids")

    @api.depends("unit_ids")
    def _compute_request_ids(self):
        for screen in self:
            screen.request_ids = screen.unit_ids.request_id

    @api.depends("unit_ids")
    def _compute_display_name(self):
        for screen in self:
            screen.display_name = ", ".join(screen.unit_ids.request_id.mapped("name"))

    @api.depends("unit_ids")
    def _compute_warehouse_id(self):
        for screen in self:
            # sudo: stock.move - which warehouse expects the goods
            places = screen.sudo().request_ids._expecting_warehouses()
            screen.warehouse_id = places if len(places) == 1 else False

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
        requests = self.request_ids.sudo()
        if self.warehouse_id:
            requests._receive_at(self.warehouse_id)
        requests._inspect_units(self.unit_ids.sudo())
        return self._next_screen()

    def action_empty(self):
        """Note that the parcel was empty: no money, a lead sorts it out."""
        self._check_rows()
        # sudo: return.request, return.inspected.unit - as above
        self.request_ids.sudo()._inspect_empty(self.unit_ids.sudo())
        return self._next_screen()

    def action_something_else(self):
        """Note goods in the parcel which nobody asked back."""
        self._check_rows()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Something Else Came"),
            "res_model": "return.extra.item",
            "view_mode": "form",
            "target": "new",
            "context": {"default_request_id": self.request_ids[:1].id},
        }

    def _check_rows(self):
        self.ensure_one()
        self.check_access("read")
        self.request_ids._check_may(WAREHOUSE)
        self.unit_ids.check_access("write")

    def _next_screen(self):
        """Return to the scanner, and say there what became of the parcel."""
        labels = dict(
            self.env["return.request"]
            ._fields["goods_state"]
            ._description_selection(self.env)
        )
        done = ", ".join(
            f"{request.name}: {labels[request.goods_state]}"
            for request in self.request_ids
        )
        action = self.env["ir.actions.client"]._for_xml_id(
            "return_policy.return_scan_action"
        )
        return {**action, "target": "main", "params": {"done": done}}
