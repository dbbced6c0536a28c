"""The verdicts on every remedy of order lines, side by side."""

from odoo import models

from ..policy.facts import WITHOUT_REASON
from ..policy.terms import REMEDIES


class SaleOrderLine(models.Model):
    """Verdicts by remedy."""

    _inherit = "sale.order.line"

    def _return_verdicts_by_remedy(self, reason=None, asked_at=None, seal=""):
        """Return {line id: {remedy: Decision}}; the facts are looked up once.

        Lines that sold nothing are left out. See ``_return_verdicts``.
        """
        # sudo: sale.order.line - facts lie in stock and policies; callers check access
        lines = self.sudo()
        asked = {
            "reason": reason._to_reason() if reason else WITHOUT_REASON,
            "seal": seal,
        }
        found = {}
        for company, rows in lines._return_rows().items():
            mine = lines.with_company(company)
            orders = (
                self.env["sale.order"].browse({row.order_id for row in rows}).sudo()
            )
            judging = orders._return_judging()
            versions = [item for items in judging.values() for item in items]
            known = mine._return_known(rows, versions, asked_at)
            for remedy in REMEDIES:
                decisions = mine._return_decide_best(
                    rows, judging, known, asked | {"remedy": remedy}
                )
                for line_id, decision in decisions.items():
                    found.setdefault(line_id, {})[remedy] = decision
        return found
