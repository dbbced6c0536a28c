"""What of an order line came back, is on its way back, or may still come back."""

from typing import NamedTuple

from odoo import api, fields, models


class Quantities(NamedTuple):
    """Quantities of one order line in its own unit."""

    delivered: float  # with the buyer now
    held: float  # asked for by open requests, or refunded without return
    by_hand: float  # on return transfers which no request made

    @property
    def returnable(self):
        return self.delivered - self.held - self.by_hand


class SaleOrderLine(models.Model):
    """Returns on the order line."""

    _inherit = "sale.order.line"

    return_request_line_ids = fields.One2many(
        "return.request.line",
        "sale_line_id",
        groups="return_policy.group_return_agent",
    )
    qty_returnable = fields.Float(
        string="Returnable",
        digits="Product Unit",
        compute="_compute_qty_returnable",
        groups="base.group_user",
        help="Delivered, and neither returned nor in an open return request.",
    )
    qty_return_received = fields.Float(
        digits="Product Unit",
        compute="_compute_return_done",
        store=True,
        help="Returned through requests. Billing goes by credit notes, not by this.",
        groups="base.group_user",
    )
    qty_return_sent = fields.Float(
        string="Sent Again",
        digits="Product Unit",
        compute="_compute_return_done",
        store=True,
        help="Sent to the buyer through requests: exchanges for the same product, "
        "goods sent again, repaired goods. Never billed, they were before.",
        groups="base.group_user",
    )
    qty_return_credited = fields.Float(
        string="Credited Returns",
        digits="Product Unit",
        compute="_compute_return_done",
        store=True,
        help="Settled by return requests; never to be billed again.",
        groups="base.group_user",
    )

    @api.depends(
        "return_request_line_ids.qty_received",
        "return_request_line_ids.qty_settled",
        "return_request_line_ids.qty_sent",
        "return_request_line_ids.qty_sent_back",
    )
    def _compute_return_done(self):
        for line in self:
            lines = line.return_request_line_ids
            again = lines.filtered(lambda asked: not asked._is_exchange_for_other())
            line.qty_return_sent = sum(again.mapped("qty_sent"))
            line.qty_return_sent += sum(lines.mapped("qty_sent_back"))
            line.qty_return_received = sum(lines.mapped("qty_received"))
            line.qty_return_credited = sum(lines.mapped("qty_settled"))

    def _is_return_side_line(self):
        """Tell discounts, freight, notes and down payments from goods.

        A combo is none either: its choices are lines of their own.
        """
        self.ensure_one()
        return bool(
            self.display_type
            or self.is_downpayment
            or self.is_delivery
            or self.product_type == "combo"
            or self.currency_id.compare_amounts(self.price_total, 0) < 0
        )

    @api.depends("qty_delivered", "return_request_line_ids.qty_held")
    def _compute_qty_returnable(self):
        # sudo: return.request.line - the number alone tells nothing
        quantities = self._origin.sudo()._return_quantities()
        for line in self:
            found = quantities.get(line._origin)
            line.qty_returnable = max(found.returnable, 0) if found else 0

    def _return_quantities(self):
        """Return {line: Quantities}, in two queries whatever the number of lines."""
        held = {
            line: sum(asked.mapped("qty_held"))
            for line, asked in self._return_counted().items()
        }
        by_hand = dict.fromkeys(self, 0.0)
        for move in self.env["stock.move"].search_fetch(
            [
                ("sale_line_id", "in", self.ids),
                ("origin_returned_move_id", "!=", False),
                ("return_request_line_id", "=", False),
                ("state", "not in", ("done", "cancel")),
                ("to_refund", "=", True),
                ("location_id.usage", "=", "customer"),
            ],
            ["sale_line_id", "product_uom_qty", "product_uom"],
        ):
            line = move.sale_line_id
            by_hand[line] += move.product_uom._compute_quantity(
                move.product_uom_qty, line.product_uom_id
            )
        return {
            line: Quantities(line.qty_delivered, held.get(line, 0.0), by_hand[line])
            for line in self
        }

    def _return_delivered_first(self):
        """Return what was delivered as sold: nothing came back, nothing went again."""
        self.ensure_one()
        return self.qty_delivered + self.qty_return_received - self.qty_return_sent

    @api.depends("qty_return_received", "qty_return_sent", "qty_return_credited")
    def _compute_qty_to_invoice(self):
        """Bill by what was sold and not credited.

        Core bills again what a credit note gave back and what was sent a second time,
        and wants a credit note for goods which are still in inspection. Requests do
        all of this by themselves.
        """
        result = super()._compute_qty_to_invoice()
        for line in self:
            if line.state != "sale" or line.display_type:
                continue
            again = line.qty_return_received or line.qty_return_sent
            if not (again or line.qty_return_credited):
                continue
            quantity = line.qty_to_invoice - line.qty_return_credited
            if line.product_id.invoice_policy == "delivery":
                quantity += line._return_delivered_first() - line.qty_delivered
            line.qty_to_invoice = quantity
        return result

    @api.depends("qty_return_credited", "qty_return_sent")
    def _compute_invoice_status(self):
        """Call a line invoiced when what was not credited is billed.

        What was sent a second time is no chance to sell more.
        """
        result = super()._compute_invoice_status()
        for line in self:
            compare, ordered = line.product_uom_id.compare, line.product_uom_qty
            is_sent_again = (
                line.invoice_status == "upselling"
                and line.qty_return_sent
                and compare(line._return_delivered_first(), ordered) <= 0
            )
            is_credited = line.invoice_status == "no" and line.qty_return_credited
            if is_sent_again or is_credited:
                billed = line.qty_invoiced + line.qty_return_credited
                is_billed = compare(billed, ordered) >= 0
                line.invoice_status = "invoiced" if is_billed else "no"
        return result

    def _get_outgoing_incoming_moves(self, strict=True):
        """Leave returns and replacements out where core asks what is still to ship.

        Otherwise a quantity raised later would ship too little after goods were sent
        again, and too much after a return.
        """
        outgoing, incoming = super()._get_outgoing_incoming_moves(strict)
        if not strict:
            # sudo: stock.move - whether requests made them
            ours = (
                (outgoing | incoming)
                .sudo()
                .filtered(
                    lambda move: move.return_request_line_id or move.replacement_line_id
                )
            )
            outgoing, incoming = outgoing - ours, incoming - ours
        return outgoing, incoming
