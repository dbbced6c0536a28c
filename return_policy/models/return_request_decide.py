"""Submit, approve, refuse: the decision on a return request."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..policy.states import UNDECIDED, latest_moment
from .return_request import AGENT, LEAD, MANAGER

OVERRIDERS = {"lead": LEAD, "manager": MANAGER}


class ReturnRequest(models.Model):
    """The decision."""

    _inherit = "return.request"

    def action_submit(self):
        """Ask for a decision; what the policy approves by itself is approved now."""
        self._check_may(AGENT)
        todo = self.filtered(lambda request: request.state != "submitted")
        todo._check_all_in({"draft", "needs_info"})
        if not todo:
            return True
        todo._lock_orders()
        todo._check_all_in({"draft", "needs_info"})
        todo._check_order_open()
        todo.line_ids._check_before_submit()
        todo._freeze_verdicts()
        todo._move_to("submitted", submitted_at=fields.Datetime.now())
        todo.line_ids._check_quantities()
        todo._check_money()
        todo._log("submitted")
        todo._approve_by_policy()
        return True

    def _approve_by_policy(self):
        """Approve what the policy approves by itself and what lacks no evidence."""
        self.filtered(
            lambda request: (
                request.approval_mode == "auto" and not request.is_evidence_missing
            )
        )._approve(is_auto=True)

    def action_approve(self):
        """Approve the whole request and have the goods sent back."""
        self._check_may(AGENT)
        todo = self.filtered(lambda request: request.state not in ("approved", "done"))
        todo._check_all_in({"submitted"})
        refused = todo.filtered("has_refused_line")
        if refused:
            return refused._ask_override()
        todo._approve()
        return True

    def _ask_override(self):
        """Let whoever may override give the reason for it."""
        self._check_may_override()
        return self._ask_reason("override")

    def _check_may_override(self):
        """Raise unless the company lets the user approve against the policy."""
        for company in self.company_id:
            group = OVERRIDERS[company.return_override_by]
            if not self.env.su and not self.env.user.has_group(group):
                raise AccessError(
                    self.env._(
                        "The policy refuses a line of %(requests)s. At %(company)s "
                        "only somebody with the role %(role)s may approve it, and has "
                        "to say why.",
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
        todo = self.filtered(lambda request: request.state not in ("approved", "done"))
        todo._approve(reason)

    def _approve(self, reason=None, is_auto=False):
        """Approve, create the return transfers, settle what is due at once."""
        if not self:
            return
        self._lock_orders()
        self._check_all_in({"submitted"})
        self._check_order_open()
        # sudo: return.request - agents read stock and accounting only; from here on
        # the approved request acts, after the checks above
        requests = self.sudo()
        for line in requests.line_ids:
            line.qty_approved = line.qty_requested
        requests.line_ids._check_quantities()
        requests._check_money()
        origins = requests._find_origins()
        self._move_to("approved", approved_at=fields.Datetime.now())
        self._log("override" if reason else "approved", reason, is_auto)
        requests._create_return_pickings(origins)
        requests._cancel_unshipped()
        requests._start_replacements()
        requests._settle()

    def action_refuse(self, reason=None):
        """Refuse; without a reason a dialog asks for it."""
        self._check_may(AGENT)
        todo = self.filtered(lambda request: request.state != "refused")
        todo._check_all_in(set(UNDECIDED))
        if not todo:
            return True
        if not (reason or "").strip():
            return todo._ask_reason("refuse")
        todo._lock_orders()
        todo._move_to("refused", closed_at=fields.Datetime.now())
        todo._log("refused", reason)
        return True

    def _ask_reason(self, purpose):
        """Open the dialog that asks why."""
        titles = {
            "refuse": self.env._("Refuse the Return"),
            "override": self.env._("Approve against the Policy"),
        }
        dialog = self.env["return.request.reason"]
        return dialog._open(titles[purpose], purpose, default_request_ids=self.ids)

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
        lines._store_decisions(decisions)
        lines._freeze_cases(decisions)
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
