"""Order lines cancelled before shipping: what leaves, what is billed."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..policy.states import COUNTED


class SaleOrderLine(models.Model):
    """Quantities that will never leave."""

    _inherit = "sale.order.line"

    qty_return_cancelled = fields.Float(
        "Cancelled before Shipping",
        digits="Product Unit",
        compute="_compute_qty_return_cancelled",
        store=True,
        help="Given back by return requests before it left: never shipped or billed.",
        groups="base.group_user",
    )

    @api.depends(
        "return_request_line_ids.state",
        "return_request_line_ids.is_unshipped",
        "return_request_line_ids.is_refused",
        "return_request_line_ids.qty_approved",
    )
    def _compute_qty_return_cancelled(self):
        for line in self:
            lines = line.return_request_line_ids.filtered(
                lambda asked: (
                    asked.is_unshipped
                    and not asked.is_refused
                    and asked.state in ("approved", "done")
                )
            )
            line.qty_return_cancelled = sum(lines.mapped("qty_approved"))

    def _return_left(self):
        """Return the lines of which something has left, whoever brought it."""
        left = self.filtered(lambda line: line.qty_delivered or line.return_received_at)
        unsure = self - left
        shipped = unsure._return_shipped_at(unsure.ids) if unsure else {}
        return self.filtered(lambda line: line in left or line.id in shipped)

    def _return_cancelled(self):
        """Return {line: quantity which requests cancel, open ones included}."""
        return dict(
            self.env["return.request.line"]._read_group(
                [
                    ("sale_line_id", "in", self.ids),
                    ("state", "in", COUNTED),
                    ("is_unshipped", "=", True),
                ],
                ["sale_line_id"],
                ["qty_claimed:sum"],
            )
        )

    def _return_still_here(self):
        """Return {line: quantity which has not left and which nobody cancels}."""
        cancelled = self._return_cancelled()
        return {
            line: max(
                line.product_uom_qty
                - line._return_delivered_first()
                - cancelled.get(line, 0.0),
                0.0,
            )
            for line in self
        }

    @api.depends("qty_return_cancelled")
    def _compute_qty_to_invoice(self):
        """Bill no delivery twice less: what never left was never to be billed."""
        result = super()._compute_qty_to_invoice()
        for line in self:
            by_delivery = line.product_id.invoice_policy == "delivery"
            if line.state == "sale" and line.qty_return_cancelled and by_delivery:
                line.qty_to_invoice += min(
                    line.qty_return_cancelled, line.qty_return_credited
                )
        return result

    def _get_qty_procurement(self, previous_product_uom_qty=False):
        """Count what was cancelled as provided for, so that it is not shipped later."""
        quantity = super()._get_qty_procurement(previous_product_uom_qty)
        return quantity + self.qty_return_cancelled

    def _return_cancel_moves(self, cancelled):
        """Lower the open deliveries of these lines to what still has to leave.

        :param cancelled: {line: quantity cancelled by this step}
        :raises UserError: when the warehouse has picked what should not leave
        """
        changed = self.env["stock.move"]
        for line, quantity in cancelled.items():
            for product, moves in (
                line._return_open_moves().grouped("product_id").items()
            ):
                excess = line._return_excess(product, moves, quantity)
                free = moves.filtered(lambda move: move._return_is_free())
                rest = free._return_shrink(excess)
                if product.uom_id.compare(rest, 0) > 0:
                    line._raise_picked(moves - free, product, rest)
                changed |= free
        changed.filtered(
            lambda move: move.state not in ("done", "cancel")
        )._action_assign()

    def _return_excess(self, product, moves, cancelled):
        """Return what moves carry too much of a product, in the product's unit.

        A kit leaves as its parts, which are lowered in proportion.
        """
        self.ensure_one()
        planned = sum(moves.mapped("product_qty"))
        still = self.product_uom_qty - self._return_delivered_first()
        target = max(still - self.qty_return_cancelled, 0)
        if product == self.product_id:
            unit = product.uom_id
            return planned - self.product_uom_id._compute_quantity(target, unit)
        before = target + cancelled
        return planned * cancelled / before if before else planned

    def _return_open_moves(self):
        """Return the moves by which this line is still to leave, the last of each."""
        return self.move_ids.filtered(
            lambda move: (
                move.state not in ("done", "cancel")
                and not move.replacement_line_id
                and not move.origin_returned_move_id
                and (move.location_final_id or move.location_dest_id)._is_outgoing()
                and not (move.move_dest_ids & self.move_ids)
            )
        )

    def _raise_picked(self, moves, product, quantity):
        raise UserError(
            self.env._(
                "%(quantity)g × %(product)s of order %(order)s are picked already "
                "(%(transfers)s). Have the warehouse put them back first, or let them "
                "leave and have them sent back: “Return and refund”.",
                quantity=quantity,
                product=product.display_name,
                order=self.order_id.name,
                transfers=", ".join(moves.picking_id.mapped("name")),
            )
        )
