"""Submit, approve, refuse: the decision on a return request."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..policy.states import UNDECIDED, latest_moment
from .return_request import AGENT, LEAD, MANAGER

DECIDED = ("approved", "override")  # events of the log
OVERRIDERS = {"lead": LEAD, "manager": MANAGER}


class ReturnRequest(models.Model):
    """The decision."""

    _inherit = "return.request"

    def action_submit(self):
        """Ask for a decision; what the policy approves by itself is approved now."""
        self._check_may(AGENT)
        todo = self.filtered(lambda request: request.state != "submitted")
        todo._check_all_in({"draft", "needs_info"})
        if todo:
            todo._submit()
        return True

    def _submit(self, event="submitted", reason=None):
        """Judge what is asked and hold its quantities and its money."""
        self._lock_orders()
        self._check_all_in({"draft", "needs_info"})
        self._check_order_open()
        self.line_ids._check_before_submit()
        self._freeze_verdicts()
        self._move_to("submitted", submitted_at=fields.Datetime.now())
        self.line_ids._check_quantities()
        self._check_money()
        self._log(event, reason)
        self._approve_by_policy()

    def _approve_by_policy(self):
        """Approve what the policy approves by itself and what lacks no evidence."""
        self.filtered(
            lambda request: (
                request.approval_mode == "auto"
                and not request.is_evidence_missing
                and all(request._allowances().mapped("amount_agreed"))
            )
        )._approve(is_auto=True)

    def _allowances(self):
        """Return the lines that pay an agreed amount."""
        return self.line_ids.filtered(
            lambda line: line._is_allowance() and not line._is_answered_no()
        )

    def action_approve(self):
        """Carry out the answers: approve, line by line, what is not refused."""
        self._check_may(AGENT)
        todo = self._undecided()
        todo._check_all_in({"submitted"})
        if len(todo) == 1 and not todo.user_id:
            todo.user_id = self.env.user  # whoever opened it takes it over
        return todo._decide("approve")

    def _undecided(self):
        """Leave out what was approved before, in full or in part, or answered no."""
        return self.filtered(
            lambda request: (
                request.state not in ("approved", "done")
                and not request._is_answered_no()
            )
        )

    def _is_answered_no(self):
        """Tell whether the request ended by refusing each of its lines."""
        self.ensure_one()
        return self.state == "refused" and self._is_wholly_refused()

    def _decide(self, step, reason=None):
        """Take a step of the decision, or ask first for what it lacks.

        :param str step: approve, or offer
        :param str reason: why the policy is not followed
        :return: True, or the dialog that asks for the reason
        """
        self.line_ids._check_answers()
        against = self._against_policy(step)
        if against:
            against._check_may_override()
            if not reason:
                return self._ask_reason("override" if step == "approve" else step)
        allowed = self._ask_approval(step, reason)
        if step == "approve":
            allowed._approve(reason)
        else:
            allowed._send_offer(reason)
        return True

    def _against_policy(self, step):
        """Return the requests of which the policy refuses what the step would give."""
        return self.filtered("has_refused_line")

    def _check_may_override(self):
        """Raise unless the company lets the user approve against the policy."""
        for company in self.company_id:
            group = OVERRIDERS[company.return_override_by]
            if not self.env.su and not self.env.user.has_group(group):
                raise AccessError(
                    self.env._(
                        "The policy refuses a line of %(requests)s. At %(company)s "
                        "only somebody with the role %(role)s may approve it, and has "
                        "to say why. Answer the line with “Refuse”, or ask them.",
                        requests=", ".join(self.mapped("name")),
                        company=company.display_name,
                        # sudo: res.groups - only the name is shown
                        role=self.env.ref(group).sudo().full_name,
                    )
                )

    def _override(self, reason):
        """Approve against the policy; the reason stays in the log."""
        self._check_may(AGENT)
        self._check_may_override()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the policy is not followed."))
        return self._undecided()._decide("approve", reason)

    def _approve(self, reason=None, is_auto=False):
        """Approve, create the return transfers, settle what is due at once.

        Lines that are answered so are refused; a request of nothing else is too.
        """
        if not self:
            return
        self._lock_orders()
        self._check_all_in({"submitted"})
        self._check_order_open()
        # sudo: return.request - agents read stock and accounting only; from here on
        # the approved request acts, after the checks above
        self.sudo().line_ids._carry_out_answers()
        refused = self.filtered(lambda request: request._is_wholly_refused())
        refused._refuse()
        approved = self - refused
        requests = approved.sudo()
        requests._allowances()._check_agreed()
        requests.line_ids._check_quantities()
        requests._check_money()
        origins = requests._find_origins()
        approved._move_to("approved", approved_at=fields.Datetime.now())
        approved._log("override" if reason else "approved", reason, is_auto)
        requests._create_return_pickings(origins)
        requests._cancel_unshipped()
        requests._start_replacements()
        requests._settle()

    def action_refuse(self, reason=None):
        """Refuse all of it; without a reason a dialog asks for it."""
        self._check_may(AGENT)
        todo = self.filtered(lambda request: request.state != "refused")
        todo._check_all_in(set(UNDECIDED))
        if not todo:
            return True
        if not (reason or "").strip():
            return todo._ask_reason("refuse")
        todo._lock_orders()
        todo._refuse(reason)
        return True

    def _refuse(self, reason=None):
        """Close as refused; the buyer keeps the goods and gets nothing."""
        self._move_to("refused", closed_at=fields.Datetime.now())
        self._log("refused", reason)

    def action_ask_cancel(self):
        """Open the dialog that cancels, with a reason or without."""
        self._check_may(AGENT)
        return self._ask_reason("cancel")

    def _ask_reason(self, purpose):
        """Open the dialog that asks why, or what else the step needs to know."""
        dialog = self.env["return.request.reason"]
        return dialog._open(purpose, default_request_ids=self.ids)

    # Checks -----------------------------------------------------------------

    def _check_order_open(self):
        # sudo: sale.order - only its state is looked at
        closed = self.sudo().filtered(lambda r: r.sale_order_id.state != "sale")
        if closed:
            raise UserError(
                self.env._(
                    "Order %(orders)s is not a confirmed order (any more), so nothing "
                    "of it can be returned. Cancel the request %(requests)s.",
                    orders=", ".join(closed.sale_order_id.mapped("name")),
                    requests=", ".join(closed.mapped("name")),
                )
            )

    def _freeze_verdicts(self):
        """Store the verdict of this moment, the version and the way of approval."""
        # sudo: return.request - verdicts are stored by the step, never by hand
        requests = self.sudo()
        now, lines = fields.Datetime.now(), requests.line_ids
        for asked in (requests, lines):
            asked.filtered(lambda record: not record.asked_at).write({"asked_at": now})
        lines._compute_is_voluntary()
        decisions = lines._decide()
        lines._freeze_decisions(decisions)
        for request in lines.request_id:
            chosen = [decisions[line] for line in request.line_ids]
            version = request.sale_order_id.return_policy_version_id
            request.write(
                {
                    "policy_version_id": version.id,
                    "approval_mode": request._approval_mode(chosen),
                    "refund_on": latest_moment(d.refund_on for d in chosen),
                }
            )

    def _approval_mode(self, decisions):
        """Return auto only when the policy allows every line and its money.

        The policy's ceiling binds the whole request, unless rules approve all of it.
        """
        if not all(d.outcome == "allowed" and d.approval == "auto" for d in decisions):
            return "review"
        ceiling = max(d.version.terms.auto_approve_max for d in decisions if d.version)
        if not ceiling or all(d.effects.approval for d in decisions):
            return "auto"
        order = self.sale_order_id
        units = round(self.amount_total / order._return_rates()[order.id])
        return "review" if units > ceiling else "auto"
