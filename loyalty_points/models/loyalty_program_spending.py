"""What a point is worth, and how much of an order points may pay."""

from odoo import api, fields, models


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    points_value = fields.Float(
        string="Value of a Point",
        digits=(16, 6),
        compute="_compute_points_value",
        store=True,
        readonly=False,
        help="In the currency of the program. Taken from the cheapest reward when that "
        "is an amount of money, anew whenever that reward changes; correct it by hand. "
        "Used to deduct spent points from refunds and to value what members hold.",
    )
    points_minimum = fields.Integer(
        string="Fewest Points for an Order",
        help="An order that claims rewards must spend at least so many points. "
        "0: no limit.",
    )
    points_share_max = fields.Float(
        string="Highest Share of an Order",
        default=1.0,
        help="Share of an order, taxes and delivery included, which discounts claimed "
        "with points may pay. Discounts per point are cut to it, others refused. "
        "Free products do not count.",
    )

    _points_value_positive = models.Constraint(
        "CHECK (points_value >= 0)", "The value of a point cannot be negative."
    )
    _points_minimum_positive = models.Constraint(
        "CHECK (points_minimum >= 0)",
        "The fewest points for an order cannot be negative.",
    )
    _points_share_possible = models.Constraint(
        "CHECK (points_share_max > 0 AND points_share_max <= 1)",
        "The highest share of an order lies above 0 % and is 100 % at most.",
    )

    @api.depends(
        "reward_ids.active",
        "reward_ids.reward_type",
        "reward_ids.discount_mode",
        "reward_ids.discount",
        "reward_ids.required_points",
    )
    def _compute_points_value(self):
        for program in self:
            worth = program.reward_ids.sorted("required_points")[:1]._points_worth()
            program.points_value = program.points_value if worth is None else worth

    def _points_money(self, points, currency, company, day, before=0):
        """Return what points are worth, in a currency and rounded to it.

        :param day: the date of the exchange rate
        :param before: points paid for earlier; what both are worth adds up exactly
        """
        self.ensure_one()
        worth = self.currency_id.round((before + points) * self.points_value)
        worth -= self.currency_id.round(before * self.points_value)
        return self.currency_id._convert(worth, currency, company, day)
