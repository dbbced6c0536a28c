"""The facts of a case that is tried: of an order line, or as typed."""

from odoo import fields, models

from ..policy.facts import Facts, utc

# The condition of a rule, and what of the case it asks about.
ASKED = {
    "domain": "product",
    "customer_domain": "customer",
    "order_domain": "order",
}


class ReturnPolicyTestFacts(models.TransientModel):
    """Make the pure facts; called with full rights."""

    _inherit = "return.policy.test"

    def _facts(self, version):
        """Return (Facts or None for an unsold line, {rule key: what does not fit}).

        Of a typed case there is no order: rules with a condition on orders do not fit.
        """
        line = self.sale_line_id
        matched, domains, broken = self._matching(version)
        if line:
            known = line._return_facts(version, self._asked_at()).get(line.id)
        else:
            known = {
                **self._typed(version),
                "matched": matched,
                "broken_rule": broken,
            }
        if known is None:
            return None, domains
        reason = self.reason_id._to_reason()
        asked = {
            "reason": reason,
            "remedy": self.remedy_id.code or "return_refund",
            "seal": self.seal or "",
        }
        return Facts(**known, **asked), domains

    def _asked_at(self):
        return self.asked_at or fields.Datetime.now()

    def _typed(self, version):
        """Return facts by name, as somebody typed them."""
        buyer = self.partner_id.commercial_partner_id
        product = self.product_id
        exclusions = self.env["sale.order.line"]._return_exclusions(product.ids)
        spans = {rule.returns_days for rule in version.rules if rule.returns_min}
        received_at = utc(self.received_at or None)
        return {
            "asked_at": utc(self._asked_at()),
            "shipped": bool(self.shipped_at or received_at),
            "shipped_at": utc(self.shipped_at or None),
            "received_at": received_at,
            "ordered_at": utc(self.ordered_at or None),
            "quantity_left": self.quantity,
            "exclusion": exclusions.get(product.id, ""),
            "confirmed_at": utc(self.ordered_at or None) if self.is_confirmed else None,
            "is_consumer": not buyer.is_company,
            "amount": round(self.amount / (self.currency_id.rounding or 0.01)),
            "returns": dict.fromkeys(spans, self.returns_count),
        }

    def _matching(self, version):
        """Return (keys of rules that fit, {rule key: what does not}, a broken rule)."""
        line = self.sale_line_id
        product = line.product_id or self.product_id
        customer = line.order_id.partner_id or self.partner_id
        records = {"product": product, "customer": customer, "order": line.order_id}
        matched = frozenset(rule.key for rule in version.rules)
        domains = {}
        for name, what in ASKED.items():
            # 0 is nobody: only rules without this condition fit it
            record_id = records[what].id or 0
            lines = self.env["sale.order.line"]
            keys, broken = lines._return_fitting(version, name, {record_id})
            if broken:
                return frozenset(), {}, broken
            for key in matched - keys[record_id]:
                domains.setdefault(key, what)
            matched &= keys[record_id]
        return matched, domains, ""
