"""An earning rule as people say it."""

from odoo import api, fields, models
from odoo.tools import format_date

from ..ledger.earning import BASE


class LoyaltyPointsRule(models.Model):
    _inherit = "loyalty.points.rule"

    sentence = fields.Char(
        string="In Words",
        compute="_compute_sentence",
        compute_sudo=True,
        help="What this rule does, in your language.",
    )

    @api.depends_context("lang")
    @api.depends(
        "effect",
        "basis",
        "points",
        "multiplier",
        "product_ids.display_name",
        "category_ids.display_name",
        "product_domain",
        "team_ids.name",
        "source_ids.name",
        "tier_ids.name",
        "date_from",
        "date_to",
        "minimum_amount",
        "program_id.currency_id.symbol",
    )
    def _compute_sentence(self):
        for rule in self.with_context(active_test=False):
            parts = (rule._say_effect(), *rule._say_filters())
            rule.sentence = ", ".join(part for part in parts if part)

    def _say_sentences(self):
        """Return these rules as whole sentences."""
        return [f"{rule.sentence[:1].upper()}{rule.sentence[1:]}." for rule in self]

    def _say_effect(self):
        if self.effect == BASE:
            what = self.program_id._points_say_rate(self.points, self.basis)
        else:
            what = self.program_id._points_say_factor(self.multiplier)
        goods = self._say_goods()
        if goods:
            return self.env._("%(points)s on %(goods)s", points=what, goods=goods)
        return what

    def _say_goods(self):
        names = self.product_ids.mapped("display_name")
        names += self.category_ids.mapped("display_name")
        if self._fits_all():
            return self._say_list(names)
        if names:
            return self.env._("some of %(goods)s", goods=self._say_list(names))
        return self.env._("some products")

    def _say_filters(self):
        """Yield the filters that narrow this rule down, goods apart."""
        env = self.env
        if names := self.team_ids.mapped("name"):
            yield env._("sold by %(teams)s", teams=self._say_list(names))
        if names := self.source_ids.mapped("name"):
            yield env._("from %(sources)s", sources=self._say_list(names))
        if names := self.tier_ids.mapped("name"):
            yield env._("for %(tiers)s", tiers=self._say_list(names))
        yield self._say_days()
        if self.minimum_amount:
            yield env._(
                "orders of at least %(amount)s",
                amount=self.currency_id.format(self.minimum_amount),
            )

    def _say_days(self):
        start, end = (
            day and format_date(self.env, day, date_format="medium")
            for day in (self.date_from, self.date_to)
        )
        if start and end:
            return self.env._("%(start)s – %(end)s", start=start, end=end)
        if start:
            return self.env._("from %(start)s on", start=start)
        return end and self.env._("until %(end)s", end=end)

    def _say_list(self, names):
        return self.env._(" or ").join(names)
