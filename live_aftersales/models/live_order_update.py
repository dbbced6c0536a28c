from dataclasses import dataclass, field

from odoo import api, models

from ..feeds import STATES, Held


@dataclass
class Changes:
    """What a later export adds to an order."""

    order: dict = field(default_factory=dict)
    lines: dict = field(default_factory=dict)  # sale line -> values
    new: list = field(default_factory=list)
    held: list = field(default_factory=list)

    def __bool__(self):
        return bool(self.order or self.lines or self.new)


class LiveOrderUpdate(models.AbstractModel):
    """Compare an order of a file with the one we have; older news changes nothing."""

    _name = "live.order.update"
    _description = "Update Imported Orders"

    @api.model
    def _changes(self, order, sale):
        """Return the Changes which the file brings, empty when it brings nothing."""
        changes = Changes()
        known = {
            line.platform_line_ref: line
            for line in sale.order_line
            if line.platform_line_ref
        }
        older = self._is_older(order, sale)
        for feed_line in order.lines:
            line = known.get(feed_line.ref)
            if not line:
                changes.new.append(feed_line)
            elif not older:
                self._compare_line(feed_line, line, changes, order)
        if not older:
            wanted = self.env["live.order.create"]._state_vals(order)
            partial = len({line.ref for line in order.lines} & known.keys()) < len(
                known
            )
            if partial:
                # A part of the order says nothing about the state of the whole.
                wanted = {"platform_paid_at": wanted["platform_paid_at"]}
            changes.order = self._differences(sale, wanted)
        return changes

    @api.model
    def _is_older(self, order, sale):
        updated = order.head.updated_at
        if updated and sale.platform_updated_at:
            return updated < sale.platform_updated_at
        return self._rank_of_feed(order) < self._rank_of_sale(sale)

    @api.model
    def _rank_of_feed(self, order):
        if order.state in STATES:
            return STATES.index(order.state)
        return self._rank_by_times(
            order.head.paid_at,
            any(line.shipped_at for line in order.lines),
            any(line.completed_at for line in order.lines),
        )

    @api.model
    def _rank_of_sale(self, sale):
        if sale.platform_state in STATES:
            return STATES.index(sale.platform_state)
        lines = sale.order_line
        return self._rank_by_times(
            sale.platform_paid_at,
            any(lines.mapped("platform_shipped_at")),
            any(lines.mapped("return_received_at")),
        )

    @api.model
    def _rank_by_times(self, *reached):
        return max((rank for rank, done in enumerate(reached, 1) if done), default=0)

    @api.model
    def _compare_line(self, feed_line, line, changes, order):
        goods = round(line.price_unit * line.product_uom_qty * 100)
        if (goods, line.product_uom_qty) != (feed_line.goods, feed_line.quantity):
            if line.state != "draft":
                value = f"{feed_line.quantity} x, {feed_line.goods / 100:.2f}"
                changes.held.append(
                    Held(
                        feed_line.source,
                        "amount_changed",
                        "payable",
                        value,
                        order.ref,
                        feed_line.ref,
                    )
                )
                return
            changes.lines[line] = {
                "product_uom_qty": feed_line.quantity,
                "price_unit": feed_line.goods / 100 / feed_line.quantity,
            }
        wanted = self.env["live.order.create"]._line_state_vals(feed_line)
        if line.platform_shipped_at:
            wanted["platform_closed"] = False
        if differences := self._differences(line, wanted):
            changes.lines.setdefault(line, {}).update(differences)

    @api.model
    def _differences(self, record, wanted):
        """Return the values that are news; a fact is never taken back by a blank."""
        return {
            name: value
            for name, value in wanted.items()
            if value != record[name] and (value or name == "platform_closed")
        }

    @api.model
    def _write_changes(self, updates, products, shop):
        create = self.env["live.order.create"]
        new = {
            products[line.ref] for _o, _s, changes in updates for line in changes.new
        }
        taxes = create._taxes(new | {create._freight_product()}, shop) if new else {}
        for _order, sale, changes in updates:
            sale = sale.with_context(tracking_disable=True)
            for line, values in changes.lines.items():
                line.write(values)
            values = dict(changes.order)
            if changes.new:
                values["order_line"] = create._line_commands(
                    changes.new, products, taxes, create._no_analytics()
                )
            if values:
                sale.write(values)
