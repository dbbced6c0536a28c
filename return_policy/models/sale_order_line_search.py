"""Search order lines by their verdict, judging only those whose window may be open."""

from collections import defaultdict

from odoo import models
from odoo.fields import Datetime, Domain
from odoo.tools import SQL, split_every

from ..policy.clock import last_second
from .sale_order_line_facts import SOLD

CHUNK = 5_000  # lines judged at a time


class SaleOrderLineSearch(models.Model):
    """Turn conditions on the verdict into conditions on stored fields and ids."""

    _inherit = "sale.order.line"

    def _search_return_verdict(self, operator, value):
        self._check_field_access(self._fields["return_verdict"], "read")
        if operator != "in":
            return NotImplemented
        domains = self._return_outcome_domains()
        return Domain.OR(domains[item] for item in value if item in domains)

    def _search_return_last_moment(self, operator, value):
        """Find lines by the last second of their window.

        Later ones are judged; earlier ones are all others which have a receipt.
        """
        self._check_field_access(self._fields["return_last_moment"], "read")
        match operator:
            case ">=":
                return self._return_ending(lambda end: end >= value, value)
            case ">":
                return self._return_ending(lambda end: end > value, value)
            case "<" | "<=":
                later = ">=" if operator == "<" else ">"
                late = self._search_return_last_moment(later, value)
                return self._return_has_moment() & ~late
            case "in":
                return self._return_ending_at(set(value))
        return NotImplemented

    def _return_ending_at(self, moments):
        """Return the domain of lines whose last moment is among these; False: none."""
        domain = Domain.FALSE
        if False in moments:
            domain = ~self._return_has_moment()
            moments = moments - {False}
        if moments:
            domain |= self._return_ending(lambda end: end in moments, min(moments))
        return domain

    def _return_ending(self, fits, earliest):
        """Return the domain of lines whose window's last second fits.

        :param fits: tells whether a last second, naive UTC, is one of those sought
        :param datetime earliest: naive UTC; none before it is
        """
        horizon = self.env["return.policy.version"]._return_horizon(earliest)
        ends = self._return_ends(horizon.open | horizon.loose)
        return Domain("id", "in", [key for key, end in ends.items() if fits(end)])

    def _return_has_moment(self):
        """Return the domain of lines which have a last moment."""
        horizon = self.env["return.policy.version"]._return_horizon(Datetime.now())
        loose = self._return_ends(horizon.loose)
        return (SOLD & horizon.dated) | Domain("id", "in", list(loose))

    def _return_ends(self, domain):
        """Return {line id: last second of its window, naive UTC}."""
        return {
            key: last_second(decision.last_moment).replace(tzinfo=None)
            for key, decision in self._return_judged(domain).items()
            if decision.last_moment
        }

    def _return_outcome_domains(self):
        """Return {outcome: domain of the lines with this verdict now}."""
        horizon = self.env["return.policy.version"]._return_horizon(Datetime.now())
        judged = self._return_judged(horizon.open | horizon.waiting | horizon.loose)
        found = defaultdict(list)
        for line_id, decision in judged.items():
            found[str(decision.outcome)].append(line_id)
        allowed = Domain("id", "in", found["allowed"])
        review = Domain("id", "in", found["review"]) | (SOLD & horizon.review)
        return {
            "allowed": allowed,
            "review": review,
            "refused": SOLD & ~(allowed | review),
            "none": ~SOLD,
        }

    def _return_first_ends(self):
        """Return {order id: last second of the first window open, naive UTC}."""
        horizon = self.env["return.policy.version"]._return_horizon(Datetime.now())
        judged = self._return_judged(horizon.open | horizon.loose)
        ends = {
            line_id: last_second(decision.last_moment).replace(tzinfo=None)
            for line_id, decision in judged.items()
            if decision.last_moment and decision.outcome == "allowed"
        }
        # sudo: sale.order.line - what may be seen of the orders is up to the rules
        lines = self.sudo().browse(ends)
        first = {}
        for line in lines:
            order_id = line.order_id.id
            first[order_id] = min(first.get(order_id, ends[line.id]), ends[line.id])
        return first

    def _return_judged(self, domain):
        """Return {line id: Decision} of today for the lines sold which fit."""
        if not self.env.su:
            domain &= Domain("company_id", "in", self.env.companies.ids)
        # sudo: sale.order.line - what may be seen of the found lines is up to the rules
        lines = self.sudo().with_context(active_test=False)
        query = lines._search(SOLD & domain, order="id")
        decisions = {}
        for line_ids in split_every(CHUNK, query.get_result_ids()):
            decisions.update(lines.browse(line_ids)._return_verdicts())
        return decisions

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Group by the verdict too."""
        if groupby_spec != "return_verdict":
            return super()._read_group_groupby(alias, groupby_spec, query)
        self._check_field_access(self._fields["return_verdict"], "read")
        if query.is_empty():  # asked only whether it can be grouped by
            return SQL("NULL")
        cases = [
            SQL("WHEN %s THEN %s", self._return_to_sql(domain, alias, query), outcome)
            for outcome, domain in self._return_outcome_domains().items()
        ]
        return SQL("CASE %s END", SQL(" ").join(cases))

    def _return_to_sql(self, domain, alias, query):
        return domain.optimize_full(self)._to_sql(self, alias, query)
