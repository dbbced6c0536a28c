"""Which rules of a version fit which lines: each condition is searched once a batch."""

from odoo import models
from odoo.fields import Domain

# condition of a rule: the model it asks about
ASKED = {
    "domain": "product.product",
    "customer_domain": "res.partner",
    "order_domain": "sale.order",
}


class SaleOrderLineMatch(models.Model):
    """Ask the domains of rules about lines; called with full rights."""

    _inherit = "sale.order.line"

    def _return_matched(self, rows, version):
        """Return ({line id: keys of the rules that fit by domain}, a broken rule).

        Equal sets are one object, so that a version plans for each of them once.
        """
        orders = self.env["sale.order"].browse({row.order_id for row in rows})
        asked = {
            "domain": {row.product_id for row in rows},
            "customer_domain": set(orders.partner_id.ids),
            "order_domain": set(orders.ids),
        }
        fitting = {}
        for name, record_ids in asked.items():
            fitting[name], broken = self._return_fitting(version, name, record_ids)
            if broken:
                return {row.id: frozenset() for row in rows}, broken
        by_product, by_customer, by_order = fitting.values()
        by_buyer = {
            order.id: by_customer[order.partner_id.id] & by_order[order.id]
            for order in orders
        }
        made, matched = {}, {}
        for row in rows:
            pair = by_product[row.product_id], by_buyer[row.order_id]
            found = made.get(pair)
            if found is None:
                found = made[pair] = pair[0] & pair[1]
            matched[row.id] = found
        return matched, ""

    def _return_fitting(self, version, name, record_ids):
        """Return ({record id: keys of the rules one condition of which fits}, broken).

        Relative dates count in the policy's time zone, texts in the company's
        language: a verdict does not depend on who asks.

        :param str name: the condition, a key of ``ASKED``
        :return: and the name of a rule whose condition can no longer be asked
        """
        records = self.env[ASKED[name]].with_context(
            active_test=False,
            tz=version.terms.zone,
            lang=self.env.company.partner_id.lang,
        )
        among = Domain("id", "in", record_ids)
        rules = self.env["return.policy.rule"]
        every, found = set(), {record_id: set() for record_id in record_ids}
        for text, keys in version.keys_by(name).items():
            domain, problem = rules._read_domain(records._name, text)
            if problem:
                broken = next(rule for rule in version.rules if rule.key == keys[0])
                return {}, broken.name
            if domain.is_true():
                every.update(keys)
                continue
            for record_id in records.search(domain & among, order="id")._ids:
                found[record_id].update(keys)
        return {key: frozenset(every | keys) for key, keys in found.items()}, ""
