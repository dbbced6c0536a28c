"""Return moves: made in batch, their receipt told to the requests."""

from odoo import fields, models


class StockMove(models.Model):
    """A move may bring back a line of a return request."""

    _inherit = "stock.move"

    return_request_line_id = fields.Many2one(
        "return.request.line",
        string="Return Line",
        index="btree_not_null",
        ondelete="set null",
        groups="stock.group_stock_user,return_policy.group_return_agent",
    )

    def _prepare_merge_moves_distinct_fields(self):
        """Keep the moves of different return lines apart."""
        return [
            *super()._prepare_merge_moves_distinct_fields(),
            "return_request_line_id",
        ]

    def _return_warehouse(self, request):
        """Return the warehouse that takes back for a request what this move brought."""
        self.ensure_one()
        own = request.return_warehouse_id or self.picking_type_id.warehouse_id
        return own or self.sale_line_id.order_id.warehouse_id

    def _action_done(self, cancel_backorder=False):
        """Tell requests about goods that came back, whatever screen received them."""
        # sudo: return.request - stock users have no right on requests
        arriving = self.sudo().filtered(
            lambda move: (
                move.return_request_line_id and move.location_id.usage == "customer"
            )
        )
        arriving.return_request_line_id.request_id._hold_for_receipt()
        extras = arriving._take_off_surplus()
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        # sudo: return.request - stock users have no right on requests
        received = moves.sudo().filtered(
            lambda move: (
                move.return_request_line_id
                and move.state == "done"
                and move.location_id.usage == "customer"
            )
        )
        if received:
            received.return_request_line_id.request_id._goods_received()
        if extras:
            # sudo: return.extra.item - noted by the receipt, whoever does it
            self.env["return.extra.item"].sudo().create(extras)
        # sudo: return.request - stock users have no right on requests
        sent_back = moves.sudo().filtered(
            lambda move: (
                move.return_request_line_id
                and move.state == "done"
                and move.location_dest_id.usage == "customer"
            )
        )
        sent_back.return_request_line_id.request_id._finish()
        return moves

    def _skip_push(self):
        """Leave returned goods where they are put: the inspection says where to."""
        # sudo: return.request.line - whether it is ours
        return bool(self.sudo().return_request_line_id) or super()._skip_push()

    def _move_at_once(self, vals_list):
        """Create moves of given lots and quantities and do them."""
        if not vals_list:
            return self.browse()
        products = self.env["product.product"].browse(
            {vals["product_id"] for vals in vals_list}
        )
        places = self.env["stock.location"].browse(
            {vals["location_id"] for vals in vals_list}
        )
        targets = {vals["location_dest_id"] for vals in vals_list}
        # read at once, as core looks at both ends of each move
        (places | places.browse(targets)).fetch()
        # what lies there is read once, as core does for what it reserves in batch
        quants = self.env["stock.quant"]
        known = quants._get_quants_by_products_locations(products, places)
        quants.union(*known.values()).fetch()
        moves = self.with_context(quants_cache=known).create(vals_list)
        moves = moves.with_env(self.env)
        moves._action_done()
        return moves

    def _is_first_delivery(self):
        """Tell whether the move brings the buyer what was sold, not something again."""
        self.ensure_one()
        again = self.origin_returned_move_id or self.replacement_line_id
        to_buyer = self.location_dest_id.usage == "customer"
        return to_buyer and not again and self.state != "cancel"

    def _kit_values(self):
        """Return what core has to know of components (with Manufacturing installed)."""
        self.ensure_one()
        return {
            name: self[name].id for name in ("bom_line_id",) if name in self._fields
        }

    def _book_arrival(self, rows):
        """Note that exactly these (lot, quantity in the product's unit) came in."""
        self.ensure_one()
        reserved = [
            (row.lot_id, row.quantity_product_uom) for row in self.move_line_ids
        ]
        if reserved != rows:
            self.move_line_ids.unlink()
            self.move_line_ids = [
                (0, 0, self._prepare_arrival(lot, quantity)) for lot, quantity in rows
            ]
        self.picked = bool(rows)

    def _prepare_arrival(self, lot, quantity):
        return {
            "product_id": self.product_id.id,
            "product_uom_id": self.product_id.uom_id.id,
            "quantity": quantity,
            "lot_id": lot.id,
            "location_id": self.location_id.id,
            "location_dest_id": self.location_dest_id.id,
            "picking_id": self.picking_id.id,
            "company_id": self.company_id.id,
        }
