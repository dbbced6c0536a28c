from dataclasses import dataclass, field

from odoo import Command, api, models

from ..feeds import STATES, Held
from ..feeds.amounts import PAYERS


@dataclass
class Changes:
    """What a later export adds to an order."""

    order: dict = field(default_factory=dict)
    lines: dict = field(default_factory=dict)  # sale line -> values
    new: list = field(default_factory=list)
    held: list = field(default_factory=list)
    freight: int | None = None  # of the lines we have, in cents

    def __bool__(self):
        return bool(self.order or self.lines or self.new) or self.freight is not None


class LiveOrderUpdate(models.AbstractModel):
    """Compare an order of a file with the one we have; older news changes nothing."""

    _name = "live.order.update"
    _description = "Update Imported Orders"

    @api.model
    def _origins(self, orders, known, shop):
        """Return {order reference: host and session} for orders which had none so far.

        Hosts and sessions are often listed after their orders were imported.
        """
        bare = [
            order
            for order in orders
            if order.ref in known and known[order.ref].live_attribution == "none"
        ]
        found = self.env["live.order.matcher"]._attribute(bare, shop)
        return {
            ref: values
            for ref, values in found.items()
            if values["live_attribution"] != "none"
        }

    @api.model
    def _changes(self, order, sale, origin):
        """Return the Changes which the file brings, empty when it brings nothing.

        :param origin: values of the host and session that are known by now, or None
        """
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
            else:
                self._compare_freight(order, sale, known, changes)
            changes.order = self._differences(sale, wanted)
        changes.order.update(origin or {})
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
        if self._amounts_differ(feed_line, line):
            if line.state != "draft":
                value = f"{feed_line.quantity} x, {feed_line.goods / 100:.2f}"
                held = (feed_line.source, "amount_changed", "payable", value)
                changes.held.append(Held(*held, order.ref, feed_line.ref))
                return
            changes.lines[line] = {
                "product_uom_qty": feed_line.quantity,
                **self.env["live.order.create"]._amount_vals(feed_line),
            }
        wanted = self.env["live.order.create"]._line_state_vals(feed_line)
        if line.platform_shipped_at:
            wanted["platform_closed"] = False
        if differences := self._differences(line, wanted):
            changes.lines.setdefault(line, {}).update(differences)

    @api.model
    def _amounts_differ(self, feed_line, line):
        """Compare price and quantity, and for drafts also who pays the discount."""
        goods = round(line.price_unit * line.product_uom_qty * 100)
        if (goods, line.product_uom_qty) != (feed_line.goods, feed_line.quantity):
            return True
        names = [f"discount_{who}" for who in (*PAYERS, "payment")]
        return line.state == "draft" and any(
            round(line[name] * 100) != getattr(feed_line, name) for name in names
        )

    @api.model
    def _compare_freight(self, order, sale, known, changes):
        """Note another freight of the lines we have; a confirmed order keeps its."""
        lines = [line for line in order.lines if line.ref in known]
        wanted = sum(line.freight for line in lines)
        freight = self._freight_lines(sale)
        found = sum(line.price_unit * line.product_uom_qty for line in freight)
        if wanted == round(found * 100):
            return
        if sale.state == "draft":
            changes.freight = wanted
            return
        told = {held.line_ref for held in changes.held}
        line = max(lines, key=lambda line: line.freight)
        if line.ref not in told:
            held = (line.source, "amount_changed", "freight", f"{wanted / 100:.2f}")
            changes.held.append(Held(*held, order.ref, line.ref))

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
        create, updates = self.env["live.order.create"], list(updates)
        new = {
            products[line.ref] for _o, _s, changes in updates for line in changes.new
        }
        extra = new or any(c.freight is not None for _o, _s, c in updates)
        taxes = create._taxes(new | {create._freight_product()}, shop) if extra else {}
        for _order, sale, changes in updates:
            sale = sale.with_context(tracking_disable=True)
            for line, values in changes.lines.items():
                line.write(values)
                if "platform_refunded" in values:
                    line._platform_note_refund()
            values = dict(changes.order)
            commands = self._freight_commands(sale, changes.freight, taxes)
            if changes.new:
                commands += create._line_commands(
                    changes.new, products, taxes, create._no_analytics()
                )
            if commands:
                values["order_line"] = commands
            if values:
                sale.write(values)

    @api.model
    def _freight_lines(self, sale):
        # Unlike env.ref this asks the database only once for all orders.
        product_id = self.env["ir.model.data"]._xmlid_to_res_id(
            "live_aftersales.product_freight"
        )
        return sale.order_line.filtered(
            lambda line: line.is_delivery and line.product_id.id == product_id
        )

    @api.model
    def _freight_commands(self, sale, freight, taxes):
        """Return what puts this freight, in cents, in place of the old one."""
        if freight is None:
            return []
        create = self.env["live.order.create"]
        commands = [Command.delete(line.id) for line in self._freight_lines(sale)]
        if freight:
            commands.append(
                create._freight_command(freight, taxes, create._no_analytics())
            )
        return commands
