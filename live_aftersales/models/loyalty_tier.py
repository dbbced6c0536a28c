from odoo import api, fields, models
from odoo.fields import Domain

# What makes a tier one that is promised something with each order.
PROMISING = Domain("extra_window_days", ">", 0) | Domain(
    "free_return_freight", "=", True
)


class LoyaltyTier(models.Model):
    """What members of a tier get when something comes back, or they ask for help."""

    _inherit = "loyalty.tier"

    free_return_freight = fields.Boolean(
        help="The shop pays the way back where the member would have to. Promised with "
        "each order: it holds for the orders which members confirm while they have "
        "this tier, whatever becomes of the tier.",
    )
    extra_window_days = fields.Integer(
        string="Longer Return Window",
        help="Calendar days added to the window in which goods may come back, whatever "
        "the policy and its rules give. Promised with each order: it holds for the "
        "orders which members confirm while they have this tier.",
    )
    service_priority = fields.Selection(
        [("0", "As for everybody"), ("2", "High"), ("3", "Very High")],
        required=True,
        default="0",
        help="New tickets and return requests of members who have this tier at that "
        "moment get at least this priority. Agents may change it there.",
    )

    _extra_window_days_range = models.Constraint(
        "CHECK (extra_window_days BETWEEN 0 AND 365)",
        "A tier makes the return window longer by 365 days at most, and never shorter.",
    )

    @api.depends("free_return_freight", "extra_window_days", "service_priority")
    def _compute_benefits(self):
        return super()._compute_benefits()

    def _describe_benefits(self):
        """Add what returns and the desk give."""
        env, days = self.env, self.extra_window_days
        priorities = dict(self._fields["service_priority"]._description_selection(env))
        sentences = [
            (self.free_return_freight, env._("Sending goods back is free.")),
            (days, env._("%(days)s more days to send goods back.", days=days)),
            (
                self.service_priority != "0",
                env._(
                    "Priority of the service: %(priority)s.",
                    priority=priorities.get(self.service_priority),
                ),
            ),
        ]
        return super()._describe_benefits() + [
            text for given, text in sentences if given
        ]
