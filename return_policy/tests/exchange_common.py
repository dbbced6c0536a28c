"""Helpers of the tests of exchanges and of goods sent again."""

from .common import ReturnCase


class ExchangeCase(ReturnCase):
    """Steps of a replacement as agents and the warehouse take them."""

    def _stock(self, product, quantity):
        self.env["stock.quant"]._update_available_quantity(
            product, self.warehouse.lot_stock_id, quantity
        )

    def _exchange(self, order, quantity=None, remedy="exchange", **line_vals):
        """Return an approved request of one remedy for every line."""
        line_vals = {"remedy": remedy, **line_vals}
        return self._approved(order, quantity, line_vals=line_vals)

    def _ship(self, request, quantity=None):
        """Validate the open replacement deliveries as the warehouse does."""
        pickings = request.sudo().replacement_picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )
        for picking in pickings.with_user(self.keeper):
            if quantity is not None:
                picking.move_ids.quantity = quantity
            picking.move_ids.picked = True
            picking._action_done()
        return pickings
