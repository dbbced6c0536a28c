"""Return transfers of requests, built without core's wizard.

Core's wizard ``stock.return.picking`` goes away after 19.0 and costs some 55 queries
a case; this file is the only place that knows how a return transfer looks.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .return_request import WAREHOUSE


class StockPicking(models.Model):
    """A transfer that brings the goods of a return request back."""

    _inherit = "stock.picking"

    return_request_id = fields.Many2one(
        "return.request",
        compute="_compute_return_request_id",
        store=True,
        index="btree_not_null",
        ondelete="restrict",
        groups="stock.group_stock_user,return_policy.group_return_agent",
    )
    return_to_inspect = fields.Boolean(
        compute="_compute_return_steps",
        groups="base.group_user",
    )
    return_to_scan = fields.Boolean(
        compute="_compute_return_steps",
        groups="base.group_user",
    )

    @api.depends("move_ids.return_request_line_id")
    def _compute_return_request_id(self):
        """Know the request by the moves, so that backorders know it as well."""
        for picking in self:
            picking.return_request_id = picking.move_ids.return_request_line_id[
                :1
            ].request_id

    def _compute_return_steps(self):
        for picking in self:
            # sudo: return.request - only whether a button shows
            request = picking.sudo().return_request_id
            picking.return_to_inspect = request.goods_state == "received"
            is_sent = request.goods_state == "in_transit"
            picking.return_to_scan = is_sent and not request.scanned_at

    def action_inspect_return(self):
        """Open the inspection of the request this transfer belongs to."""
        self.ensure_one()
        if not self.env.user.has_group(WAREHOUSE):
            raise AccessError(
                self.env._("Only the returns warehouse may grade returned goods.")
            )
        self.check_access("read")
        return self.return_request_id.action_open_inspection()

    def action_return_scanned(self):
        """Note that the carrier has the parcel of the request behind this transfer."""
        self.ensure_one()
        self.check_access("read")
        # sudo: stock.picking - stock users without a role in returns get a clear error
        request = self.sudo().return_request_id
        return request.with_env(self.env).action_scanned()

    def _create_returns(self, origins):
        """Create the return transfers of all lines in one go.

        :param origins: [(return line, delivery move, quantity)]
        """
        groups = {}
        delivered = self.env["stock.move"].union(
            *(move for _line, move, _qty in origins)
        )
        # read at once what follows looks at move by move
        delivered.mapped("reference_ids")
        delivered.picking_id.mapped("partner_id")
        for line, move, quantity in origins:
            warehouse = move._return_warehouse(line.request_id)
            key = (line.request_id, move.picking_id, move.location_dest_id, warehouse)
            groups.setdefault(key, []).append((line, move, quantity))
        # the request says in its chatter which transfers were made
        quiet = self.with_context(mail_create_nolog=True)
        pickings = quiet.create([self._prepare_return(*group) for group in groups])
        pickings = pickings.with_env(self.env)
        moves = self.env["stock.move"].create(
            [
                picking._prepare_return_move(line, move, quantity)
                for picking, rows in zip(pickings, groups.values(), strict=True)
                for line, move, quantity in rows
            ]
        )
        moves._action_confirm(merge=False)
        # read at once what core looks at move by move to find lots and owners
        moves.move_orig_ids.move_dest_ids.move_orig_ids.move_line_ids.mapped("lot_id")
        moves._action_assign()
        return pickings

    def _prepare_return(self, request, origin, location, warehouse):
        """Return the values of the transfer that mirrors a delivery."""
        kind = origin.picking_type_id
        own = kind.warehouse_id == warehouse and kind.return_picking_type_id
        in_type = own or warehouse.in_type_id
        return {
            "picking_type_id": in_type.id,
            "partner_id": origin.partner_id.id,
            "origin": request.name,
            "return_id": origin.id,
            "location_id": location.id,
            "location_dest_id": warehouse.return_location_id.id,
            "company_id": request.company_id.id,
            "user_id": False,
            # a label worked out on reading, for which core would look its unit up
            "weight_uom_name": False,
        }

    def _prepare_return_move(self, line, move, quantity):
        """Return the values of the move that brings a delivered quantity back."""
        return {
            **move._kit_values(),
            "picking_id": self.id,
            "picking_type_id": self.picking_type_id.id,
            "warehouse_id": self.picking_type_id.warehouse_id.id,
            "product_id": move.product_id.id,
            "product_uom": move.product_uom.id,
            "packaging_uom_id": move.packaging_uom_id.id,
            "product_uom_qty": quantity,
            "location_id": self.location_id.id,
            "location_dest_id": self.location_dest_id.id,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "origin": self.origin,
            "origin_returned_move_id": move.id,
            "move_orig_ids": [(4, move.id)],
            "procure_method": "make_to_stock",
            "to_refund": True,
            "sale_line_id": move.sale_line_id.id,
            "reference_ids": move.reference_ids.ids,
            "return_request_line_id": line.id,
        }
