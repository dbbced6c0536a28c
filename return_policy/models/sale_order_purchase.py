"""An order as the settlement of returns sees it: prices, promotions, gifts, freight."""

from dataclasses import replace

from odoo import models

from ..policy.purchase import Condition, Freight, Gift, Item, Order, Promotion


class SaleOrder(models.Model):
    """What was sold under which conditions."""

    _inherit = "sale.order"

    def _prepare_delivery_line_vals(self, carrier, price_unit):
        """Remember what a free delivery would have cost, as it is at the purchase."""
        values = super()._prepare_delivery_line_vals(carrier, price_unit)
        return {**values, **carrier._return_delivery_terms(self, price_unit)}

    def _action_confirm(self):
        """Remember what the rewards of the order ask for, as it is at the purchase."""
        result = super()._action_confirm()
        # sudo: loyalty.reward - sellers may not read programs of other teams
        for line in self.sudo().order_line.filtered("reward_id"):
            goods = line.order_id.order_line.filtered(
                lambda sold: sold.product_id and not sold._is_return_side_line()
            )
            line.return_reward_terms = line.reward_id._return_terms(
                line.order_id, goods
            )
        return result

    def _return_purchases(self):
        """Return {order: policy.purchase.Order}, in amounts of the order's currency."""
        # sudo: sale.order - prices, programs and deliveries of the order
        orders = self.sudo()
        paid = orders.order_line._return_paid()
        by_hand = orders._return_hand_credited()
        sent = orders.order_line.filtered("product_id")._return_left().order_id
        return {
            order: order._return_purchase(paid, by_hand, order not in sent)
            for order in orders
        }

    def _return_purchase(self, paid, by_hand, is_unsent):
        self.ensure_one()
        goods = self.order_line.filtered(
            lambda line: line in paid and paid[line].whole and not line.is_delivery
        )
        return Order(
            items=tuple(
                Item(line.id, found.whole, found.parts, found.allowances)
                for line, found in ((line, paid[line]) for line in goods)
            ),
            promotions=tuple(self._return_promotions(goods)),
            gifts=tuple(self._return_gifts(goods, paid)),
            freight=replace(
                self._return_freight(goods, paid, by_hand), unsent=is_unsent
            ),
        )

    def _return_promotions(self, goods):
        """Yield the promotions which goods of this order were the condition of."""
        discounts = self.order_line.filtered(
            lambda line: (
                line.reward_id.reward_type == "discount" and line.price_total < 0
            )
        )
        for lines in discounts.grouped(
            lambda line: (line.reward_id, line.coupon_id, line.reward_identifier_code)
        ).values():
            terms = lines[:1]._return_terms(goods)
            if terms:
                yield Promotion(
                    min(lines.ids),
                    frozenset(lines.ids),
                    condition_of(terms),
                    terms["kind"],
                    terms["value"],
                    terms["limit"],
                )

    def _return_gifts(self, goods, paid):
        """Yield what was given for free; without a program for anything bought."""
        priced = goods.filtered(lambda line: paid[line].own.total)
        for line in goods - priced:
            terms = line._return_terms(goods)
            yield Gift(
                line.id,
                condition_of(terms) if terms else Condition(frozenset(priced.ids)),
                self._return_units(line.return_gift_price * line.product_uom_qty),
                repeats=bool(terms) and terms["repeats"],
            )

    def _return_freight(self, goods, paid, by_hand):
        """Return what delivery cost, or what being free saved."""
        lines = self.order_line.filtered("is_delivery")
        charged = [line for line in lines if line in paid and not by_hand.get(line)]
        extra = sum(line._return_taxed(line.return_express_extra) for line in charged)
        waived, condition = self._return_waived_freight(lines, goods)
        return Freight(
            sum(paid[line].total for line in charged), extra, waived, condition
        )

    def _return_waived_freight(self, lines, goods):
        """Return (what being free saved, the condition of that)."""
        for reward_line in self.order_line:
            reward = reward_line.reward_id
            if reward.reward_type == "shipping" and reward_line.price_total < 0:
                saved = self._return_units(-reward_line.price_total)
                terms = reward_line._return_terms(goods)
                return saved, terms and condition_of(terms)
        free = lines.filtered("return_freight_waived")[:1]
        if not free:
            return 0, None
        saved = free._return_taxed(free.return_freight_waived)
        amount = self._return_units(free.return_free_from)
        return saved, Condition(frozenset(goods.ids), amount, basis="paid")


def condition_of(terms):
    """Return the Condition held in what a reward asked for."""
    return Condition(
        frozenset(terms["eligible"]), terms["amount"], terms["units"], terms["basis"]
    )
