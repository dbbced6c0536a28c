"""Facts behind a verdict, read for a whole batch of order lines at once."""

from datetime import datetime
from typing import NamedTuple

from odoo import models
from odoo.fields import Datetime, Domain

from ..policy.facts import utc

# Lines which sold something that could come back.
SOLD = Domain(
    [
        ("state", "=", "sale"),
        ("product_id", "!=", False),
        ("price_unit", ">=", 0),
        ("display_type", "=", False),
        ("is_downpayment", "=", False),
        ("is_delivery", "=", False),
    ]
) & (
    Domain("reward_id", "=", False)
    | Domain("reward_id", "any!", [("reward_type", "=", "product")])
)


class Row(NamedTuple):
    """One order line that sold something, as stored."""

    id: int
    company_id: int
    order_id: int
    product_id: int
    product_uom_qty: float
    qty_delivered: float
    price_total: float
    return_received_at: datetime | None


class SaleOrderLineFacts(models.Model):
    """What stock, products and buyers tell about lines; called with full rights."""

    _inherit = "sale.order.line"

    def _return_rows(self):
        """Return {company: rows of those lines that sold something}, in one query.

        Rows instead of records: the facts of many lines are read much faster.
        """
        query = self.with_context(active_test=False)._search(
            SOLD & Domain("id", "in", self.ids)
        )
        columns = [self._field_to_sql(self._table, name) for name in Row._fields]
        companies = {}
        for values in self.env.execute_query(query.select(*columns)):
            row = Row(*values)
            companies.setdefault(row.company_id, []).append(row)
        company = self.env["res.company"]
        return {company.browse(key): rows for key, rows in companies.items()}

    def _return_facts(self, version, asked_at=None):
        """Return {line id: facts by name} under one version; none for unsold lines.

        :param Version version: the pure version whose rules are asked
        :param asked_at: see ``_return_verdicts``
        """
        # sudo: sale.order.line - facts lie in stock and policies; callers check access
        lines = self.sudo()
        result = {}
        for company, rows in lines._return_rows().items():
            lines = lines.with_company(company)
            known = lines._return_known(rows, [version], asked_at)
            matched, broken = lines._return_matched(rows, version)
            for key, facts in known.items():
                result[key] = {**facts, "matched": matched[key], "broken_rule": broken}
        return result

    def _return_known(self, rows, versions, asked_at=None):
        """Return {line id: facts by name} that hold under any version.

        :param versions: whose rules may ask how often the customer returned
        :param asked_at: see ``_return_verdicts``
        """
        line_ids = [row.id for row in rows]
        orders = self.env["sale.order"].browse({row.order_id for row in rows})
        moments = self._return_moments(line_ids, asked_at)
        shipped = self._return_shipped_at(line_ids)
        confirmed = self._return_confirmed_at(line_ids)
        exclusions = self._return_exclusions({row.product_id for row in rows})
        buyers = orders._return_buyer_facts()
        returns = orders._return_counts(rows, moments, versions)
        rates = orders._return_rates()
        known = {}
        for row in rows:
            key, delivered = row.id, row.qty_delivered
            shipped_at = shipped.get(key)
            known[key] = {
                "asked_at": moments[key],
                "shipped": bool(shipped_at or row.return_received_at or delivered),
                "shipped_at": shipped_at,
                "received_at": utc(row.return_received_at),
                "quantity_left": (
                    delivered if shipped_at or delivered else row.product_uom_qty
                ),
                "exclusion": exclusions[row.product_id],
                "confirmed_at": confirmed.get(key),
                "amount": round(row.price_total / rates[row.order_id]),
                "returns": returns.get(key, {}),
                **buyers[row.order_id],
            }
        return known

    def _return_moments(self, line_ids, asked_at=None):
        """Return {line id: aware moment of asking}, see ``_return_verdicts``."""
        if isinstance(asked_at, dict):
            return {line_id: utc(asked_at[line_id]) for line_id in line_ids}
        return dict.fromkeys(line_ids, utc(asked_at or Datetime.now()))

    def _return_exclusions(self, product_ids):
        """Return {product id: legal ground or ""}; the product before its category."""
        products = self.env["product.product"].browse(product_ids)
        products.fetch(["product_tmpl_id"])
        products.product_tmpl_id.fetch(["categ_id", "return_exclusion"])
        by_category = products.categ_id._return_exclusions()
        return {
            product.id: (
                product.return_exclusion or by_category.get(product.categ_id.id, "")
            )
            for product in products
        }

    def _return_shipped_at(self, line_ids):
        """Return {line id: when the last parcel left, aware}."""
        groups = self.env["stock.move"]._read_group(
            [
                ("sale_line_id", "in", line_ids),
                ("state", "=", "done"),
                ("location_dest_id.usage", "=", "customer"),
            ],
            ["sale_line_id"],
            ["date:max"],
        )
        return {line.id: utc(moment) for line, moment in groups}

    def _return_confirmed_at(self, line_ids):
        """Return {line id: when the buyer confirmed that it cannot be returned}.

        What was confirmed after the purchase proves nothing. Source: 7-day return
        rules, art. 7, 20.
        """
        groups = self.env["return.purchase.confirmation"]._read_group(
            [("sale_line_id", "in", line_ids)], ["sale_line_id"], ["confirmed_at:min"]
        )
        return {
            line.id: utc(moment)
            for line, moment in groups
            if moment <= line.order_id.date_order
        }
