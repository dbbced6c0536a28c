"""A whole program on one page, as its merchant says it."""

from odoo import api, fields, models

SUMMED_UP = (
    "currency_id.symbol",
    "points_earning_text",
    "points_earn_at",
    "points_pending_days",
    "reward_ids.description",
    "reward_ids.discount_mode",
    "reward_ids.required_points",
    "points_minimum",
    "points_share_max",
    "points_value",
    "points_expiry_sentence",
    "points_notice_days",
    "points_tier_ids.name",
    "points_birthday",
    "points_referral",
    "points_referrer",
    "points_friend",
    "points_negative",
    "points_adjust_max",
    "points_enrol_all",
)


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    points_summary = fields.Text(
        string="The Program in Words",
        compute="_compute_points_summary",
        compute_sudo=True,
        help="What members are told when they ask how this program works, and what "
        "holds for the shop. What is off is left out.",
    )

    @api.depends_context("lang")
    @api.depends(*SUMMED_UP)
    def _compute_points_summary(self):
        for program in self:
            concerns = (
                program.points_earning_text.splitlines(),
                program._points_say_moments(),
                program._points_say_spending(),
                program._points_say_expiry(),
                program._points_say_ladder(),
                program._points_say_gifts(),
                program._points_say_corrections(),
            )
            lines = (" ".join(sentences) for sentences in concerns)
            program.points_summary = "\n".join(f"• {line}" for line in lines if line)

    def _points_say_moments(self):
        """Yield when orders earn, and when it may be spent."""
        env = self.env
        yield {
            "delivery": env._("Points are earned when goods are delivered."),
            "invoice": env._("Points are earned when the invoice is posted."),
            "payment": env._("Points are earned when the invoice is paid in full."),
        }[self.points_earn_at or "delivery"]
        if self.points_pending_days:
            yield env._(
                "They may be spent %(days)s days after the delivery.",
                days=self.points_pending_days,
            )
        if not self.points_enrol_all:
            yield env._("Only customers who hold a card earn.")

    def _points_say_spending(self):
        """Yield what points buy, and how much of an order."""
        env = self.env
        for reward in self.reward_ids:
            values = {"points": self._points_say_number(reward.required_points)}
            values["reward"] = reward.description
            if reward.discount_mode == "per_point":
                yield env._("From %(points)s points on: %(reward)s.", **values)
            else:
                yield env._("For %(points)s points: %(reward)s.", **values)
        if self.points_value:
            yield env._(
                "A point is worth %(value)s %(currency)s.",
                value=self._points_say_number(self.points_value),
                currency=self.currency_id.symbol or self.currency_id.name,
            )
        if self.points_minimum:
            yield env._(
                "An order spends %(points)s points at least.",
                points=self.points_minimum,
            )
        if self.points_share_max < 1:
            yield env._(
                "Points pay %(share)s %% of an order at most.",
                share=f"{self.points_share_max * 100:g}",
            )

    def _points_say_expiry(self):
        """Yield when points expire, and who is told."""
        yield self.points_expiry_sentence or ""
        if self.points_expiry != "never" and self.points_notice_days:
            yield self.env._(
                "Members get a mail %(days)s days before.",
                days=self.points_notice_days,
            )

    def _points_say_ladder(self):
        """Yield the tiers, lowest first."""
        tiers = self.points_tier_ids.sorted("enter_at")
        if tiers:
            yield self.env._("Tiers: %(tiers)s.", tiers=", ".join(tiers.mapped("name")))

    def _points_say_gifts(self):
        """Yield what is given for other things than orders."""
        env = self.env
        if self.points_birthday:
            yield env._("%(points)s points on birthdays.", points=self.points_birthday)
        if self.points_referral:
            yield env._(
                "%(member)s points for whoever brings a friend, %(friend)s for the "
                "friend.",
                member=self.points_referrer,
                friend=self.points_friend,
            )

    def _points_say_corrections(self):
        """Yield what happens to points spent before a refund, and by hand."""
        env = self.env
        yield {
            "negative": env._(
                "Refunded points that were spent before are owed by the member."
            ),
            "zero": env._("Refunded points that were spent before are let go."),
            "net": env._(
                "Refunded points that were spent before are deducted from the refund."
            ),
        }[self.points_negative or "negative"]
        if self.points_adjust_max:
            yield env._(
                "Agents give or take up to %(points)s points a day on one card.",
                points=self.points_adjust_max,
            )
        else:
            yield env._("A manager approves each correction by an agent.")
