from odoo import api, fields, models
from odoo.exceptions import UserError

from ..ledger.tiers import Tier


class LoyaltyTier(models.Model):
    _name = "loyalty.tier"
    _description = "Member Tier"
    _order = "program_id, enter_at, id"

    name = fields.Char(required=True, translate=True)
    program_id = fields.Many2one(
        "loyalty.program",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("points_ledger", "=", True)],
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, index="btree_not_null"
    )
    member_count = fields.Integer(string="Members", compute="_compute_member_count")
    enter_at = fields.Integer(
        required=True,
        default=0,
        help="What a member has to reach in the period to enter this tier: points, "
        "or whole units of the program's currency. The rungs of the ladder are "
        "ordered by it. 0: every member has at least this tier.",
    )
    keep_at = fields.Integer(
        required=True,
        default=0,
        help="What a member has to reach again by the end of the term to keep this "
        "tier. 0: as much as to enter it.",
    )
    reenter_at = fields.Integer(
        string="Re-enter At",
        required=True,
        default=0,
        help="What a member who held this tier before has to reach to come back. "
        "0: as much as to enter it.",
    )
    multiplier = fields.Float(
        required=True,
        default=1.0,
        digits=(6, 2),
        help="The points of an order line are multiplied by this when it first "
        "earns. 1.5 means half as many points again.",
    )
    entry_points = fields.Integer(
        string="Entry Gift",
        help="Points given once to each member who enters this tier, also when it "
        "is skipped on the way up.",
    )
    birthday_points = fields.Integer(
        string="Birthday Gift",
        help="Points for the birthday of members of this tier. 0: what the program "
        "gives to everybody.",
    )
    color = fields.Integer(string="Colour")
    description = fields.Text(
        translate=True,
        help="What this tier is about, in words for the member.",
    )
    threshold = fields.Char(
        compute="_compute_threshold", help="What it takes to enter and to keep it."
    )
    benefits = fields.Text(
        compute="_compute_benefits",
        help="What members of this tier get, one benefit in a line.",
    )

    _enter_uniq = models.Constraint(
        "UNIQUE(program_id, enter_at)",
        "Two tiers of one program cannot be entered at the same number.",
    )
    _no_negative = models.Constraint(
        "CHECK (enter_at >= 0 AND keep_at >= 0 AND reenter_at >= 0 "
        "AND entry_points >= 0 AND birthday_points >= 0)",
        "Thresholds and gifts of a tier cannot be negative.",
    )
    _keep_within_enter = models.Constraint(
        "CHECK (keep_at <= enter_at)",
        "Keeping a tier cannot ask for more than entering it.",
    )
    _multiplier_positive = models.Constraint(
        "CHECK (multiplier > 0)", "The multiplier of a tier must be above zero."
    )

    def _compute_member_count(self):
        counted = self.env["loyalty.membership"]._read_group(
            [("tier_id", "in", self.ids)], ["tier_id"], ["__count"]
        )
        counts = {tier.id: count for tier, count in counted}
        for tier in self:
            tier.member_count = counts.get(tier.id, 0)

    @api.depends("enter_at", "keep_at", "program_id.points_tier_basis")
    @api.depends_context("lang")
    def _compute_threshold(self):
        for tier in self:
            env, enter, keep = tier.env, tier.enter_at, tier.keep_at or tier.enter_at
            if not enter:
                tier.threshold = env._("Every member")
            elif tier.program_id.points_tier_basis == "spend":
                tier.threshold = env._(
                    "Spend %(enter)s to enter, %(keep)s to keep it",
                    enter=enter,
                    keep=keep,
                )
            else:
                tier.threshold = env._(
                    "%(enter)s points to enter, %(keep)s to keep it",
                    enter=enter,
                    keep=keep,
                )

    @api.depends("multiplier", "entry_points", "birthday_points")
    @api.depends_context("lang")
    def _compute_benefits(self):
        for tier in self:
            tier.benefits = "\n".join(tier._describe_benefits())

    def _describe_benefits(self):
        """Return what members of this tier get, one sentence each; to be extended."""
        self.ensure_one()
        env = self.env
        sentences = [
            (
                self.multiplier != 1,
                env._("Orders earn %(times)g times the points.", times=self.multiplier),
            ),
            (
                self.entry_points,
                env._("%(points)s points as a welcome.", points=self.entry_points),
            ),
            (
                self.birthday_points,
                env._(
                    "%(points)s points for the birthday.", points=self.birthday_points
                ),
            ),
        ]
        return [sentence for given, sentence in sentences if given]

    def _to_rung(self):
        return Tier(self.id, self.enter_at, self.keep_at, self.reenter_at)

    def write(self, vals):
        """Refuse to carry a tier with members over to another program."""
        if "program_id" in vals:
            self.filtered(
                lambda tier: tier.program_id.id != vals["program_id"]
            )._unlink_except_held()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        # sudo: loyalty.tier.change - whoever held it, also in another company
        held = self.env["loyalty.tier.change"].sudo()
        if used := held.search(
            ["|", ("tier_id", "in", self.ids), ("from_tier_id", "in", self.ids)],
            limit=1,
        ):
            raise UserError(
                self.env._(
                    "%(tier)s has had members. Give the tier another name and other "
                    "thresholds instead.",
                    tier=(used.tier_id & self or used.from_tier_id).name,
                )
            )

    def action_members(self):
        """Open the members of this tier."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "loyalty_points.action_loyalty_membership"
        )
        action["domain"] = [("tier_id", "=", self.id)]
        return action
