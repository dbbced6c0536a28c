"""Facts behind a verdict, read for a whole batch of order lines at once."""

from odoo import models
from odoo.fields import Domain

from ..policy.facts import utc

LINE_FIELDS = [
    "company_id",
    "display_type",
    "is_delivery",
    "is_downpayment",
    "order_id",
    "price_total",
    "price_unit",
    "product_id",
    "product_uom_qty",
    "qty_delivered",
    "return_received_at",
    "reward_id",
    "state",
]


class SaleOrderLineFacts(models.Model):
    """What stock, products and buyers tell about lines; called with full rights."""

    _inherit = "sale.order.line"

    def _return_prefetch(self):
        """Return the lines with all that facts need read in one query a table."""
        lines = self.with_prefetch()
        lines.fetch(LINE_FIELDS)
        lines.order_id.fetch(["return_policy_version_id", "currency_rate"])
        products = lines.product_id
        products.fetch(["product_tmpl_id"])
        products.product_tmpl_id.fetch(["categ_id", "return_exclusion"])
        return lines

    def _return_facts(self, version):
        """Return {line id: facts by name} for lines under one version."""
        shipped = self._return_shipped_at()
        confirmed = self._return_confirmed_at()
        matched, broken = self._return_matched_rules(version)
        exclusions = self._return_exclusions()
        return {
            line.id: {
                "shipped": bool(
                    line.id in shipped or line.return_received_at or line.qty_delivered
                ),
                "shipped_at": utc(shipped.get(line.id)),
                "received_at": utc(line.return_received_at or None),
                "quantity_left": (
                    line.qty_delivered
                    if line.id in shipped or line.qty_delivered
                    else line.product_uom_qty
                ),
                "exclusion": exclusions[line.product_id.id],
                "confirmed_at": utc(confirmed.get(line.id)),
                "amount": line._return_amount(),
                "matched": matched[line.product_id.id],
                "broken_rule": broken,
            }
            for line in self
        }

    def _return_amount(self):
        """Return what the line cost, in the smallest unit of the company currency."""
        self.ensure_one()
        rate = self.order_id.currency_rate or 1.0
        unit = self.company_id.currency_id.rounding or 0.01
        return round(self.price_total / rate / unit)

    def _return_exclusions(self):
        """Return {product id: legal ground or ""}; the product before its category."""
        by_category = self.product_id.categ_id._return_exclusions()
        return {
            product.id: (
                product.return_exclusion or by_category.get(product.categ_id.id, "")
            )
            for product in self.product_id
        }

    def _return_shipped_at(self):
        """Return {line id: when the last parcel left}."""
        groups = self.env["stock.move"]._read_group(
            [
                ("sale_line_id", "in", self.ids),
                ("state", "=", "done"),
                ("location_dest_id.usage", "=", "customer"),
            ],
            ["sale_line_id"],
            ["date:max"],
        )
        return {line.id: moment for line, moment in groups}

    def _return_confirmed_at(self):
        """Return {line id: when the buyer confirmed that it cannot be returned}."""
        groups = self.env["return.purchase.confirmation"]._read_group(
            [("sale_line_id", "in", self.ids)], ["sale_line_id"], ["confirmed_at:min"]
        )
        return {line.id: moment for line, moment in groups}

    def _return_matched_rules(self, version):
        """Return ({product id: keys of fitting rules}, name of a broken rule).

        Each condition is searched once for all products of the batch.
        """
        products = self.product_id.with_context(active_test=False)
        among = Domain("id", "in", products.ids)
        matched = {product_id: set() for product_id in products.ids}
        rules = self.env["return.policy.rule"]
        for text, keys in version.keys_by("domain").items():
            domain, problem = rules._read_product_domain(text)
            if problem:
                broken = next(rule for rule in version.rules if rule.key == keys[0])
                return dict.fromkeys(matched, frozenset()), broken.name
            found = products if domain.is_true() else products.search(domain & among)
            for product_id in found.ids:
                matched[product_id].update(keys)
        return {key: frozenset(keys) for key, keys in matched.items()}, ""
