"""Allowances given for an order line, settled and promised."""

from collections import defaultdict

from odoo import models

from ..policy.amounts import Allowance, to_units
from ..policy.remedies import REMEDY
from ..policy.states import OPEN

ALLOWANCES = [code for code, remedy in REMEDY.items() if remedy.pays == "amount"]


class SaleOrderLine(models.Model):
    """Allowances given for an order line."""

    _inherit = "sale.order.line"

    def _return_allowances(self):
        """Return {line: its settled Allowances, in the order they were given}."""
        found = defaultdict(tuple)
        for sold, asked in self._return_asked().items():
            settled = asked.filtered(
                lambda line: line.remedy in ALLOWANCES and line.is_settled
            )
            found[sold] = tuple(
                Allowance(to_units(line.qty_before_allowance), line._minor(line.amount))
                for line in settled.sorted(
                    lambda line: (line.qty_before_allowance, line.id)
                )
            )
        return found

    def _return_open_allowances(self):
        """Return {line: amounts agreed on by requests that are not settled}."""
        found = {}
        for sold, asked in self._return_counted().items():
            waiting = asked.filtered(
                lambda line: (
                    line.remedy in ALLOWANCES
                    and line.state in OPEN
                    and not line.is_settled
                    and not line.is_refused
                )
            )
            amount = sum(waiting.mapped("amount_agreed"))
            found[sold] = sold.order_id._return_units(amount)
        return found
