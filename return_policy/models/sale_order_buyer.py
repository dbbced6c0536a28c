"""What the buyer of an order may ask for, line by line."""

from typing import NamedTuple

from odoo import models

from ..policy.decision import NOT_SOLD


class Askable(NamedTuple):
    """One line of an order as its buyer sees it when asking.

    ``most`` is the quantity that can still be asked for; 0 where nothing can be.
    ``rest`` is a sentence where goods were sent in part only.
    """

    line: models.Model
    most: float
    is_shipped: bool
    outcome: str
    sentence: str
    paid: float
    rest: str


class SaleOrder(models.Model):
    """The order as the beginning of a return; called after the ownership check."""

    _inherit = "sale.order"

    def _buyer_lines(self):
        """Return the lines that sold goods."""
        self.ensure_one()
        return self.order_line.filtered(
            lambda line: line.product_id and not line._is_return_side_line()
        )

    def _buyer_quantities(self):
        """Return {line: (quantity that can be asked for, whether it was shipped)}.

        What has left in part can come back; the rest cannot be cancelled by the buyer.
        """
        lines = self._buyer_lines() if self.state == "sale" else self.order_line[:0]
        left, cancelled = lines._return_left(), lines._return_cancelled()
        found = {}
        for line, quantities in lines._return_quantities().items():
            most = quantities.returnable
            if line not in left:
                most = line.product_uom_qty - cancelled.get(line, 0.0)
            found[line] = max(most, 0.0), line in left
        return found

    def _buyer_may_ask(self):
        """Tell whether anything of the order can be asked for."""
        return any(most for most, _shipped in self._buyer_quantities().values())

    def _buyer_askable(self):
        """Return what each line of the order can be asked for, and what it cost."""
        quantities = self._buyer_quantities()
        lines = self.order_line.browse([line.id for line in quantities])
        verdicts = lines._return_verdicts()
        paid, still_here = lines._return_paid(), lines._return_still_here()
        rounding = self.currency_id.rounding or 0.01
        return [
            Askable(
                line,
                most,
                is_shipped,
                str(verdicts.get(line.id, NOT_SOLD).outcome),
                line._buyer_sentence(verdicts.get(line.id, NOT_SOLD), most),
                self.currency_id.round(paid[line].total * rounding),
                line._buyer_rest(still_here[line]) if is_shipped else "",
            )
            for line, (most, is_shipped) in quantities.items()
        ]

    def _buyer_requests(self):
        """Return the requests of the order which its buyer may see, newest first."""
        return self.return_request_ids.filtered(
            lambda request: request.state != "draft"
        ).sorted("id", reverse=True)
