"""What the buyer paid for each order line, discounts of the order included."""

from typing import NamedTuple

from odoo import models

from ..policy.amounts import (
    Allowance,
    Part,
    given,
    left_of,
    share,
    spread_discount,
    to_units,
)


class Paid(NamedTuple):
    """What one order line cost the buyer: its own price and its discounts' shares."""

    whole: int  # quantity, in millionths of the line's unit
    parts: tuple[Part, ...]  # its own price first
    allowances: tuple[Allowance, ...] = ()  # on its own price, in order

    @property
    def total(self):
        return sum(part.total for part in self.parts)

    @property
    def own(self):
        return self.parts[0]

    @property
    def allowed(self):
        """Return what was given back for goods the buyer kept."""
        return sum(allowance.amount for allowance in self.allowances)

    def claim(self, quantity, settled=0, promised=0):
        """Return what a quantity comes to with all allowances of the line.

        :param settled: how much of it was given back already
        :param promised: allowances which are not settled yet
        """
        if not self.whole:
            return promised
        held = min(quantity, self.whole)
        known = self.allowances
        if promised:
            known += (Allowance(min(settled, self.whole), promised),)
        claimed = given(self.own, self.whole, held, known).total
        claimed += sum(share(part.total, held, self.whole) for part in self.parts[1:])
        return claimed + self.allowed + promised

    def left(self, units, more=()):
        """Return what is left after units came back, all allowances and more."""
        known = self.allowances + more
        others = self.parts[1:]
        return left_of(self.own, self.whole, units, known).total + sum(
            part.total - share(part.total, units, self.whole) for part in others
        )


class SaleOrderLine(models.Model):
    """Prices as they were paid."""

    _inherit = "sale.order.line"

    def _return_paid(self):
        """Return {line: Paid} for every line of the orders of these lines.

        Invoices say what was paid; what is not invoiced yet is taken from the order.
        Discount lines are shared between the lines they were given for. Amounts are
        in the smallest unit of the order's currency.
        """
        orders = self.order_id
        lines = orders.order_line.filtered(
            lambda line: not line.display_type and not line.is_downpayment
        )
        # read at once for what follows, which looks at one order after the other
        # sudo: account.move.line - the invoices of the orders
        lines.sudo().mapped("invoice_lines.move_id.invoice_line_ids")
        own = {line: line._return_own_paid() for line in lines}
        if any(base + tax < 0 for _whole, base, tax in own.values()):
            # discounts are shared out to what is taxed like them
            lines.mapped("tax_ids")
            # sudo: loyalty.program - sellers may not read programs of other teams
            lines.sudo().coupon_id.program_id.mapped("is_payment_program")
        allowances = lines._return_allowances()
        for order in orders:
            order._return_fix_rounding(own)
        paid = {}
        for mine in lines.grouped("order_id").values():
            paid.update(mine._return_with_discounts(own, allowances))
        return paid

    def _return_claims(self, paid):
        """Return {line: what requests have taken or may take of it}."""
        claimed = {
            line: (
                to_units(sum(asked.mapped("qty_claimed"))),
                to_units(sum(asked.mapped("qty_settled"))),
            )
            for line, asked in self._return_counted().items()
        }
        promised = self._return_open_allowances()
        return {
            line: price.claim(*claimed.get(line, (0, 0)), promised.get(line, 0))
            for line, price in paid.items()
        }

    def _return_own_paid(self):
        """Return (whole, base, tax) of this line alone.

        Goods which the buyer gave in part payment stand apart; they are no discount.
        """
        self.ensure_one()
        units = self.order_id._return_units
        sign = -1 if self.product_uom_qty < 0 else 1
        if sign < 0 and self.product_id.type == "consu":
            return 0, 0, 0
        whole = base = total = 0
        # sudo: account.move.line - what was invoiced is what was paid for
        for billed in self.sudo()._return_posted_lines():
            quantity = billed.product_uom_id._compute_quantity(
                billed.quantity, self.product_uom_id, round=False
            )
            whole += sign * to_units(quantity)
            base += units(billed.price_subtotal)
            total += units(billed.price_total)
        ordered = to_units(abs(self.product_uom_qty))
        left = ordered - whole
        if left > 0:
            base += share(units(self.price_subtotal), left, ordered)
            total += share(units(self.price_total), left, ordered)
            whole = ordered
        return whole, base, total - base

    def _return_posted_lines(self):
        return self.invoice_lines.filtered(
            lambda line: (
                line.move_id.state == "posted"
                and line.move_id.move_type == "out_invoice"
            )
        )

    def _return_with_discounts(self, own, allowances):
        """Return {line: Paid} with the negative lines shared out to the others."""
        discounts = self.filtered(lambda line: own[line][1] + own[line][2] < 0)
        goods = self - discounts
        parts = {line: [Part(line.id, own[line][1], own[line][2])] for line in goods}
        # a card pays for what promotions have left
        for discount in discounts.sorted(lambda line: line._return_is_card_payment()):
            piece = Part(discount.id, own[discount][1], own[discount][2])
            left = {line: sum(part.total for part in parts[line]) for line in goods}
            targets = discount._return_discount_targets(goods, left, -piece.total)
            if not targets:
                continue
            totals = [own[line][1] + own[line][2] for line in targets]
            shares = spread_discount(piece, totals)
            if any(
                left[line] + part.total < 0
                for line, part in zip(targets, shares, strict=True)
            ):
                rests = [max(left[line], 0) for line in targets]
                shares = spread_discount(piece, rests)
            for line, part in zip(targets, shares, strict=True):
                parts[line].append(part)
        return {
            line: Paid(own[line][0], tuple(parts[line]), allowances[line])
            for line in goods
        }

    def _return_is_card_payment(self):
        """Tell whether this is no discount but what an eWallet or gift card paid."""
        self.ensure_one()
        # sudo: loyalty.program - sellers may not read programs of other teams
        return bool(self.sudo().coupon_id.program_id.is_payment_program)

    def _return_discount_targets(self, goods, left, amount):
        """Return the lines a discount line was given for.

        The delivery where that is free. The products of the reward where it names
        some, else the lines taxed alike (core makes one discount line per tax), else
        all; freight only when alone, or when the goods are worth less. Cards pay for
        goods whatever their taxes.

        :param left: {line: what earlier discounts have left of it}
        :param int amount: what the discount takes
        """
        self.ensure_one()
        priced = goods.filtered(lambda line: line.price_total > 0)
        wares = priced.filtered(lambda line: not line.is_delivery) or priced
        reward = self.reward_id
        if reward.reward_type == "shipping":
            return priced.filtered("is_delivery") or wares
        if reward.discount_applicability == "specific":
            products = reward.all_discount_product_ids
            named = wares.filtered(lambda line: line.product_id in products)
            wares = named or wares
        alike = wares.filtered(lambda line: line.tax_ids == self.tax_ids)
        if self._return_is_card_payment():
            alike = wares
        for targets in (alike, wares, priced):
            if targets and sum(left[line] for line in targets) >= amount:
                return targets
        return alike or wares or goods[:1]
