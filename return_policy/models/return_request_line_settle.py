"""The moment at which the money of a return line is decided, and how much it is."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from odoo import models

from ..policy.amounts import QUANTITY_SCALE, to_units
from ..policy.purchase import Lot
from ..policy.settlement import Statement
from ..policy.states import money_is_due


@dataclass
class Settlement:
    """What is given back now: pieces of the paid price by request line."""

    pieces: dict = field(default_factory=dict)  # {request line: [Part]}
    before: dict = field(default_factory=dict)  # {sale line: units settled earlier}
    credited: dict = field(default_factory=dict)  # {sale line: credited by this call}
    purchases: dict = field(default_factory=dict)  # {order: policy.purchase.Order}
    steps: dict = field(default_factory=dict)  # {request: (Statement, earlier ones)}
    # {(request, source): parts that a credit note gives back}
    billed: dict = field(default_factory=lambda: defaultdict(list))
    unbilled: dict = field(default_factory=dict)  # {request line: units never billed}

    def lines(self, request):
        """Return the settled lines of one request."""
        return request.line_ids.filtered(lambda line: line in self.pieces)

    def all_lines(self):
        """Return the settled lines of all requests."""
        return next(iter(self.pieces)).union(*self.pieces)

    def step(self, request):
        """Return the Statement of what this call gives back for one request."""
        return self.steps[request][0]

    def parts_of(self, request, source):
        """Return the pieces of one request that come from one order line."""
        return [
            part
            for line in self.lines(request)
            for part in self.pieces[line]
            if part.source == source.id
        ]

    def sources(self, request, key):
        """Return the ids of the discount lines which a promotion was granted by.

        Of one that is a promotion no more, that is its own line.
        """
        promotions = self.purchases[request.sale_order_id].promotions
        granted = (found.sources for found in promotions if found.key == key)
        return next(granted, {key})


class ReturnRequestLine(models.Model):
    """Settling."""

    _inherit = "return.request.line"

    def _is_payable(self):
        """Tell whether money of this line is still to be decided."""
        self.ensure_one()
        return bool(self._pays()) and not (self.is_settled or self.is_refused)

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
        allowances = self.filtered(lambda line: line._is_allowance())
        allowances._check_agreed()
        wanted = {line: line._settle_quantity() for line in self - allowances}
        result = Settlement(
            pieces=self._return_values(wanted, before=before), before=before
        )
        units = Counter(before)
        for line, quantity in wanted.items():
            units[line.sale_line_id] += to_units(quantity)
        result.pieces |= allowances._allowance_values(units)
        for line in self:
            pieces = result.pieces.setdefault(line, [])
            kept = line in allowances and units[line.sale_line_id]
            line.write(
                {
                    "is_settled": True,
                    "qty_settled": wanted.get(line, 0),
                    "qty_before_allowance": kept / QUANTITY_SCALE,
                    "amount": line._from_minor(sum(part.total for part in pieces)),
                }
            )
        requests = self.request_id
        result.purchases = requests.sale_order_id._return_purchases()
        result.steps = requests._fix_statements(self, result.purchases)
        return result

    def _lot(self, quantity):
        """Return a quantity of this line as the settlement of the order sees it."""
        self.ensure_one()
        return Lot(
            self.sale_line_id._origin.id,
            self.is_voluntary,
            round(self.fee_percent * 100),
            self._minor(self.fee_flat),
            to_units(quantity),
        )

    def _lots(self):
        """Return what these lines claim, in lots."""
        return [line._lot(line.qty_claimed) for line in self if line.qty_claimed]

    def _goods_statement(self):
        """Return what these lines give back for their goods."""
        return Statement(goods=sum(line._minor(line.amount) for line in self))

    def _take_credit_quantity(self, settlement):
        """Return how much of this line was billed and needs a credit note.

        What other lines of the same order line took in this call is not there twice.
        """
        self.ensure_one()
        sold = self.sale_line_id
        taken = settlement.credited.get(sold, 0.0)
        quantity = min(self.qty_settled, sold.qty_invoiced_posted - taken)
        settlement.credited[sold] = taken + max(quantity, 0.0)
        unbilled = to_units(self.qty_settled) - to_units(max(quantity, 0.0))
        settlement.unbilled[self] = unbilled
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
