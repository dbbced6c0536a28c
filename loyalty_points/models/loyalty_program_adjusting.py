from odoo import fields, models


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    points_adjust_max = fields.Integer(
        string="Adjusted Without Approval",
        default=200,
        help="How many points an agent may give or take on one card within 24 hours "
        "without a manager. 0: every adjustment waits for a manager.",
    )

    _points_adjust_max_positive = models.Constraint(
        "CHECK (points_adjust_max >= 0)",
        "The points an agent may adjust cannot be negative.",
    )
