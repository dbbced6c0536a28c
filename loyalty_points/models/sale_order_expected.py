"""What an order will earn, and from when on it may be spent."""

from odoo import api, fields, models
from odoo.tools import format_date


class SaleOrder(models.Model):
    _inherit = "sale.order"

    points_sentence = fields.Char(
        string="Points in Words",
        compute="_compute_points_sentence",
        compute_sudo=True,
        groups="base.group_user",
    )

    def _compute_points(self):
        """Expect no more than an order may earn."""
        result = super()._compute_points()
        for order in self:
            program = order.order_line.points_expected_program_id[:1]
            if most := program.points_max_order:
                order.points_expected = min(order.points_expected, most)
        return result

    @api.depends_context("lang")
    @api.depends(
        "points_expected",
        "points_earned",
        "state",
        "commitment_date",
        "order_line.points_cost",
    )
    def _compute_points_sentence(self):
        waiting, spent = self._points_waiting(), {}
        taken_back = self._points_taken_back()
        for (order, _card), cost in self._points_costs().items():
            spent[order] = spent.get(order, 0) + cost
        for order in self:
            sentences = order._points_say(
                waiting.get(order.id), spent.get(order), order._origin in taken_back
            )
            order.points_sentence = " ".join(sentences) or False

    def _points_say(self, waiting, spent, taken_back):
        """Yield what this order earns and spends; a cancelled one does neither.

        Nor is promised again what a refund has taken back.
        """
        if self.state == "cancel":
            return
        if spent and self.state == "sale":
            yield self.env._("%(points)s points spent.", points=spent)
        elif spent:
            yield self.env._("Spends %(points)s points.", points=spent)
        if self.points_expected and self.points_earned > 0:
            yield self._points_say_earned(waiting)
        elif self.points_expected and not taken_back:
            yield self.env._(
                "Earns %(points)s points, to be spent from about %(day)s.",
                points=self.points_expected,
                day=self._points_say_day(self._points_expected_on()),
            )

    def _compute_loyalty_data(self):
        """Say of our programs what core says of its own: points issued and used."""
        result = super()._compute_loyalty_data()
        for order in self.filtered("loyalty_data"):
            # sudo: sale.order - whoever may read the order may read its points
            earned = order.sudo().points_earned
            if earned and not order.loyalty_data["issued"]:
                order.loyalty_data = {**order.loyalty_data, "issued": earned}
        return result

    def _points_waiting(self):
        """Return {order id: (pending points, latest date or none)}."""
        found = self.env["loyalty.points.entry"]._read_group(
            [
                ("order_id", "in", self._origin.ids),
                ("bucket", "=", "pending"),
                ("remaining", ">", 0),
            ],
            ["order_id"],
            ["remaining:sum", "available_on:max"],
        )
        return {order.id: (points, date) for order, points, date in found}

    def _points_taken_back(self):
        """Return the orders of which refunds have taken points back."""
        found = self.env["loyalty.points.entry"]._read_group(
            [("order_id", "in", self._origin.ids), ("kind", "=", "clawback")],
            ["order_id"],
        )
        return self.browse(order.id for (order,) in found)

    def _points_say_earned(self, waiting):
        """Return the sentence of an order that has earned.

        :param waiting: pending points and the latest date on which they are released
        """
        env, points = self.env, self.points_earned
        if not waiting:
            return env._("%(points)s points earned.", points=points)
        if not waiting[1]:
            return env._(
                "%(points)s points earned; they wait for the delivery.", points=points
            )
        day = self._points_say_day(waiting[1])
        if waiting[0] >= points:
            return env._(
                "%(points)s points earned, to be spent from %(day)s.",
                points=points,
                day=day,
            )
        return env._(
            "%(points)s points earned; %(waiting)s of them may be spent from %(day)s.",
            points=points,
            waiting=waiting[0],
            day=day,
        )

    def _points_say_day(self, moment):
        """Return the day of a moment as the reader writes it."""
        day = fields.Datetime.context_timestamp(self, moment).date()
        return format_date(self.env, day, date_format="medium")

    def _points_expected_on(self):
        """Return the moment at which all points of the order are about to be there."""
        lines = self.order_line.filtered("points_expected")
        return max(
            fields.Datetime.add(
                self.commitment_date or line._expected_date(),
                days=line.points_expected_program_id.points_pending_days,
            )
            for line in lines
        )
