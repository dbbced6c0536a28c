"""How few points an order may spend, and how much of it points may pay."""

from math import ceil

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _apply_program_reward(self, reward, coupon, **kwargs):
        """Refuse a reward which the program does not grant to this order."""
        status = super()._apply_program_reward(reward, coupon, **kwargs)
        if not status.get("error"):
            self._points_check_limits()
        return status

    def _get_claimable_rewards(self, forced_coupons=None):
        """Offer no rewards of members who have too few points to spend any."""
        found = super()._get_claimable_rewards(forced_coupons)
        for card in list(found):
            if card.points_ledger and card.points < card.program_id.points_minimum:
                del found[card]
        return found

    def _get_reward_values_discount(self, reward, coupon, **kwargs):
        """Cut a discount per point to the share of the order that points may pay."""
        values = super()._get_reward_values_discount(reward, coupon, **kwargs)
        program = reward.program_id
        if not program.points_ledger or reward.discount_mode != "per_point":
            return values
        granted, room = self._points_worth_of(values), self._points_room(program)
        if self.currency_id.compare_amounts(granted, room) <= 0:
            return values
        if self.currency_id.compare_amounts(room, 0) <= 0:
            raise UserError(self._points_share_error(program))
        return [
            {
                **vals,
                "price_unit": vals["price_unit"] * room / granted,
                "points_cost": ceil(round(vals["points_cost"] * room / granted, 6)),
            }
            for vals in values
        ]

    def _points_worth_of(self, values):
        """Return what reward lines with these values take off, taxes included."""
        worth = 0.0
        for vals in values:
            taxes = self.env["account.tax"].browse(
                command[1] for command in vals["tax_ids"] if command[0] == Command.LINK
            )
            worth -= taxes.compute_all(
                vals["price_unit"], self.currency_id, vals["product_uom_qty"]
            )["total_included"]
        return worth

    def _points_discount(self, program):
        """Return what the rewards of a program take off this order, taxes included."""
        lines = self.order_line.filtered(
            lambda line: (
                line.reward_id.program_id == program
                and line.reward_id.reward_type == "discount"
            )
        )
        return -sum(lines.mapped("price_total"))

    def _points_room(self, program):
        """Return how much more of this order the points of a program may pay."""
        paid = self._points_discount(program)
        return self.currency_id.round(
            (self.amount_total + paid) * program.points_share_max - paid
        )

    def _points_check_limits(self):
        """Refuse orders which spend too few points, or pay too much by them."""
        for (order, card), cost in self._points_costs().items():
            program = card.program_id
            if 0 < cost < program.points_minimum:
                raise UserError(
                    self.env._(
                        "%(program)s: an order spends %(minimum)s points or none, "
                        "%(order)s spends %(cost)s.",
                        program=program.name,
                        minimum=program.points_minimum,
                        order=order.name,
                        cost=cost,
                    )
                )
            lines = order.order_line.filtered("reward_id")
            tolerance = order.currency_id.rounding * (len(lines) + 0.5)
            if order._points_room(program) < -tolerance:
                raise UserError(order._points_share_error(program))

    def _points_share_error(self, program):
        return self.env._(
            "%(program)s: points pay %(share)s %% of an order at most. Remove the "
            "rewards from %(order)s that pay more, or claim them again.",
            program=program.name,
            share=f"{program.points_share_max * 100:g}",
            order=self.name,
        )
