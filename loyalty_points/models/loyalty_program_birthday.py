from odoo import fields, models


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    points_birthday = fields.Integer(
        string="Birthday Gift",
        help="Points for the birthday of each member, once a calendar year and no "
        "sooner than 30 days after the birthday was entered or changed. A tier can "
        "give its own gift instead. 0: none.",
    )

    _points_birthday_positive = models.Constraint(
        "CHECK (points_birthday >= 0)", "A birthday gift cannot be negative."
    )
