"""Earning rules as pure values, judged for many products at once."""

import logging

from odoo import models
from odoo.fields import Domain

from ..ledger.earning import BASE, Rule

_logger = logging.getLogger(__name__)


class LoyaltyPointsRule(models.Model):
    _inherit = "loyalty.points.rule"

    def _to_rules(self, products):
        """Return these rules for the ledger, each with the products that fit it."""
        return [rule._to_rule(rule._fitting(products)) for rule in self]

    def _to_rule(self, products):
        def chosen(records):
            return frozenset(records.ids) or None

        return Rule(
            self.id,
            self.effect,
            self.points if self.effect == BASE else self.multiplier,
            self.basis,
            products,
            chosen(self.team_ids),
            chosen(self.source_ids),
            chosen(self.tier_ids),
            self.date_from or None,
            self.date_to or None,
            self.minimum_amount,
        )

    def _fitting(self, products):
        """Return the ids of the products that fit, or None when all do."""
        if self.product_ids or self.category_ids:
            wanted = {f"/{category_id}/" for category_id in self.category_ids.ids}
            products = products.filtered(
                lambda product: (
                    product in self.product_ids
                    or any(
                        each in f"/{product.categ_id.parent_path}" for each in wanted
                    )
                )
            )
        elif self._fits_all():
            return None
        return frozenset(self._searched(products.ids))

    def _fits_all(self):
        return self.product_domain in (False, "", "[]")

    def _searched(self, product_ids):
        if not product_ids or self._fits_all():
            return product_ids
        try:
            domain = Domain("id", "in", product_ids) & self._product_domain()
            return (
                self.env["product.product"]
                .with_context(active_test=False)
                ._search(domain)
            )
        except ValueError:
            # what it names may have gone with an addon; deliveries must go on
            _logger.exception("Earning rule %s fits no product any more", self.id)
            return []
