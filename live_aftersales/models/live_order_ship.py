from odoo import Command, api, fields, models


class LiveOrderShip(models.AbstractModel):
    """Record deliveries which the platform reports as made."""

    _name = "live.order.ship"
    _description = "Ship Imported Orders"

    @api.model
    def _ship(self, sales):
        """Deliver the lines that left and are not delivered yet; return warnings.

        Goods leave also when Odoo thinks there are none: the parcel is on its way.
        """
        lines = sales.order_line.filtered(
            lambda line: (
                line.platform_shipped_at and line.qty_delivered < line.product_uom_qty
            )
        )
        by_hand = lines.filtered(lambda line: line.qty_delivered_method == "manual")
        for line in by_hand:
            line.qty_delivered = line.product_uom_qty
        lines = lines.filtered(lambda line: line.qty_delivered_method == "stock_move")
        tracked = lines.filtered(lambda line: line.product_id.tracking != "none")
        pickings = self._take_planned(lines - tracked)
        direct = (lines - tracked).filtered(
            lambda line: not any(m.picking_id in pickings for m in line.move_ids)
        )
        pickings |= self._create_pickings(direct)
        if pickings:
            pickings._action_done()
        self._plan_tracked(tracked)
        return self._warnings(pickings, tracked)

    @api.model
    def _take_planned(self, lines):
        """Return the planned one-step deliveries of these lines, filled.

        Deliveries in several steps are cancelled: the goods skipped them.
        """
        moves = lines.move_ids.filtered(lambda m: m.state not in ("done", "cancel"))
        simple = moves.filtered(
            lambda move: (
                not move.move_orig_ids
                and move.picking_id
                and move.location_dest_id.usage == "customer"
            )
        )
        (moves - simple)._action_cancel()
        for line, planned in simple.grouped("sale_line_id").items():
            for move in planned:
                move.quantity = move.product_uom_qty
            planned.picked = True
            planned.picking_id.write(self._picking_facts(line))
        return simple.picking_id

    @api.model
    def _create_pickings(self, lines):
        """Create one delivery per order, warehouse and time of shipping."""
        groups = lines.grouped(
            lambda line: (
                line.order_id,
                line.warehouse_id or line.order_id.warehouse_id,
                line.platform_shipped_at,
                line.platform_tracking_ref,
            )
        )
        return (
            self.env["stock.picking"]
            .with_context(tracking_disable=True)
            .create(
                [
                    self._picking_vals(order, warehouse, group)
                    for (order, warehouse, *_rest), group in groups.items()
                ]
            )
        )

    @api.model
    def _picking_facts(self, line):
        return {
            "platform_shipped_at": line.platform_shipped_at,
            "carrier_tracking_ref": line.platform_tracking_ref or False,
        }

    @api.model
    def _picking_vals(self, order, warehouse, lines):
        planned = lines[:1].platform_shipped_at
        if self._is_locked(order.company_id, planned):
            planned = fields.Datetime.now()
        places = {
            "location_id": warehouse.lot_stock_id.id,
            "location_dest_id": order.partner_shipping_id.property_stock_customer.id,
        }
        return {
            **places,
            **self._picking_facts(lines[:1]),
            "picking_type_id": warehouse.out_type_id.id,
            "partner_id": order.partner_shipping_id.id,
            "company_id": order.company_id.id,
            "origin": order.name,
            "user_id": False,
            "scheduled_date": planned,
            "move_ids": [
                Command.create(self._move_vals(line, places) | {"date": planned})
                for line in lines
            ],
        }

    @api.model
    def _move_vals(self, line, places):
        quantity = line.product_uom_qty - line.qty_delivered
        product = {"product_id": line.product_id.id, "company_id": line.company_id.id}
        vals = {
            **places,
            **product,
            "product_uom": line.product_uom_id.id,
            "product_uom_qty": quantity,
            "sale_line_id": line.id,
        }
        if line.product_id.tracking != "none":
            return vals
        done = {
            **places,
            **product,
            "product_uom_id": line.product_uom_id.id,
            "quantity": quantity,
            "picked": True,
        }
        return vals | {"picked": True, "move_line_ids": [Command.create(done)]}

    @api.model
    def _plan_tracked(self, lines):
        """Leave what needs a lot or serial number to the warehouse."""
        pickings = self._create_pickings(
            lines.filtered(
                lambda line: (
                    not any(
                        move.state not in ("done", "cancel") for move in line.move_ids
                    )
                )
            )
        )
        pickings.action_confirm()

    @api.model
    def _is_locked(self, company, moment):
        """Tell whether the books are closed for stock moves of that day."""
        return bool(
            company._get_lock_date_violations(
                moment.date(),
                fiscalyear=True,
                sale=False,
                purchase=False,
                tax=False,
                hard=True,
            )
        )

    @api.model
    def _warnings(self, pickings, tracked):
        locked = pickings.filtered(lambda picking: picking._is_platform_period_locked())
        warnings = []
        if locked:
            warnings.append(
                self.env._(
                    "The period of these deliveries is closed, they are dated today: "
                    "%(deliveries)s.",
                    deliveries=", ".join(locked.mapped("name")),
                )
            )
        if tracked:
            warnings.append(
                self.env._(
                    "These products need a lot or serial number, enter it on the "
                    "delivery: %(products)s.",
                    products=", ".join(tracked.product_id.mapped("display_name")),
                )
            )
        return warnings
