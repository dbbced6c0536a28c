"""What has to happen next on a request, who does it, and by when."""

from datetime import timedelta

from odoo import api, fields, models

from ..policy.states import next_step


class ReturnRequest(models.Model):
    """Deadlines."""

    _inherit = "return.request"

    next_action = fields.Selection(
        [
            ("submit", "Submit the request"),
            ("review", "Approve or refuse"),
            ("answer", "Wait for the buyer's answer"),
            ("ship_back", "Wait for the buyer to send the goods"),
            ("receive", "Receive the parcel"),
            ("inspect", "Inspect the goods"),
            ("settle", "Pay the buyer back"),
            ("send", "The refund is being sent"),
            ("confirm", "Refund outside Odoo, then confirm here"),
            ("resolve", "Sort out the refund"),
            ("none", "Nothing"),
        ],
        compute="_compute_next_action",
        store=True,
        index=True,
    )
    next_actor = fields.Selection(
        [
            ("agent", "Agent"),
            ("lead", "Lead"),
            ("warehouse", "Warehouse"),
            ("buyer", "Buyer"),
            ("system", "Odoo"),
            ("none", "Nobody"),
        ],
        compute="_compute_next_action",
        store=True,
        index=True,
    )
    deadline = fields.Datetime(
        compute="_compute_next_action",
        store=True,
        index=True,
        help="When the next action has to be done. Refunds: 7 days after the goods "
        "were received (7-day return rules, art. 13).",
    )
    alarm_at = fields.Datetime(
        "Hard Alarm",
        compute="_compute_next_action",
        store=True,
        help="15 days after receiving the goods without a refund the law is broken "
        "(Consumer Law, art. 56).",
    )
    at_zero = fields.Selection(
        [("none", "Nothing"), ("alarm", "Alarm")],
        compute="_compute_next_action",
        store=True,
        string="At the Deadline",
    )
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )

    @api.depends(
        "state",
        "goods_state",
        "money_state",
        "submitted_at",
        "approved_at",
        "received_at",
        "refund_since",
    )
    def _compute_next_action(self):
        for request in self:
            step = next_step(request.state, request.goods_state, request.money_state)
            since = request._step_since(step)
            request.next_action = step.action
            request.next_actor = step.actor
            request.at_zero = step.at_zero
            request.deadline = since and since + timedelta(hours=step.hours)
            alarm = since and step.alarm_hours
            request.alarm_at = alarm and since + timedelta(hours=step.alarm_hours)

    def _step_since(self, step):
        """Return the moment from which the step's time runs."""
        if step.since == "refund_since":
            # the law counts from the goods, or from approval where none come back
            return self.received_at or self.refund_since or self.approved_at
        return self[step.since] if step.since else False

    @api.depends("deadline")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for request in self:
            request.is_overdue = bool(request.deadline) and request.deadline < now

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("deadline", "<", fields.Datetime.now())]
