"""The moment at which the money of a return line is decided, and how much it is."""

from dataclasses import dataclass, field

from odoo import models

from ..policy.amounts import to_units
from ..policy.states import money_is_due


@dataclass
class Settlement:
    """What is given back now: pieces of the paid price by request line."""

    pieces: dict = field(default_factory=dict)  # {request line: [Part]}
    before: dict = field(default_factory=dict)  # {sale line: units settled earlier}
    credited: dict = field(default_factory=dict)  # {sale line: credited by this call}
    freight: dict = field(default_factory=dict)  # {request: [(sale line, Part)]}

    def lines(self, request):
        """Return the settled lines of one request."""
        return request.line_ids.filtered(lambda line: line in self.pieces)

    def freight_of(self, request):
        """Return the freight given back, in the smallest unit."""
        return sum(part.total for _line, part in self.freight.get(request, []))

    def claim(self, request):
        """Return all that is given back for one request, in the smallest unit."""
        goods = sum(
            part.total for line in self.lines(request) for part in self.pieces[line]
        )
        return goods + self.freight_of(request)


class ReturnRequestLine(models.Model):
    """Settling."""

    _inherit = "return.request.line"

    def _is_due(self):
        """Tell whether the step at which the policy pays has been reached.

        Lines that come back wait for each other, so that one request gives one
        credit note.
        """
        self.ensure_one()
        request = self.request_id
        return not self._comes_back() or money_is_due(
            request.refund_on, request.goods_state, bool(request.scanned_at)
        )

    def _settle_quantity(self):
        """Return the quantity the buyer gets the money for."""
        self.ensure_one()
        request = self.request_id
        is_sent = request.refund_on == "scanned" and request.scanned_at
        if not self._comes_back() or is_sent or request.refund_on == "approval":
            return self.qty_approved
        if request.refund_on == "inspected":
            return self.qty_accepted
        return min(self.qty_received, self.qty_approved)

    def _settle_lines(self):
        """Fix quantity and amount of these lines for good; return the Settlement."""
        before = self._settled_before()
        wanted = {line: line._settle_quantity() for line in self}
        result = Settlement(
            pieces=self._return_values(wanted, before=before), before=before
        )
        for line in self:
            pieces = result.pieces.setdefault(line, [])
            line.write(
                {
                    "is_settled": True,
                    "qty_settled": wanted[line],
                    "amount": line._from_minor(sum(part.total for part in pieces)),
                }
            )
        for request in self.request_id:
            freight = request._freight_due()
            if freight:
                result.freight[request] = freight
                units = result.freight_of(request)
                request.amount_freight = units * request.currency_id.rounding
        return result

    def _take_credit_quantity(self, settlement):
        """Return how much of this line was billed and needs a credit note.

        What other lines of the same order line took in this call is not there twice.
        """
        self.ensure_one()
        sold = self.sale_line_id
        taken = settlement.credited.get(sold, 0.0)
        quantity = min(self.qty_settled, sold.qty_invoiced_posted - taken)
        settlement.credited[sold] = taken + max(quantity, 0.0)
        return quantity

    def _credit_parts(self, settlement, billed):
        """Return the pieces that need a credit note: of the billed quantity only."""
        self.ensure_one()
        if self.uom_id.compare(billed, self.qty_settled) >= 0:
            return settlement.pieces[self]
        sold = self.sale_line_id
        earlier = to_units(settlement.credited[sold] - billed)
        before = {sold: settlement.before.get(sold, 0) + earlier}
        return self._return_values({self: billed}, before=before)[self]

    def _is_whole_order_back(self):
        """Tell whether everything the order sold is settled with these lines."""
        order = self.request_id.sale_order_id
        goods = order.order_line.filtered(lambda line: not line._is_return_side_line())
        return all(
            to_units(line.qty_return_credited)
            >= to_units(max(line.product_uom_qty, line.qty_invoiced))
            for line in goods
        )
