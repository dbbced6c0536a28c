"""Approve at one stroke what the policy allows; say why the rest is left."""

from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError

from ..policy.answers import may_approve
from .return_request import AGENT

NAMED = 5  # requests of each kind that are named to the user


class ReturnRequest(models.Model):
    """Bulk approval."""

    _inherit = "return.request"

    def action_approve_green(self):
        """Approve what needs no second look; tell how many, and why not the others.

        :return: the action which shows it
        """
        self._check_may(AGENT)
        left = self._why_not_green()
        green = self - self.browse().union(*left.values())
        approved = green._approve_each(left)
        return self._show_approved(approved, left)

    def _why_not_green(self):
        """Return {why: requests} of those that need a person."""
        why = defaultdict(self.browse)
        undecided = self.filtered(lambda request: request.state == "submitted")
        approvers, role = undecided._approvers("approve"), self._desk_role()
        for request in self:
            approver = approvers.get(request)
            above = approver and not may_approve(role, approver)
            reason = request._why_look_at(above)
            if reason:
                why[reason] |= request
        return why

    def _why_look_at(self, is_above_ceiling):
        """Return why the request needs a person, or nothing."""
        self.ensure_one()
        if self.state != "submitted":
            return self.env._("not waiting for a decision")
        if self.is_disputed:
            return self.env._("disputed")
        if self.verdict == "refused":
            return self.env._("the policy refuses a line")
        if self.verdict != "allowed":
            return self.env._("a person has to judge a line")
        if self.is_evidence_missing:
            return self.env._("photos or video missing")
        if self.has_answers:
            return self.env._("a line was answered otherwise")
        if self.approval_level or self.offer_state == "proposed" or is_above_ceiling:
            return self.env._("more is given away than you may")
        return None

    def _approve_each(self, left):
        """Approve all together, or one by one where they cannot; return the approved.

        :param dict left: gets why the others could not be approved
        """
        try:
            with self.env.cr.savepoint():
                self._approve()
            return self
        except UserError as error:
            if len(self) == 1:
                left[str(error)] |= self
                return self.browse()
        return self.browse().union(*(request._approve_each(left) for request in self))

    def _show_approved(self, approved, left):
        """Return the notification of what was approved and what was not."""
        lines = [self.env._("%(count)s approved.", count=len(approved))]
        for reason, requests in left.items():
            names = ", ".join(requests[:NAMED].mapped("name"))
            more = "…" if len(requests) > NAMED else ""
            lines.append(
                self.env._(
                    "%(count)s left: %(reason)s (%(requests)s)",
                    count=len(requests),
                    reason=reason,
                    requests=names + more,
                )
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if approved else "warning",
                "message": "\n".join(lines),
                "sticky": bool(left),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
