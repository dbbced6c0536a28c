"""Where the goods of a request come back to: which warehouse, which address."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class ReturnRequest(models.Model):
    """The return warehouse."""

    _inherit = "return.request"

    return_warehouse_id = fields.Many2one(
        "stock.warehouse",
        string="Return to",
        check_company=True,
        copy=False,
        index="btree_not_null",
        help="The warehouse that takes the goods back. Empty: each comes back to the "
        "warehouse it was sent from. Open return transfers follow.",
    )

    def write(self, vals):
        """Let open transfers follow the warehouse."""
        result = super().write(vals)
        if "return_warehouse_id" in vals:
            # sudo: stock.picking - agents may not write transfers
            self.sudo()._transfers_follow()
        return result

    def _transfers_follow(self):
        """Send what is still expected to the warehouse that was chosen."""
        for warehouse, requests in self.grouped("return_warehouse_id").items():
            moves = requests.line_ids._open_moves()
            if not warehouse or not moves:
                continue
            warehouse._check_return_location()
            kind = {"picking_type_id": warehouse.in_type_id.id}
            target = warehouse.return_location_id.id
            for source, found in moves.grouped("location_id").items():
                places = {"location_id": source.id, "location_dest_id": target}
                # another type of transfer brings its own places, so they come last
                found.picking_id.write(kind)
                found.write({**kind, "warehouse_id": warehouse.id})
                found.picking_id.write(places)
                found.write(places)
                found.move_line_ids.write(places)

    @api.constrains("return_warehouse_id")
    def _check_return_warehouse(self):
        self.return_warehouse_id._check_return_location()

    def _receive_at(self, warehouse):
        """Take the goods in at another warehouse than the one they were expected at."""
        todo = self.filtered(
            lambda request: warehouse not in request._expecting_warehouses()
        )
        if todo.filtered("received_at"):
            raise UserError(self.env._("These goods were received already."))
        # sudo: return.request - the step writes what people may not write by hand
        todo.sudo().write({"return_warehouse_id": warehouse.id})

    def _expecting_warehouses(self):
        """Return the warehouses which expect goods of these requests."""
        moves = self.line_ids._open_moves()
        return moves.picking_id.picking_type_id.warehouse_id

    def _return_place(self):
        """Return the address the buyer sends the goods to, a res.partner."""
        self.ensure_one()
        # sudo: stock.picking, stock.warehouse - the address alone
        request = self.sudo()
        pickings = request.picking_ids.filtered(lambda p: p.state != "cancel")
        warehouse = (
            request.return_warehouse_id
            or pickings[:1].picking_type_id.warehouse_id
            or request.sale_order_id.warehouse_id
        )
        own = warehouse.return_partner_id or warehouse.partner_id
        return own or request.company_id.partner_id
