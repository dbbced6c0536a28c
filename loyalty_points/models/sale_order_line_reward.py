"""How much of what a reward had granted is paid back."""

from odoo import models

from ..ledger import shares


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _points_reward_share(self, billed, later=()):
        """Return the share of these reward lines that is paid back, by their cost.

        :param billed: see ``_points_billed``
        :param later: documents which do not count yet
        """
        cost = sum(self.mapped("points_cost"))
        if not cost:
            return shares.NONE
        parts = [
            line._points_reward_line_share(billed, later)
            * shares.ratio(line.points_cost, cost)
            for line in self
            if line.points_cost
        ]
        return min(sum(parts), shares.WHOLE)

    def _points_reward_line_share(self, billed, later):
        """Return the share of one reward: of a free product what came back of it.

        Of a discount, the share of its goods that is paid back, or of itself when it
        is taken off more.
        """
        if self.reward_id.reward_type == "product":
            return self._points_free_share(later)
        goods = self._points_discounted()
        now = {
            line: [bill for bill in billed[line] if bill[0] not in later]
            for line in goods | self
        }
        total = sum(goods.mapped("price_total"))
        back = sum(
            shares.paid_back(*line._points_bill_sums(now[line]), line.price_total)
            for line in goods
        )
        count = sum(len(now[line]) for line in goods)
        tolerance = self.currency_id.rounding * (count + 0.5)
        granted, taken_off = reversed(self._points_bill_sums(now[self]))
        undone = shares.paid_back(granted, taken_off, -self.price_total)
        return max(
            shares.billed_share(back, total, tolerance),
            shares.billed_share(undone, -self.price_total, tolerance),
        )

    @staticmethod
    def _points_bill_sums(bills):
        """Return (invoiced, refunded) of [(move, invoiced, refunded)]."""
        return sum(bill[1] for bill in bills), sum(bill[2] for bill in bills)

    def _points_discounted(self):
        """Return the goods which this discount lowered."""
        order, reward = self.order_id, self.reward_id
        goods = order.order_line.filtered(
            lambda line: (
                not (line.display_type or line.reward_id or line.is_downpayment)
                and not line._is_delivery()
                and line.price_total > 0
            )
        )
        chosen = goods
        if reward.discount_applicability == "specific":
            chosen = goods & order._get_specific_discountable_lines(reward)
        elif reward.discount_applicability == "cheapest":
            chosen = order._cheapest_line(reward) or goods
        return chosen or goods

    def _points_free_share(self, later):
        """Return the share of a free product which credit notes list."""
        invoiced = refunded = 0.0
        for line in self.invoice_lines:
            if line.parent_state == "posted" and line.move_id not in later:
                quantity = line.product_uom_id._compute_quantity(
                    line.quantity, self.product_uom_id
                )
                if line.move_id.direction_sign < 0:
                    invoiced += quantity
                else:
                    refunded += quantity
        whole = self.product_uom_qty
        return shares.billed_share(
            shares.paid_back(invoiced, refunded, whole), whole, 0
        )
