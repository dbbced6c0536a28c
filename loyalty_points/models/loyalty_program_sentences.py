"""What a program gives for orders, as people say it."""

from odoo import api, fields, models

from ..ledger.earning import MONEY, ORDER, UNIT


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    points_earning_text = fields.Text(
        string="In Words",
        compute="_compute_points_earning_text",
        compute_sudo=True,
        help="All that decides how many points an order earns.",
    )

    @api.depends_context("lang")
    @api.depends(
        "currency_id.symbol",
        "points_earn_at",
        "points_max_day",
        "points_max_month",
        "points_max_order",
        "points_minimum_amount",
        "points_per_unit",
        "points_rule_ids.active",
        "points_rule_ids.sentence",
        "points_rule_ids.sequence",
        "points_tier_ids.multiplier",
        "points_tier_ids.name",
    )
    def _compute_points_earning_text(self):
        for program in self:
            program.points_earning_text = "\n".join(program._points_sentences())

    def _points_sentences(self):
        """Return one sentence for each rule, and for what holds besides."""
        rules = self.points_rule_ids.filtered("active").sorted(
            lambda rule: (rule.sequence, rule._origin.id)
        )
        rates = rules.filtered(lambda rule: rule.effect == "base")
        return [
            *rates._say_sentences(),
            self._points_say_default(bool(rates)),
            *(rules - rates)._say_sentences(),
            *self._points_say_tiers(),
            *self._points_say_limits(),
        ]

    def _points_say_default(self, other):
        """Return what is given where no rule fits.

        :param other: whether there are rules which give a rate
        """
        rate = self._points_say_rate(self.points_per_unit, MONEY)
        if other:
            return self.env._("Otherwise %(points)s.", points=rate)
        return f"{rate[:1].upper()}{rate[1:]}."

    def _points_say_rate(self, points, basis):
        """Return "2 points per 1 €" and the like."""
        if not points:
            return self.env._("no points")
        currency = self.currency_id.symbol or self.currency_id.name
        per = {
            MONEY: self.env._("1 %(currency)s", currency=currency),
            UNIT: self.env._("piece"),
            ORDER: self.env._("order"),
        }[basis]
        if points == 1:
            return self.env._("1 point per %(basis)s", basis=per)
        return self.env._(
            "%(number)s points per %(basis)s",
            number=self._points_say_number(points),
            basis=per,
        )

    def _points_say_factor(self, factor):
        if factor == 2:
            return self.env._("double points")
        if factor == 3:
            return self.env._("triple points")
        return self.env._(
            "%(number)s times the points", number=self._points_say_number(factor)
        )

    def _points_say_number(self, number):
        """Return a number without needless zeros, as the reader writes it."""
        text = f"{number:.4f}".rstrip("0").rstrip(".")
        lang = self.env["res.lang"]._get_data(code=self.env.user.lang or "en_US")
        return text.replace(".", lang.decimal_point or ".")

    def _points_say_tiers(self):
        """Yield what the tiers multiply."""
        for tier in self.points_tier_ids:
            if tier.multiplier not in (0, 1):
                yield self.env._(
                    "%(tier)s: %(points)s.",
                    tier=tier.name,
                    points=self._points_say_factor(tier.multiplier),
                )

    def _points_say_limits(self):
        """Yield what an order needs, and the most it can earn."""
        env = self.env
        if self.points_minimum_amount:
            yield env._(
                "Only orders of at least %(amount)s earn.",
                amount=self.currency_id.format(self.points_minimum_amount),
            )
        for limit, sentence in (
            (self.points_max_order, env._("At most %(points)s points per order.")),
            (self.points_max_day, env._("At most %(points)s points per day.")),
            (self.points_max_month, env._("At most %(points)s points per month.")),
        ):
            if limit:
                yield sentence % {"points": limit}
        yield env._("Each line is rounded down to whole points.")
