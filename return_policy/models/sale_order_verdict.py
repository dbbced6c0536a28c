"""The verdict on a whole order: that of its most urgent line."""

from odoo import api, fields, models
from odoo.fields import Domain

from ..policy.clock import last_second
from ..policy.decision import NOT_SOLD
from .sale_order_line import VERDICTS

URGENCY = ("allowed", "review", "refused", "none")
SOUGHT = {
    "<": lambda end, value: end < value,
    "<=": lambda end, value: end <= value,
    ">": lambda end, value: end > value,
    ">=": lambda end, value: end >= value,
    "in": lambda end, value: end in value,
}


class SaleOrderVerdict(models.Model):
    """What may still come back of an order, and which window ends first."""

    _inherit = "sale.order"

    return_verdict = fields.Selection(
        VERDICTS,
        compute="_compute_return_verdict",
        search="_search_return_verdict",
        compute_sudo=True,
        groups="base.group_user",
        help="Returnable where any line is, else to be judged where any line is.",
    )
    return_chip = fields.Char(
        string="Return",
        compute="_compute_return_verdict",
        compute_sudo=True,
        groups="base.group_user",
        help="The verdict on the line whose window ends first.",
    )
    return_last_moment = fields.Datetime(
        string="Returnable until",
        compute="_compute_return_verdict",
        search="_search_return_last_moment",
        compute_sudo=True,
        groups="base.group_user",
        help="When the first window that is still open ends.",
    )

    @api.depends("order_line.return_verdict", "order_line.return_last_moment")
    def _compute_return_verdict(self):
        decisions = self.order_line._origin._return_verdicts()
        for order in self:
            found = [
                (line, decisions[line.id])
                for line in order.order_line._origin
                if line.id in decisions
            ]
            line, decision = min(
                found, key=_urgency, default=(order.order_line.browse(), NOT_SOLD)
            )
            end = decision.last_moment if decision.outcome == "allowed" else None
            order.return_verdict = str(decision.outcome)
            order.return_chip = line._return_verdict_chip(decision)
            order.return_last_moment = end and last_second(end).replace(tzinfo=None)

    def _search_return_verdict(self, operator, value):
        self._check_field_access(self._fields["return_verdict"], "read")
        if operator != "in":
            return NotImplemented
        lines = self.env["sale.order.line"]._return_outcome_domains()
        domains, before = {}, Domain.FALSE
        for outcome in URGENCY[:-1]:
            having = Domain("order_line", "any!", lines[outcome])
            domains[outcome] = having & ~before
            before |= having
        domains["none"] = ~before
        return Domain.OR(domains[item] for item in value if item in domains)

    def _search_return_last_moment(self, operator, value):
        """Find orders by the end of the first window that is still open."""
        self._check_field_access(self._fields["return_last_moment"], "read")
        if operator not in SOUGHT:
            return NotImplemented
        first = self.env["sale.order.line"]._return_first_ends()
        fits = SOUGHT[operator]
        found = Domain(
            "id", "in", [key for key, end in first.items() if fits(end, value)]
        )
        if operator == "in" and False in value:
            found |= Domain("id", "not in", list(first))
        return found


def _urgency(found):
    """Sort lines: returnable before to be judged, then by the end of the window.

    Of open windows the one that ends first comes first, of closed ones the last.
    """
    _line, decision = found
    end = decision.last_moment.timestamp() if decision.last_moment else None
    rank = URGENCY.index(decision.outcome)
    if end is None:
        return rank, float("inf")
    return rank, end if decision.outcome == "allowed" else -end
