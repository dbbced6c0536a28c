"""What has to happen next on a request, who does it, and by when."""

from datetime import timedelta

from odoo import api, fields, models

from ..policy.clock import last_second, refund_deadline, window_end
from ..policy.facts import utc
from ..policy.law import floor_of
from ..policy.states import Case, Times, next_step, queue_of
from ..policy.terms import Terms


class ReturnRequest(models.Model):
    """Deadlines."""

    _inherit = "return.request"

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
        index=True,
    )
    deadline = fields.Datetime(
        compute="_compute_next_action",
        store=True,
        index=True,
        help="When the next action has to be done. The times of the desk are set for "
        "the company; refunds run as the policy says, for example until 24:00 of the "
        "7th day after the goods were received (7-day return rules, art. 13).",
    )
    alarm_at = fields.Datetime(
        "Hard Alarm",
        compute="_compute_next_action",
        store=True,
        help="15 days after receiving the goods without a refund the law is broken "
        "(7-day return rules, art. 31; Consumer Law of China, art. 56).",
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
        "scanned_at",
        "received_at",
        "refund_since",
    )
    def _compute_next_action(self):
        for request in self:
            case = request._case()
            step = next_step(case)
            request.queue = queue_of(case, step)
            request.next_action = step.action
            request.next_actor = step.actor
            request.at_zero = step.at_zero
            if step.is_refund:
                request.deadline, request.alarm_at = request._refund_deadlines()
            else:
                request.deadline = request._step_deadline(step)
                request.alarm_at = False

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
            lacks_evidence=is_auto and self.is_evidence_missing,
            is_disputed=self.is_disputed,
            approver=self.approval_level or "agent",
        )

    def _step_deadline(self, step):
        """Return when a step has to be done by the times the company has set."""
        if step.action == "dispute":
            return self.dispute_deadline
        since = step.since and self[step.since]
        company = self.company_id
        times = Times(
            review=company.return_review_hours,
            ship_back=company.return_ship_back_days * 24,
            inspect=company.return_inspect_hours,
        )
        return since and since + timedelta(hours=getattr(times, step.time))

    def _refund_deadlines(self):
        """Return the last moments for the money: (by the policy, hard alarm or None).

        Source: Consumer Rights Law (PRC), art. 56; see ``refund_deadline``.
        """
        version = self.policy_version_id._to_version()
        terms = version.terms if version else Terms()
        floor = floor_of(terms.preset)
        back = utc(self._goods_back_at(floor) or None)
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
        return tuple(
            moment and last_second(moment).replace(tzinfo=None)
            for moment in (end, alarm)
        )

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
