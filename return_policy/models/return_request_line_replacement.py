"""What goes out to the buyer for a return line: how much, when, and by which moves."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..policy.states import money_is_due


class ReturnRequestLine(models.Model):
    """Replacements: exchanges and goods sent again."""

    _inherit = "return.request.line"

    replacement_move_ids = fields.One2many(
        "stock.move",
        "replacement_line_id",
        groups="stock.group_stock_user,return_policy.group_return_agent",
    )
    qty_sent = fields.Float(
        "Sent to the Buyer",
        digits="Product Unit",
        compute="_compute_qty_sent",
        store=True,
        help="What left for the buyer because of this line: the exchange, the goods "
        "sent again, or the repaired ones.",
    )
    is_sent_early = fields.Boolean(
        "Sent Early",
        readonly=True,
        copy=False,
        help="A lead let the replacement go before the returned goods were there.",
    )

    @api.depends("replacement_move_ids.state", "replacement_move_ids.quantity")
    def _compute_qty_sent(self):
        for line in self:
            done = line.replacement_move_ids.filtered(
                lambda move: move._is_to_buyer() and move.state == "done"
            )
            line.qty_sent = line._count_sent(done)

    def _sent_in_one(self, product):
        """Return how much of a product, in its unit, goes out for one unit of this."""
        self.ensure_one()
        return self._quantity_in_one(product)

    def _count_sent(self, moves, name="quantity", pick=min):
        """Return for how many units of this line moves bring goods.

        :param str name: the quantity of the moves to look at
        :param pick: of a kit the whole ones count (``min``), or any part (``max``)
        """
        self.ensure_one()
        known = self.replacement_move_ids.filtered(lambda move: move.state != "cancel")
        counts = []
        for product in known.product_id:
            found = sum(
                move.product_uom._compute_quantity(move[name], product.uom_id)
                for move in moves
                if move.product_id == product
            )
            counts.append(found / self._sent_in_one(product))
        return self.uom_id.round(pick(counts, default=0))

    def _is_replaced(self):
        """Tell whether the buyer gets other goods instead of these."""
        self.ensure_one()
        return self.remedy != "repair" and self._sends()

    def _qty_to_send(self):
        """Return how much goes out to the buyer in all, as far as known today.

        What was found missing or wrong at inspection is not replaced.
        """
        self.ensure_one()
        if not self._is_replaced():
            return 0
        if self.is_sent_early or not self._comes_back():
            return self.qty_approved
        if self.inspected_at:
            return self.qty_accepted
        return (
            min(self.qty_received, self.qty_approved)
            if self.is_short
            else (self.qty_approved)
        )

    def _qty_released(self):
        """Return how much of that may leave now."""
        self.ensure_one()
        request = self.request_id
        waits = self._comes_back() and not self.is_sent_early
        if waits and not money_is_due(
            request.ship_on, request.goods_state, bool(request.scanned_at)
        ):
            return 0
        return self._qty_to_send()

    def _replacement_state(self):
        """Return the word for the goods that go out for this line."""
        self.ensure_one()
        compare, to_send = self.uom_id.compare, self._qty_to_send()
        is_approved = self.state in ("approved", "done")
        if not is_approved or compare(to_send, 0) <= 0:
            return "none"
        if compare(self.qty_sent, to_send) >= 0:
            return "shipped"
        return (
            "to_ship"
            if compare(self.qty_sent, self._qty_released()) < 0
            else ("waiting")
        )

    def _is_through(self):
        """Wait for the replacement to leave."""
        is_through = super()._is_through()
        return is_through and self._replacement_state() in ("none", "shipped")

    def _open_replacement_moves(self):
        """Return the moves that still bring something to the buyer, every step."""
        return self.replacement_move_ids.filtered(
            lambda move: move.state not in ("done", "cancel")
        )

    def _reserve_replacements(self):
        """Make the deliveries of what is not on its way yet, and reserve it.

        Called again it makes what is missing, for example after a delivery was
        cancelled by hand.
        """
        missing = {
            line: line._qty_to_send()
            - line.qty_sent
            - line._count_sent(line._open_replacement_moves(), "product_uom_qty")
            for line in self
        }
        lines = self.filtered(lambda line: line.uom_id.compare(missing[line], 0) > 0)
        references = lines.request_id._replacement_references()
        self.env["stock.picking"]._create_replacements(
            [
                line._prepare_replacement(missing[line], references[line.request_id])
                for line in lines
            ]
        )

    def _prepare_replacement(self, quantity, reference):
        """Return the procurement of a quantity on the order line it replaces."""
        self.ensure_one()
        sold = self.sale_line_id.with_company(self.company_id)
        quantity, unit = self.uom_id._adjust_uom_quantities(
            quantity, self.product_id.uom_id
        )
        now = fields.Datetime.now()
        values = sold._prepare_procurement_values() | {
            "reference_ids": reference,
            "origin": self.request_id.name,
            "date_planned": now,
            "date_deadline": now,
            "replacement_line_id": self.id,
        }
        procurement = sold._create_procurements(quantity, unit, values)[0]
        return procurement._replace(origin=self.request_id.name)

    def _trim_replacements(self):
        """Take out of the deliveries what is not to be sent any more."""
        for line in self:
            left = max(line._qty_to_send() - line.qty_sent, 0)
            last = line._open_replacement_moves().filtered(
                lambda move: not move.move_dest_ids
            )
            for product, moves in last.grouped("product_id").items():
                moves._lower_to(left * line._sent_in_one(product))

    def _check_may_leave(self, moves):
        """Refuse to ship more than what may leave now.

        :param moves: the moves that are about to be done
        """
        for line in self.filtered(lambda line: line._is_replaced()):
            mine = moves.filtered(
                lambda move, line=line: move.replacement_line_id == line and move.picked
            )
            going = line._count_sent(mine, pick=max)
            released = line._qty_released() - line.qty_sent
            if line.uom_id.compare(going, released) > 0:
                raise UserError(line._explain_hold(released))

    def _explain_hold(self, released):
        """Return what the replacement waits for, and who may let it go."""
        self.ensure_one()
        texts = {
            "scanned": self.env._("until the carrier has scanned the returned parcel"),
            "received": self.env._("until the returned goods are received"),
            "inspected": self.env._("until the returned goods are inspected"),
        }
        names = {
            "product": self.product_id.display_name,
            "request": self.request_id.name,
        }
        if self._qty_to_send() > self._qty_released():
            return self.env._(
                "%(product)s for %(request)s waits %(moment)s. An after-sales lead can "
                "let it go earlier with “Ship Now” on the request.",
                moment=texts[self.request_id.ship_on],
                **names,
            )
        return self.env._(
            "Only %(released)g more of %(product)s may leave for %(request)s: the "
            "buyer gets no more than what was accepted. Lower the quantity.",
            released=max(released, 0),
            **names,
        )
