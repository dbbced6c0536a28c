"""What happens by itself when the time of a step is over, as the plan says."""

import logging

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.exceptions import UserError

from ..policy.deadline import ZERO
from .return_request_deadline_marks import ALARM

_logger = logging.getLogger(__name__)


class ReturnRequest(models.Model):
    """At zero."""

    _inherit = "return.request"

    def _act_at_zero(self):
        """Take the steps of the plan, together where they can, else one by one.

        What is noted is read by the agent, and is in the agent's language.
        """
        for (effect, plan, action, lang), requests in self.grouped(
            lambda request: (
                request.at_zero,
                request.deadline_plan_id,
                request.next_action,
                request.user_id.lang or self.env.lang,
            )
        ).items():
            spoken = requests.with_context(lang=lang)
            spoken._at_zero_safely(effect, plan.with_env(spoken.env), action)

    def _at_zero_safely(self, effect, plan, action):
        """Take one step; what cannot be done by itself becomes an alarm."""
        try:
            with self.env.cr.savepoint():
                self._take_step_at_zero(effect, plan, action)
        except OperationalError:
            raise
        except Exception as error:
            # one request that cannot must not keep the others from their deadline
            if len(self) > 1:
                for request in self:
                    request._at_zero_safely(effect, plan, action)
                return
            if not isinstance(error, UserError):
                _logger.exception("Request %s at its deadline", self.id)
            self.reminder_id.filtered("active").unlink()
            self._plan_activity(ALARM, note=str(error))
            self._set_marked(ZERO)

    def _take_step_at_zero(self, effect, plan, action):
        reason = self.env._(
            "The time for “%(step)s” is over (%(plan)s).",
            step=self._action_label(action),
            plan=plan.name,
        )
        self._log("timed_out", reason, is_auto=True)
        if effect == "approve":
            self._approve_at_zero()
        elif effect == "expire":
            self._expire(reason)
        elif effect == "decline":
            self._decline_offer(reason)
        elif effect == "accept":
            self.action_inspect()

    def _approve_at_zero(self):
        """Approve whatever the amount, but nothing the policy refuses."""
        against = self.filtered("has_refused_line")
        if against:
            raise UserError(
                self.env._(
                    "The time to decide is over, but the policy refuses a line of "
                    "%(requests)s: a person has to decide.",
                    requests=", ".join(against.mapped("name")),
                )
            )
        self._approve(is_auto=True)

    def _expire(self, reason):
        """End requests whose buyer did nothing in time; refuse once goods came."""
        self._lock_orders()
        self._cancel_goods()
        self._move_to("expired", closed_at=fields.Datetime.now())
        self._log("expired", reason, is_auto=True)
