"""What has to be bought for a reward, so that returns can look again."""

from dataclasses import asdict

from odoo import models

from ..policy.amounts import to_units
from ..policy.purchase import Condition


class LoyaltyReward(models.Model):
    """The conditions of a reward in an order."""

    _inherit = "loyalty.reward"

    def _return_condition(self, order, goods):
        """Return the Condition of this reward, the mildest of its program's rules.

        None where the goods of this order are no condition of it: points collected
        before, coupons of earlier orders.

        :param goods: lines of the order that could be bought for it
        """
        self.ensure_one()
        program = self.program_id
        if program.applies_on != "current":
            return None
        bought = goods.filtered(lambda line: not line.reward_id)
        products_by_rule = program._get_valid_products(bought.product_id)
        conditions = [
            self._return_condition_of(rule, order, bought, products_by_rule[rule])
            for rule in program.rule_ids
            if products_by_rule.get(rule)
            and (rule.mode == "auto" or rule in order.code_enabled_rule_ids)
        ]
        return min(conditions, key=lambda c: (c.amount, c.units), default=None)

    def _return_condition_of(self, rule, order, bought, products):
        """Return what one rule asks for, and what the points of the reward ask for."""
        eligible = bought.filtered(lambda line: line.product_id in products)
        amount = order._return_units(rule._compute_amount(order.currency_id))
        units = to_units(rule.minimum_qty) if rule.minimum_qty > 1 else 0
        step = self.required_points / (rule.reward_point_amount or 1)
        repeats = self._return_repeats()
        if rule.reward_point_mode == "money":
            # each step counts anew; a minimum above it is not looked at again
            step = order._return_units(step)
            amount, units = (step, 0) if repeats else (max(amount, step), units)
        elif rule.reward_point_mode == "unit":
            step = to_units(step)
            units = step if repeats else max(units, step)
        basis = "untaxed" if rule.minimum_amount_tax_mode == "excl" else "price"
        return Condition(frozenset(eligible.ids), amount, units, basis)

    def _return_repeats(self):
        """Tell whether the reward is given again each time the condition is met."""
        self.ensure_one()
        by_order = set(self.program_id.rule_ids.mapped("reward_point_mode")) == {
            "order"
        }
        if by_order or self.clear_wallet:
            return False
        return self.reward_type == "product" or self.discount_mode == "per_point"

    def _return_terms(self, order, goods):
        """Return the condition and the worth of this reward as plain values.

        None where it depends on nothing of the order.
        """
        self.ensure_one()
        condition = self._return_condition(order, goods)
        if not condition:
            return None
        kind, value = "once", 0
        if self.discount_mode == "percent":
            kind, value = "percent", round(self.discount * 100)
        elif self._return_repeats():
            kind = "each"
            value = self._return_amount(order, self.discount * self.required_points)
        return {
            **asdict(condition),
            "eligible": sorted(condition.eligible),
            "kind": kind,
            "value": value,
            "limit": self._return_amount(order, self.discount_max_amount),
            "repeats": self._return_repeats(),
        }

    def _return_amount(self, order, amount):
        """Return an amount in the smallest unit of the order's currency."""
        return order._return_units(
            self.currency_id._convert(
                amount, order.currency_id, order.company_id, order.date_order
            )
        )
