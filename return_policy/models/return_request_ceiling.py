"""How much a role may give away without goods coming back, and who agrees above it."""

from collections import defaultdict

from odoo import api, fields, models

from ..policy.answers import ROLES, may_approve
from .return_request import AGENT, LEAD, MANAGER

GROUPS = dict(zip(ROLES, (AGENT, LEAD, MANAGER), strict=True))
ACTIVITY = "return_policy.mail_activity_type_approval"


class ReturnRequest(models.Model):
    """Ceilings."""

    _inherit = "return.request"

    approval_level = fields.Selection(
        [("lead", "Lead"), ("manager", "Manager")],
        "Waits for",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Who has to agree, since more is given away without goods coming back "
        "than the role of whoever approved it may.",
    )
    may_agree = fields.Boolean(
        compute="_compute_may_agree", help="You may agree to what is given away."
    )
    amount_given_away = fields.Monetary(
        "Given Away",
        compute="_compute_amount_given_away",
        help="Worth of what goes to the buyer without goods coming back.",
    )

    @api.depends("approval_level")
    @api.depends_context("uid")
    def _compute_may_agree(self):
        role = self._desk_role()
        for request in self:
            level = request.approval_level
            request.may_agree = bool(level) and may_approve(role, level)

    @api.depends(
        "line_ids.remedy",
        "line_ids.amount",
        "line_ids.amount_agreed",
        "line_ids.answer",
    )
    def _compute_amount_given_away(self):
        for request in self:
            step = "offer" if request.offer_state == "proposed" else "approve"
            request.amount_given_away = sum(request.line_ids._given_away(step).values())

    def _desk_role(self):
        """Return the highest role of the user; jobs and steps act as managers."""
        if self.env.su:
            return ROLES[-1]
        has_group = self.env.user.has_group
        return next((role for role in reversed(ROLES) if has_group(GROUPS[role])), "")

    def _ask_approval(self, step, reason=None):
        """Have somebody agree where more is given away than the user may.

        :return: the requests on which the user may take the step
        """
        waiting = defaultdict(self.browse)
        role = self._desk_role()
        for request, approver in self._approvers(step).items():
            if not may_approve(role, approver):
                waiting[approver] |= request
        for approver, requests in waiting.items():
            requests._wait_for(approver, step, reason)
        return self - self.browse().union(*waiting.values())

    def _approvers(self, step):
        """Return {request: lowest role that may take the step}, where it matters."""
        lines = self.line_ids.filtered(lambda line: line._gives_away(step))
        given_away = lines._given_away(step)
        rates = lines.request_id.sale_order_id._return_rates() if lines else {}
        found = {}
        for request, mine in lines.grouped("request_id").items():
            amount = sum(given_away[line] for line in mine)
            units = round(amount / rates[request.sale_order_id.id])
            found[request] = request.company_id._return_ceilings().approver(units)
        return found

    def _wait_for(self, approver, step, reason):
        """Ask a role to agree, once; the reason of an override stays in the log."""
        self._lock_orders()
        self._check_all_in({"submitted"})
        offer = "proposed" if step == "offer" else "none"
        todo = self.filtered(
            lambda request: (
                request.approval_level != approver
                or (request.offer_state == "proposed") != (step == "offer")
            )
        )
        if not todo:
            return
        todo._stop_waiting()
        # sudo: return.request - the step writes what people may not write by hand
        todo.sudo().write({"approval_level": approver, "offer_state": offer})
        todo._log("approval_asked", reason)
        for user, requests in todo._share_out(approver).items():
            # sudo: mail.activity - agents may plan for others here
            requests.sudo().activity_schedule(
                ACTIVITY, summary=self.env._("Agree to a return"), user_id=user.id
            )

    def _share_out(self, role):
        """Return {user: requests}: everybody of a role gets some.

        Whoever has a higher role as well is asked only where nobody else can be.
        """
        # sudo: res.users - who has the role
        people = self.env.ref(GROUPS[role]).sudo().all_user_ids
        above = ROLES[ROLES.index(role) + 1 :]
        # sudo: res.users - who has a higher role
        higher = people.union(
            *(self.env.ref(GROUPS[r]).sudo().all_user_ids for r in above)
        )
        found = defaultdict(self.browse)
        for company, requests in self.grouped("company_id").items():
            able = people.filtered(lambda user, c=company: c in user.company_ids)
            users = (able - higher if above else able) or able
            for number, request in enumerate(requests):
                if users:
                    found[users[number % len(users)]] |= request
        return found

    def action_deny(self, reason=None):
        """Send back to the agent what may not be given away; a dialog asks why."""
        self._check_may(LEAD)
        todo = self.filtered("approval_level")
        for level in set(todo.mapped("approval_level")):
            todo._check_may(GROUPS[level])
        todo._check_all_in({"submitted"})
        if not todo:
            return True
        if not (reason or "").strip():
            return todo._ask_reason("deny")
        todo._lock_orders()
        todo._stop_waiting()
        todo._log("approval_denied", reason)
        return True

    def _stop_waiting(self):
        """Nobody has to agree any more."""
        # sudo: return.request, mail.activity - the step tidies up behind it
        waiting = self.sudo().filtered("approval_level")
        if waiting:
            waiting.activity_unlink([ACTIVITY])
            waiting.write({"approval_level": False})
            waiting.filtered(lambda request: request.offer_state == "proposed").write(
                {"offer_state": "none"}
            )

    def _move_to(self, target, **vals):
        """Stop waiting once it is decided."""
        self._stop_waiting()
        return super()._move_to(target, **vals)
