from odoo import fields, models


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
    company_id = fields.Many2one(related="program_id.company_id", store=True)
    enter_at = fields.Integer(
        string="Enter At",
        help="What a member has to reach in the period to enter this tier: points, "
        "or whole units of the program's currency. The rungs of the ladder are "
        "ordered by it. 0: every member has at least this tier.",
    )
    keep_at = fields.Integer(
        string="Keep At",
        help="What a member has to reach again by the end of the term to keep this "
        "tier. 0: as much as to enter it.",
    )
    reenter_at = fields.Integer(
        string="Re-enter At",
        help="What a member who held this tier before has to reach to come back. "
        "0: as much as to enter it.",
    )
    multiplier = fields.Float(
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
    free_return_freight = fields.Boolean(
        help="Members of this tier pay nothing to send goods back.",
    )
    extra_window_days = fields.Integer(
        string="Longer Return Window",
        help="Days added to the time in which members of this tier may send goods "
        "back.",
    )
    service_priority = fields.Selection(
        [("0", "Normal"), ("1", "High"), ("2", "Very High"), ("3", "At Once")],
        required=True,
        default="0",
        help="How soon the service answers members of this tier.",
    )
    color = fields.Integer(string="Colour")
    description = fields.Text(
        translate=True,
        help="What this tier is about, in words for the member.",
    )

    _enter_uniq = models.Constraint(
        "UNIQUE(program_id, enter_at)",
        "Two tiers of one program cannot be entered at the same number.",
    )
    _no_negative = models.Constraint(
        "CHECK (enter_at >= 0 AND keep_at >= 0 AND reenter_at >= 0 "
        "AND entry_points >= 0 AND birthday_points >= 0 AND extra_window_days >= 0)",
        "Thresholds, gifts and days of a tier cannot be negative.",
    )
    _keep_within_enter = models.Constraint(
        "CHECK (keep_at <= enter_at)",
        "Keeping a tier cannot ask for more than entering it.",
    )
    _multiplier_positive = models.Constraint(
        "CHECK (multiplier > 0)", "The multiplier of a tier must be above zero."
    )
