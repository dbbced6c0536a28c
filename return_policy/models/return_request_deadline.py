"""What has to happen next on a request, who does it, and by when."""

from datetime import timedelta

from odoo import api, fields, models

from ..policy.clock import last_second, refund_deadline, window_end
from ..policy.facts import utc
from ..policy.law import floor_of
from ..policy.states import Case, next_step, queue_of
from ..policy.terms import Terms


class ReturnRequest(models.Model):
    """Deadlines."""

    _inherit = "return.request"

    deadline_plan_id = fields.Many2one(
        "return.deadline.plan",
        string="Deadlines",
        compute="_compute_deadline_plan_id",
        store=True,
        precompute=True,
        ondelete="restrict",
        index="btree_not_null",
        help="How long each step may take; the plan with which the request began.",
    )
    next_action = fields.Selection(
        [
            ("submit", "Submit the request"),
            ("review", "Approve or refuse"),
            ("evidence", "Wait for photos or video"),
            ("answer", "Wait for the buyer's answer"),
            ("offer", "Wait for the buyer to take the offer"),
            ("collect", "Wait for the buyer to pay the difference"),
            ("ship_back", "Wait for the buyer to send the goods"),
            ("receive", "Receive the parcel"),
            ("inspect", "Inspect the goods"),
            ("repair", "Repair the goods"),
            ("unrepaired", "Choose another remedy: not repaired"),
            ("ship", "Ship to the buyer"),
            ("settle", "Pay the buyer back"),
            ("send", "The refund is being sent"),
            ("confirm", "Refund outside Odoo, then confirm here"),
            ("resolve", "Sort out the refund"),
            ("dispute", "Settle the dispute"),
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
            ("manager", "Manager"),
            ("warehouse", "Warehouse"),
            ("buyer", "Buyer"),
            ("system", "Odoo"),
            ("none", "Nobody"),
        ],
        compute="_compute_next_action",
        store=True,
    )
    deadline = fields.Datetime(
        compute="_compute_next_action",
        store=True,
        help="When the next action has to be done. The steps take the times of the "
        "plan of deadlines; refunds run as the policy says, for example until 24:00 of "
        "the 7th day after the goods were received (7-day return rules, art. 13).",
    )
    step_since = fields.Datetime(
        "Since",
        compute="_compute_next_action",
        store=True,
        help="Since when the time of the next action runs.",
    )
    alarm_at = fields.Datetime(
        "Hard Alarm",
        compute="_compute_next_action",
        store=True,
        help="15 days after receiving the goods without a refund the law is broken "
        "(7-day return rules, art. 31; Consumer Law of China, art. 56).",
    )
    at_zero = fields.Selection(
        [
            ("none", "Nothing"),
            ("alarm", "Alarm"),
            ("approve", "Approved by itself"),
            ("expire", "Expires"),
            ("decline", "The offer ends"),
            ("accept", "Goods count as accepted"),
        ],
        compute="_compute_next_action",
        store=True,
        string="At the Deadline",
    )
    sent_back_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="When the number of the parcel was entered in which the goods come back.",
    )
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )

    @api.depends("sale_order_id")
    def _compute_deadline_plan_id(self):
        for request in self:
            request.deadline_plan_id = request._deadline_plan()

    def _deadline_plan(self):
        """Return the plan of the policy, else of the company."""
        self.ensure_one()
        policy = self.sale_order_id.return_policy_version_id.policy_id
        return policy.deadline_plan_id or self.company_id.return_deadline_plan_id

    @api.depends(
        "deadline_plan_id",
        "state",
        "is_buyer_ask",
        "goods_state",
        "money_state",
        "refund_ids.state",
        "refund_ids.tender",
        "replacement_state",
        "repair_state",
        "offer_state",
        "approval_mode",
        "is_evidence_missing",
        "is_disputed",
        "disputed_at",
        "dispute_deadline",
        "submitted_at",
        "buyer_asked_at",
        "approval_level",
        "approved_at",
        "sent_back_at",
        "scanned_at",
        "received_at",
        "refund_since",
    )
    def _compute_next_action(self):
        ends = {}
        for request in self:
            case = request._case()
            step = next_step(case)
            request.queue = not request._is_unsent() and queue_of(case, step)
            request.next_action = step.action
            request.next_actor = step.actor
            if step.is_refund:
                request._store_refund_deadlines()
            else:
                request._store_step_deadline(step, ends)

    def _case(self):
        """Return where the request stands, in the words of all its stories."""
        self.ensure_one()
        is_auto = self.approval_mode == "auto"
        return Case(
            state=self.state,
            goods=self.goods_state,
            money=self.money_state,
            replacement=self.replacement_state,
            repair=self.repair_state,
            offer=self.offer_state,
            is_with_provider=not any(self.refund_ids.mapped("to_confirm")),
            lacks_evidence=is_auto and self.is_evidence_missing,
            is_disputed=self.is_disputed,
            approver=self.approval_level or "agent",
        )

    def _store_step_deadline(self, step, ends):
        """Store by when a step has to be done by the plan of the request.

        :param dict ends: the ends of working time found so far
        """
        since = next((self[name] for name in step.since if self[name]), False)
        time = self.deadline_plan_id._times().get(step.action)
        self.step_since = since
        self.alarm_at = False
        self.at_zero = time.at_zero if time else "none"
        self.deadline = since and time and self._time_end(since, time, ends)
        if step.action == "dispute":
            self.at_zero = "alarm"
            self.deadline = self.dispute_deadline

    def _time_end(self, since, time, ends):
        """Return when a time that began at ``since`` is over; both naive, in UTC."""
        calendar = self.company_id.resource_calendar_id
        if time.clock == "calendar" or not calendar:
            return since + timedelta(hours=time.hours())
        key = calendar, since, time
        if key not in ends:
            hours = time.hours(calendar.hours_per_day)
            # where nobody ever works there is no such moment
            ends[key] = calendar.plan_hours(hours, since, compute_leaves=True) or (
                since + timedelta(hours=time.hours())
            )
        return ends[key]

    def _store_refund_deadlines(self):
        """Store the last moments for the money: by the policy, and before the alarm.

        Source: Consumer Rights Law (PRC), art. 56; see ``refund_deadline``.
        """
        version = self.policy_version_id._to_version()
        terms = version.terms if version else Terms()
        floor = floor_of(terms.preset)
        self.step_since = self._goods_back_at(floor)
        self.at_zero = "alarm"
        back = utc(self.step_since or None)
        end = refund_deadline(
            terms.refund_clock,
            terms.refund_days,
            terms.zone,
            notice=utc(self.asked_at or self.submitted_at or self.create_date),
            goods_back=back,
        )
        alarm = (
            back and floor.alarm_days and window_end(back, floor.alarm_days, terms.zone)
        )
        self.deadline = end and last_second(end).replace(tzinfo=None)
        self.alarm_at = alarm and last_second(alarm).replace(tzinfo=None)

    def _goods_back_at(self, floor):
        """Return since when the law gives no ground to hold the money.

        Goods that do not come back are not waited for.
        """
        proof = self.scanned_at if floor.proof_of_sending else False
        moments = [moment for moment in (proof, self.received_at) if moment]
        return min(moments, default=False) or self.refund_since or self.approved_at

    @api.depends("deadline")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for request in self:
            request.is_overdue = bool(request.deadline) and request.deadline < now

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("deadline", "<", fields.Datetime.now())]

    def write(self, vals):
        """Note when the parcel was announced: it is expected from then on."""
        announced = self.browse()
        if vals.get("return_tracking_ref"):
            announced = self.filtered(lambda request: not request.sent_back_at)
        result = super().write(vals)
        if announced:
            # sudo: return.request - the moment is written by the step, not by hand
            announced.sudo().sent_back_at = fields.Datetime.now()
        return result
