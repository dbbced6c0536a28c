"""Who hears of a deadline: at 50, 80 and 95 percent of the time, and when it is over.

What is due is read from the data alone, so a job that slept for days, ran twice or saw
the clock jump back reminds of every step at most once for each mark.
"""

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.tools.misc import split_every

from ..policy.deadline import EFFECTS, HARD, ZERO, due_mark, marks, next_mark
from ..policy.states import STEPS

REMINDER = "return_policy.mail_activity_type_deadline"
ALARM = "return_policy.mail_activity_type_alarm"
# Requests acted on in one transaction: nobody else can work on them meanwhile.
AT_ONCE = 20


class ReturnRequest(models.Model):
    """Reminders and alarms."""

    _inherit = "return.request"

    marked_step = fields.Char(
        readonly=True, copy=False, help="For which step the mark was reached."
    )
    marked_percent = fields.Integer(
        readonly=True,
        copy=False,
        help="The last mark acted on: percent of the time of the step, 200 for the "
        "hard alarm.",
    )
    next_mark_at = fields.Datetime(
        compute="_compute_next_mark_at",
        store=True,
        index="btree_not_null",
        help="When somebody has to hear of the deadline next, or it is over.",
    )
    reminder_id = fields.Many2one(
        "mail.activity",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The activity by which somebody was reminded of the deadline.",
    )

    @api.depends(
        "next_action",
        "step_since",
        "deadline",
        "alarm_at",
        "at_zero",
        "marked_step",
        "marked_percent",
        "reminder_id",
    )
    def _compute_next_mark_at(self):
        now = fields.Datetime.now()
        for request in self:
            found = next_mark(request._marks(), request._marked())
            if request._has_stale_reminder():
                # tidied up at once
                found = min(found or now, now)
            request.next_mark_at = found

    def _marks(self):
        """Return the marks of the current step: (percent, first moment)."""
        self.ensure_one()
        if self.next_action in ("submit", "none"):
            return []
        found = marks(
            self.step_since or None, self.deadline or None, self.alarm_at or None
        )
        last = HARD if self.at_zero != "none" else ZERO - 1
        return [mark for mark in found if mark[0] <= last]

    def _marked(self):
        """Return the last mark of the current step that was acted on; 0: none."""
        self.ensure_one()
        return self.marked_percent if self.marked_step == self._step_name() else 0

    def _step_name(self):
        """Return what tells this step from another, and from itself done again.

        However the money moves, its clock is one.
        """
        self.ensure_one()
        action = "refund" if STEPS[self.next_action].is_refund else self.next_action
        return f"{action} {self.step_since or ''}"

    def _has_stale_reminder(self):
        self.ensure_one()
        return bool(self.reminder_id) and self.marked_step != self._step_name()

    def _due_mark(self):
        """Return the mark that has to be acted on now; 0: none."""
        self.ensure_one()
        return due_mark(self._marks(), fields.Datetime.now(), self._marked())

    # The job ------------------------------------------------------------------

    def _cron_deadlines(self, limit=200):
        """Remind, sound alarms, and do what happens when a time is over.

        Several workers may run at once; what one holds, the other leaves out.
        """
        domain = [("next_mark_at", "<=", fields.Datetime.now())]
        due = self.search(domain, order="next_mark_at, id", limit=limit)
        commit = self.env["ir.cron"]._commit_progress
        commit(0, remaining=self.search_count(domain))
        for ids in split_every(AT_ONCE, due.ids):
            try:
                self.browse(ids)._take_due()._handle_due()
            except SerializationFailure:
                # somebody was faster a moment ago: the next run looks at it again
                self.env.cr.rollback()
            commit(len(ids))

    def _take_due(self):
        """Hold what is still due; leave out what somebody works on right now."""
        # sudo: sale.order - the steps lock the order first
        orders = self.sudo().sale_order_id.try_lock_for_update(allow_referencing=True)
        mine = self.filtered(lambda request: request.sale_order_id in orders)
        mine = mine.try_lock_for_update(allow_referencing=True)
        mine.invalidate_recordset()
        now = fields.Datetime.now()
        return mine.filtered(lambda r: r.next_mark_at and r.next_mark_at <= now)

    def _handle_due(self):
        """Take the step of the plan where it has one, else tell somebody."""
        acting = self.filtered(lambda request: request._is_over_by_itself())
        (self - acting)._remind()
        acting._act_at_zero()
        # an activity somebody deleted moved nothing
        self.env.add_to_compute(self._fields["next_mark_at"], self)

    def _is_over_by_itself(self):
        """Tell whether the plan does something by itself now."""
        self.ensure_one()
        return (
            self.at_zero in EFFECTS
            and not self.is_disputed
            and self._due_mark() == ZERO
        )

    # Reminding ----------------------------------------------------------------

    def _remind(self):
        """Tell whoever has to act, once for the latest mark; tidy up old reminders."""
        due = {request: request._due_mark() for request in self}
        # an activity which its user marked as done stays as the record of it
        self.reminder_id.filtered("active").unlink()
        self.write({"reminder_id": False})
        late = self.filtered(lambda request: due[request] >= ZERO)
        early = self.filtered(lambda request: 0 < due[request] < ZERO)
        buyers = early.filtered(lambda request: request.next_actor == "buyer")
        for action, requests in buyers.grouped("next_action").items():
            requests._notify_buyer("reminder", self._action_label(action))
        (early - buyers)._plan_activity(REMINDER)
        late._plan_activity(ALARM)
        for request, mark in due.items():
            if mark:
                request._set_marked(mark)

    def _set_marked(self, mark):
        self.ensure_one()
        self.write({"marked_step": self._step_name(), "marked_percent": mark})

    def _plan_activity(self, kind, note=None):
        """Give each request the one activity about its deadline."""
        named = [(request, request._reminded_user(kind)) for request in self]
        named = [(request, user) for request, user in named if user]
        # core mails each activity to its user unless told that they look at the desk
        activity_type = self.env.ref(kind)  # asks the database at each call
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        created = activities.create(
            [
                request._prepare_activity(activity_type, user, note)
                for request, user in named
            ]
        )
        for (request, _user), activity in zip(named, created, strict=True):
            request.reminder_id = activity

    def _prepare_activity(self, activity_type, user, note):
        self.ensure_one()
        mine = self.with_context(lang=user.lang, tz=user.tz)
        end = self.deadline or fields.Datetime.now()
        return {
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "activity_type_id": activity_type.id,
            "summary": mine._action_label(self.next_action),
            "note": note,
            "user_id": user.id,
            "date_deadline": fields.Datetime.context_timestamp(mine, end).date(),
            "automated": True,
        }

    def _action_label(self, action):
        """Return what has to be done, in the language of the reader."""
        labels = self._fields["next_action"]._description_selection(self.env)
        return dict(labels)[action]

    def _reminded_user(self, kind):
        """Return the person who is reminded, or who hears the alarm."""
        self.ensure_one()
        company_user = self.company_id.return_alarm_user_id
        if kind == ALARM or self.next_actor in ("lead", "manager"):
            return company_user or self.user_id
        if self.next_actor == "warehouse":
            open_pickings = self.picking_ids.filtered(
                lambda picking: picking.state not in ("done", "cancel")
            )
            return open_pickings.user_id[:1] or self.user_id
        return self.user_id
