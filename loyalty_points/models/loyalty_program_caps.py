"""The most points a member may earn per order, day and month."""

from odoo import fields, models

CAPS = {
    "order": "points_max_order",
    "day": "points_max_day",
    "month": "points_max_month",
}


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    points_max_order = fields.Integer(
        string="Most Points per Order",
        help="0: as many as its lines are worth. What goes beyond is noted on the "
        "entry and is what a refund takes first.",
    )
    points_max_day = fields.Integer(
        string="Most Points per Day",
        help="By orders, for each member, in days where the program is at home. "
        "0: no limit.",
    )
    points_max_month = fields.Integer(
        string="Most Points per Month",
        help="By orders, for each member, in calendar months. 0: no limit.",
    )

    _points_caps_positive = models.Constraint(
        "CHECK (points_max_order >= 0 AND points_max_day >= 0 "
        "AND points_max_month >= 0)",
        "The most points per order, day or month cannot be negative.",
    )

    def _points_limits(self):
        """Return {span: most points} for the spans that have a limit."""
        self.ensure_one()
        return {span: self[field] for span, field in CAPS.items() if self[field]}

    def _points_spans(self, order, moment):
        """Return {span: key}: the order, day and month which points fall into."""
        day = self._points_day(moment)
        return {"order": order.id, "day": day, "month": day.replace(day=1)}
