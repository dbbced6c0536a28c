"""Where the desk finds a request: one queue for each kind of work."""

from datetime import timedelta

from odoo import api, fields, models

# Queues which only show when something is in them.
QUIET = ("draft", "expired", "closed")


class ReturnRequest(models.Model):
    """Queues."""

    _inherit = "return.request"

    queue = fields.Selection(
        [
            ("draft", "Draft"),
            ("review", "To Review"),
            ("buyer", "Waiting for Buyer"),
            ("transit", "On the Way"),
            ("inspect", "To Inspect"),
            ("ship", "To Ship"),
            ("pay", "To Pay"),
            ("disputed", "Disputed"),
            ("expired", "Expired"),
            ("closed", "Closed"),
        ],
        compute="_compute_next_action",
        store=True,
        group_expand="_expand_queues",
        help="What kind of work the request waits for. Disputed requests stay in "
        "their own queue whatever else happens to them. What a buyer has not sent "
        "yet is in none.",
    )

    verdict = fields.Selection(
        [
            ("allowed", "Returnable"),
            ("review", "To be judged"),
            ("refused", "Not returnable"),
        ],
        compute="_compute_verdict",
        store=True,
        help="What the policy says of all lines together, as the worst of them.",
    )
    time_left = fields.Char(
        compute="_compute_time_left", help="Until the next action has to be done."
    )
    is_law_broken = fields.Boolean(
        "Refund Breaks the Law",
        compute="_compute_is_law_broken",
        search="_search_is_law_broken",
        help="The money was not back when the law wanted it at the latest.",
    )

    # the desk reads the nearest deadline first, of everything and of each queue; what
    # is closed has none and comes last
    _desk_idx = models.Index("(deadline, id)")
    _queue_idx = models.Index("(queue, deadline, id) INCLUDE (company_id)")

    def _expand_queues(self, queues, domain):
        """Show every queue with work as a column, also while it is empty."""
        codes = [code for code, _label in self._fields["queue"].selection]
        return [code for code in codes if code in queues or code not in QUIET]

    @api.depends("has_refused_line", "line_ids.verdict")
    def _compute_verdict(self):
        for request in self:
            verdicts = set(request.line_ids.mapped("verdict"))
            if request.has_refused_line:
                request.verdict = "refused"
            elif verdicts:
                request.verdict = "allowed" if verdicts == {"allowed"} else "review"
            else:
                request.verdict = False

    @api.depends("deadline")
    @api.depends_context("lang")
    def _compute_time_left(self):
        now = fields.Datetime.now()
        for request in self:
            request.time_left = request.deadline and self._say_time_left(
                request.deadline - now
            )

    @api.model
    def _say_time_left(self, left):
        """Return a span as its largest unit, in words: days, hours or minutes."""
        late, span = left < timedelta(), abs(left)
        hours = span // timedelta(hours=1)
        if hours >= 48:
            text = self.env._("%(count)s days", count=hours // 24)
        elif hours:
            text = self.env._("%(count)s h", count=hours)
        else:
            text = self.env._("%(count)s min", count=span // timedelta(minutes=1))
        return self.env._("%(span)s late", span=text) if late else text

    @api.depends("alarm_at")
    def _compute_is_law_broken(self):
        now = fields.Datetime.now()
        for request in self:
            request.is_law_broken = bool(request.alarm_at) and request.alarm_at < now

    def _search_is_law_broken(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("alarm_at", "<", fields.Datetime.now())]
