"""The tier ladder of a program, and how it counts."""

from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..ledger import tiers


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    points_tier_ids = fields.One2many("loyalty.tier", "program_id", string="Tiers")
    points_tier_count = fields.Integer(compute="_compute_points_tier_count")
    points_tier_basis = fields.Selection(
        [("points", "Points earned"), ("spend", "Money spent")],
        string="Tiers Count",
        required=True,
        default="points",
        help="What lifts a member: points earned by orders and given for other deeds, "
        "without tier gifts and corrections by hand; or what was paid for the goods "
        "that earned, in whole units of the program's currency. Pending points do "
        "not count yet, refunds are taken off.",
    )
    points_tier_period = fields.Selection(
        [
            ("rolling", "Over the last months"),
            ("calendar", "In the calendar year"),
            ("lifetime", "Ever since"),
        ],
        string="Counted",
        required=True,
        default="rolling",
        help="Tiers of a calendar year last until the end of the next year; tiers "
        "that count ever since have no end.",
    )
    points_tier_months = fields.Integer(
        string="Months Counted",
        default=12,
        help="The last so many months count, today included.",
    )
    points_tier_term = fields.Integer(
        string="Months a Tier Lasts",
        default=12,
        help="At the end of this term the member keeps the tier or drops.",
    )
    points_tier_grace = fields.Integer(
        string="Grace Days",
        help="Days after the term in which the member can still reach what keeps the "
        "tier.",
    )
    points_tier_downgrade = fields.Selection(
        [
            ("step", "One tier down"),
            ("balance", "To the tier which the member would keep"),
        ],
        string="A Member Drops",
        required=True,
        default="step",
    )
    points_tier_warn_days = fields.Integer(
        string="Warn Before the Drop",
        default=30,
        help="So many days before the term ends, members who have not reached what "
        "keeps their tier get one mail that says what is missing. 0: no mail.",
    )

    _points_tier_numbers = models.Constraint(
        "CHECK (points_tier_months > 0 AND points_tier_term > 0 "
        "AND points_tier_grace BETWEEN 0 AND 36500 "
        "AND points_tier_warn_days BETWEEN 0 AND 36500)",
        "Months of tiers must be above zero, days between 0 and 36500.",
    )

    def _compute_points_tier_count(self):
        counted = self.env["loyalty.tier"]._read_group(
            [("program_id", "in", self.ids)], ["program_id"], ["__count"]
        )
        counts = {program.id: count for program, count in counted}
        for program in self:
            program.points_tier_count = counts.get(program.id, 0)

    @api.constrains("points_tier_months", "points_tier_term")
    def _check_points_tier_months(self):
        for program in self:
            if max(program.points_tier_months, program.points_tier_term) > 600:
                raise ValidationError(
                    self.env._("Tiers count and last for 600 months at most.")
                )

    def _points_start(self):
        """Make members of those who hold a card when the ledger starts."""
        result = super()._points_start()
        if self:
            self.env["loyalty.membership"]._make_missing()
        return result

    def _points_tier_rules(self):
        self.ensure_one()
        return tiers.Rules(
            self.points_tier_period,
            self.points_tier_months,
            self.points_tier_term,
            self.points_tier_grace,
            self.points_tier_downgrade,
        )

    def _points_ladder(self):
        """Return the tiers as rungs, lowest first."""
        return [tier._to_rung() for tier in self.points_tier_ids.sorted("enter_at")]

    def _points_midnight(self, day):
        """Return the naive UTC moment at which a day of this program begins."""
        zone = pytz.timezone(self._points_zone())
        start = zone.localize(datetime.combine(day, time.min))
        return start.astimezone(pytz.utc).replace(tzinfo=None)

    def action_points_tiers(self):
        """Open the tier ladder of this program."""
        self.ensure_one()
        self.check_access("read")
        self.env["loyalty.tier"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "loyalty_points.action_loyalty_tier"
        )
        action["domain"] = [("program_id", "=", self.id)]
        action["context"] = {"default_program_id": self.id}
        return action
