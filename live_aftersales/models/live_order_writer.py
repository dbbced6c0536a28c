import logging
from dataclasses import dataclass, field

import psycopg2

from odoo import api, models
from odoo.exceptions import LockError, UserError

from ..feeds import Held

_logger = logging.getLogger(__name__)


@dataclass
class Outcome:
    """What became of a batch of orders."""

    orders: dict = field(default_factory=dict)  # reference -> order
    new: set = field(default_factory=set)
    changed: set = field(default_factory=set)
    unchanged: set = field(default_factory=set)
    held: list = field(default_factory=list)
    warnings: list = field(default_factory=list)  # translated sentences

    def add(self, other):
        self.orders.update(other.orders)
        self.held += other.held
        self.warnings += other.warnings
        for name in ("new", "changed", "unchanged"):
            getattr(self, name).update(getattr(other, name))


class LiveOrderWriter(models.AbstractModel):
    """Bring the orders of a file into sales, all of an order or nothing of it."""

    _name = "live.order.writer"
    _description = "Write Imported Orders"

    @api.model
    def _compare_all(self, orders, shop):
        """Return the Outcome which ``_apply`` would have, without writing."""
        ready, _products, held = self.env["live.order.matcher"]._match_products(
            orders, shop
        )
        outcome = Outcome(held=held)
        known = self._known(ready, shop)
        update = self.env["live.order.update"]
        origins = update._origins(ready, known, shop)
        for order in ready:
            if order.ref not in known:
                outcome.new.add(order.ref)
                continue
            sale, origin = known[order.ref], origins.get(order.ref)
            changes = update._changes(order, sale, origin)
            outcome.held += changes.held
            group = outcome.changed if changes else outcome.unchanged
            group.add(order.ref)
        return outcome

    @api.model
    def _apply(self, orders, shop):
        """Create or update the orders; one that fails is held, the others go on.

        :raises LockError: another import wrote the same orders meanwhile
        """
        ready, products, held = self.env["live.order.matcher"]._match_products(
            orders, shop
        )
        outcome = Outcome(held=held)
        if not ready:
            return outcome
        try:
            with self.env.cr.savepoint():
                outcome.add(self._apply_together(ready, products, shop))
        except (UserError, psycopg2.IntegrityError, ValueError) as error:
            self._check_not_concurrent(error)
            if len(ready) == 1:
                outcome.held += self._held_by(ready[0], error)
                return outcome
            for order in ready:
                outcome.add(self._apply([order], shop))
        return outcome

    @api.model
    def _apply_together(self, orders, products, shop):
        known = self._known(orders, shop)
        new = [order for order in orders if order.ref not in known]
        outcome = Outcome(new={order.ref for order in new})
        created = self.env["live.order.create"]._create_orders(new, products, shop)
        updated = {}
        update = self.env["live.order.update"]
        origins = update._origins(orders, known, shop)
        for order in orders:
            if sale := known.get(order.ref):
                changes = update._changes(order, sale, origins.get(order.ref))
                outcome.held += changes.held
                if changes:
                    outcome.changed.add(order.ref)
                    updated[order.ref] = (order, sale, changes)
                else:
                    outcome.unchanged.add(order.ref)
        update._write_changes(updated.values(), products, shop)
        pairs = [(order, created[order.ref]) for order in new]
        pairs += [(order, sale) for order, sale, _changes in updated.values()]
        outcome.warnings = self.env["live.order.settle"]._settle(pairs, shop)
        outcome.orders = known | created
        # A failure must show inside the savepoint of this batch.
        self.env.flush_all()
        return outcome

    @api.model
    def _known(self, orders, shop):
        sales = self.env["sale.order"].search(
            [
                ("shop_id", "=", shop.id),
                ("platform_order_ref", "in", [order.ref for order in orders]),
            ]
        )
        return {sale.platform_order_ref: sale for sale in sales}

    @api.model
    def _check_not_concurrent(self, error):
        """Tell a second import of the same orders from an order Odoo refuses."""
        names = ("sale_order_platform_order_uniq", "live_buyer_key_uniq")
        constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
        if constraint in names:
            raise LockError(
                self.env._(
                    "Another import has just written the same orders of this shop. "
                    "Nothing was changed; run this import again."
                )
            ) from error

    @api.model
    def _held_by(self, order, error):
        """Hold all lines of an order which Odoo refused."""
        _logger.info("Order %s was refused: %s", order.ref, error)
        return [
            Held(line.source, "refused", "", str(error), order.ref, line.ref)
            for line in order.lines
        ]
