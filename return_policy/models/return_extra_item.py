"""What lay in a parcel and nobody asked back: wrong goods, extra goods, surplus."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .return_request import AGENT, WAREHOUSE

NOTED = {"request_id", "product_id", "lot_id", "quantity", "kind", "note"}
DECIDED = {"disposition", "evidence_ids"}


class ReturnExtraItem(models.Model):
    """Goods in quarantine which belong to no line of the order."""

    _name = "return.extra.item"
    _inherit = ["return.evidence.mixin", "return.defaults.mixin"]
    _description = "Extra Goods in a Return"
    _order = "id desc"
    _rec_name = "product_id"

    request_id = fields.Many2one(
        "return.request", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="request_id.company_id", store=True, index=True, precompute=True
    )
    kind = fields.Selection(
        [
            ("wrong", "Instead of what was asked back"),
            ("extra", "Besides what was asked back"),
            ("surplus", "More than was approved"),
        ],
        required=True,
        default="extra",
    )
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        domain=[("type", "=", "consu")],
        ondelete="restrict",
    )
    tracking = fields.Selection(related="product_id.tracking")
    uom_id = fields.Many2one(related="product_id.uom_id")
    lot_id = fields.Many2one(
        "stock.lot",
        string="Lot or Serial Number",
        domain="[('product_id', '=', product_id)]",
        index="btree_not_null",
    )
    quantity = fields.Float(default=1.0, digits="Product Unit", required=True)
    note = fields.Char()
    disposition = fields.Selection(
        [
            ("buyer", "Back to the buyer"),
            ("restock", "Keep: to stock"),
            ("scrap", "Scrap"),
        ],
        help="Ask the buyer first: the goods may be theirs. Until somebody decides "
        "they stay in quarantine.",
    )
    is_done = fields.Boolean("Settled", readonly=True, copy=False)
    arrival_move_id = fields.Many2one("stock.move", readonly=True, copy=False)
    leaving_move_id = fields.Many2one("stock.move", readonly=True, copy=False)

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "Extra goods are at least something."
    )
    _open_idx = models.Index("(company_id) WHERE is_done IS NOT TRUE")

    def _default_fields(self):
        return NOTED | DECIDED

    @api.model_create_multi
    def create(self, vals_list):
        """Take the goods into quarantine, by moves which no order knows."""
        if not self.env.su and not self.env.user.has_group(WAREHOUSE):
            raise AccessError(
                self.env._("Only the returns warehouse may note what came in.")
            )
        for vals in vals_list:
            self._check_hand_fields(vals, NOTED | DECIDED)
        items = super().create(vals_list)
        items._check_number()
        # sudo: stock.move, return.request - places of the request's warehouse
        stored = items.sudo()
        moves = self.env["stock.move"].sudo()
        moves = moves._move_at_once([item._prepare_arrival() for item in stored])
        for item, move in zip(stored, moves, strict=True):
            item.arrival_move_id = move
        return items

    def write(self, vals):
        """Let the warehouse and agents say what happens; what came stays as noted."""
        if not self.env.su:
            self._check_hand_fields(vals, DECIDED)
            self._check_open()
        return super().write(vals)

    @api.model
    def _check_hand_fields(self, vals, allowed):
        if (vals.keys() & self._fields.keys()) - allowed and not self.env.su:
            raise AccessError(self.env._("What came in is noted once and not changed."))

    def _check_open(self):
        if any(self.mapped("is_done")):
            raise UserError(self.env._("These goods have left quarantine already."))

    def _check_number(self):
        for item in self:
            if item.tracking != "none" and not item.lot_id:
                raise UserError(
                    self.env._(
                        "%(product)s: enter the lot or serial number on the piece.",
                        product=item.product_id.display_name,
                    )
                )

    def _is_evidence_final(self):
        self.ensure_one()
        return self.is_done

    def _quarantine(self):
        """Return the warehouse whose quarantine the goods are in."""
        self.ensure_one()
        request = self.request_id
        pickings = request.picking_ids.filtered(lambda p: p.state != "cancel")
        return (
            request.return_warehouse_id
            or pickings[:1].picking_type_id.warehouse_id
            or request.sale_order_id.warehouse_id
        )

    def _prepare_arrival(self):
        """Return the values of the move from the buyer into quarantine."""
        buyer = self.request_id.partner_id.with_company(self.company_id)
        warehouse = self._quarantine()
        warehouse._check_return_location()
        return self._prepare_move(
            buyer.property_stock_customer, warehouse.return_location_id
        )

    def _prepare_move(self, source, target, **vals):
        base = {
            "product_id": self.product_id.id,
            "location_id": source.id,
            "location_dest_id": target.id,
            "company_id": self.company_id.id,
        }
        moved = {
            "product_uom_id": self.uom_id.id,
            "quantity": self.quantity,
            "lot_id": self.lot_id.id,
            "picking_id": vals.get("picking_id"),
            **base,
        }
        return {
            **base,
            "product_uom": self.uom_id.id,
            "product_uom_qty": self.quantity,
            "origin": self.request_id.name,
            "move_line_ids": [(0, 0, moved)],
            "picked": not vals,  # what goes on a transfer is picked by people
            **vals,
        }

    def action_settle(self):
        """Let the goods go where the row says."""
        # sudo: stock.move, stock.picking - agents may not write transfers
        self.request_id._check_may(AGENT, WAREHOUSE)
        self.check_access("write")
        todo = self.filtered(lambda item: not item.is_done)
        if any(not item.disposition for item in todo):
            raise UserError(self.env._("Say first what happens to the goods."))
        todo.lock_for_update()
        todo = todo.sudo()
        for item in todo:
            item.leaving_move_id = item._leave()
        todo.write({"is_done": True})
        return True

    def _leave(self):
        """Move the goods out of quarantine; return the move."""
        came = self.arrival_move_id
        warehouse = self._quarantine()
        if self.disposition == "buyer":
            return self._send_back(came, warehouse.out_type_id)
        product = self.product_id.with_company(self.company_id)
        is_scrap = self.disposition == "scrap"
        lost = product.property_stock_inventory
        target = lost if is_scrap else warehouse.lot_stock_id
        vals = self._prepare_move(came.location_dest_id, target)
        return self.env["stock.move"]._move_at_once([vals])

    def _send_back(self, came, kind):
        """Reserve the goods on a delivery to the buyer; return its move.

        It names no order, which would otherwise get a line for them.
        """
        places = {
            "location_id": came.location_dest_id.id,
            "location_dest_id": came.location_id.id,
        }
        picking = self.env["stock.picking"].create(
            {
                **places,
                "picking_type_id": kind.id,
                "partner_id": self.request_id.partner_id.id,
                "origin": self.request_id.name,
                "company_id": self.company_id.id,
                "user_id": False,
            }
        )
        move = self.env["stock.move"].create(
            self._prepare_move(
                came.location_dest_id,
                came.location_id,
                picking_id=picking.id,
                picking_type_id=kind.id,
            )
        )
        move._action_confirm(merge=False)
        return move
