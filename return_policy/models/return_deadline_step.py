"""The time of one step in a plan of deadlines."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..policy.deadline import AT_ZERO


class ReturnDeadlineStep(models.Model):
    """How long one step may take."""

    _name = "return.deadline.step"
    _description = "Deadline of a Return Step"
    _order = "plan_id, sequence, id"

    plan_id = fields.Many2one(
        "return.deadline.plan", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="plan_id.company_id")
    sequence = fields.Integer(default=10)
    step = fields.Selection(
        [
            ("review", "Approve or refuse"),
            ("evidence", "Buyer sends photos or video"),
            ("answer", "Buyer answers a question"),
            ("offer", "Buyer takes an offer"),
            ("collect", "Buyer pays a difference"),
            ("ship_back", "Buyer sends the goods"),
            ("receive", "Parcel arrives"),
            ("inspect", "Inspect the goods"),
            ("repair", "Repair the goods"),
            ("unrepaired", "Choose another remedy"),
            ("ship", "Ship to the buyer"),
        ],
        required=True,
    )
    amount = fields.Integer(
        "Time",
        required=True,
        default=48,
        help="It runs from the moment the step became possible: asked, approved, sent, "
        "received.",
    )
    unit = fields.Selection(
        [("hours", "hours"), ("days", "days")],
        required=True,
        default="hours",
        help="A day is 24 hours, so 7 days end at the same time of day; on the working "
        "clock it is one average day of the company's working hours.",
    )
    clock = fields.Selection(
        [("calendar", "Calendar"), ("working", "Working hours")],
        required=True,
        default="calendar",
        help="Platforms count every hour. Working hours are those of the company, "
        "without its days off.",
    )
    at_zero = fields.Selection(
        [
            ("none", "Nothing"),
            ("alarm", "Alarm"),
            ("approve", "Approve"),
            ("expire", "Let it expire"),
            ("decline", "Take the offer back"),
            ("accept", "Accept the goods"),
        ],
        "When It Is Over",
        required=True,
        default="alarm",
        help="Approve: whatever the amount, but never against the policy. Let it "
        "expire: the request ends, the buyer may ask again. Accept the goods: they "
        "count as inspected and as new. What happens by itself is in the log of the "
        "request. Nothing of it happens during a dispute.",
    )

    _step_uniq = models.UniqueIndex(
        "(plan_id, step)", "This plan already has a time for that step."
    )
    _amount_possible = models.Constraint(
        "CHECK (amount > 0 AND amount <= CASE unit WHEN 'days' THEN 365 ELSE 8760 END)",
        "A time has to be above 0 and no longer than a year.",
    )

    @api.constrains("step", "at_zero")
    def _check_at_zero(self):
        labels = dict(self._fields["at_zero"]._description_selection(self.env))
        steps = dict(self._fields["step"]._description_selection(self.env))
        for step in self:
            if step.at_zero not in AT_ZERO[step.step]:
                raise ValidationError(
                    self.env._(
                        "“%(effect)s” cannot happen when the time for “%(step)s” is "
                        "over. Possible: %(possible)s.",
                        effect=labels[step.at_zero],
                        step=steps[step.step],
                        possible=", ".join(labels[code] for code in AT_ZERO[step.step]),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Have the next step take the new time."""
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        """Have the next step take the new time."""
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        """Have the next step run without it."""
        self.env.registry.clear_cache()
        return super().unlink()
