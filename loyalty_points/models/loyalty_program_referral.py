from odoo import fields, models


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    points_referral = fields.Boolean(
        string="Members Bring Friends",
        help="A member's code or link brings a friend: both get points once the "
        "friend's first order can no longer be sent back.",
    )
    points_referrer = fields.Integer(
        string="Points for the Member",
        default=100,
        help="For each friend whose first order was kept.",
    )
    points_friend = fields.Integer(string="Points for the Friend", default=100)
    points_referral_minimum = fields.Monetary(
        string="Smallest First Order",
        help="The friend's first order must come to so much, taxes included, in the "
        "currency of the program. 0: any order.",
    )
    points_referral_network_max = fields.Integer(
        string="Friends per Network",
        default=3,
        help="More friends than this from one network address within seven days wait "
        "for a person. 0: not counted.",
    )

    _points_referral_positive = models.Constraint(
        "CHECK (points_referrer >= 0 AND points_friend >= 0 "
        "AND points_referral_minimum >= 0 AND points_referral_network_max >= 0)",
        "Points and limits of referrals cannot be negative.",
    )

    def _points_refers(self):
        """Tell whether the program rewards referrals today."""
        self.ensure_one()
        today = self._points_today()
        return (
            self.active
            and self.points_ledger
            and self.points_referral
            and (not self.date_from or self.date_from <= today)
            and (not self.date_to or today <= self.date_to)
        )
