"""Parcels which come back and are inspected piece by piece."""

from .common import ReturnCase


class InspectionCase(ReturnCase):
    """A screen of the warehouse, lots, and exact stock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock = cls.warehouse.lot_stock_id
        cls.quarantine = cls.warehouse.return_location_id
        cls.at_buyer = cls.env.ref("stock.stock_location_customers")

    def _at(self, location, product=None, lot=None):
        """Return the exact quantity at a location, reserved or not."""
        domain = [
            ("location_id", "=", location.id),
            ("product_id", "=", (product or self.product).id),
        ]
        if lot:
            domain.append(("lot_id", "=", lot.id))
        return sum(self.env["stock.quant"].search(domain).mapped("quantity"))

    def _screen(self, request, user=None):
        """Return the inspection screen as its button opens it."""
        user = user or self.keeper
        action = request.with_user(user).action_open_inspection()
        screen = self.env[action["res_model"]].with_user(user)
        return screen.with_context(**action["context"]).create({})

    def _lots(self, product, *names):
        return self.env["stock.lot"].create(
            [{"name": name, "product_id": product.id} for name in names]
        )

    def _order_of_lots(self, product, lots):
        """Return a delivered and paid order of one piece of each lot."""
        for lot in lots:
            self.env["stock.quant"]._update_available_quantity(
                product, self.stock, 1, lot_id=lot
            )
        order = self._order((product, len(lots)), deliver=False, invoice=False)
        picking = order.picking_ids
        picking.action_assign()
        picking.move_ids.picked = True
        picking._action_done()
        self._invoice(order)
        return order
