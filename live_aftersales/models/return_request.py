from odoo import fields, models


class ReturnRequest(models.Model):
    """The ticket and the live session behind a request, and its follow-up."""

    _inherit = "return.request"

    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
        copy=False,
        domain="[('company_id', '=', company_id)]",
        help="The buyer's ticket. Follow-ups after the settlement go there.",
    )
    platform_id = fields.Many2one(
        related="sale_order_id.platform_id", store=True, index=True
    )
    shop_id = fields.Many2one(related="sale_order_id.shop_id", store=True, index=True)
    live_host_id = fields.Many2one(
        related="sale_order_id.live_host_id", store=True, index=True
    )
    live_session_id = fields.Many2one(
        related="sale_order_id.live_session_id", store=True, index=True
    )
    followup_ids = fields.One2many(
        "mail.activity",
        "live_return_request_id",
        string="Follow-ups",
        context={"active_test": False},
    )

    def action_view_ticket(self):
        """Open the buyer's ticket."""
        self.ensure_one()
        self.check_access("read")
        self.ticket_id.check_access("read")
        return self.ticket_id._get_records_action(name=self.ticket_id.number)

    def action_open_again(self):
        """Let the new request answer the same ticket."""
        action = super().action_open_again()
        action["context"]["default_ticket_id"] = self.ticket_id.id
        return action

    def _check_hand_fields(self, vals):
        """Let agents say which ticket a request answers."""
        return super()._check_hand_fields(
            {name: value for name, value in vals.items() if name != "ticket_id"}
        )

    def _default_fields(self):
        return super()._default_fields() | {"ticket_id"}

    def _deadline_plan(self):
        """Take the deadlines of the platform: its clock is the one that counts."""
        plan = self.platform_id.deadline_plan_id
        if plan and plan.company_id in (self.company_id, plan.company_id.browse()):
            return plan
        return super()._deadline_plan()

    def _move_to(self, target, **vals):
        """Plan the follow-up of what is settled."""
        result = super()._move_to(target, **vals)
        if target == "done":
            self._schedule_followups()
        return result

    def _followup_plan(self):
        """Return the plan of the shop, else of the company."""
        self.ensure_one()
        plan = self.shop_id.followup_plan_id or self.company_id.live_followup_plan_id
        return plan if plan.active else plan.browse()

    def _schedule_followups(self):
        """Give each step of the plan to the agent, once for each request."""
        # sudo: mail.activity - a settlement may end in a job or in the warehouse,
        # which may neither read plans nor write on tickets
        requests = self.sudo()
        planned = requests._followups_planned()
        # no mail for each: agents find them among their activities
        activities = requests.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        activities.create(
            [
                request._prepare_followup(step)
                for request in requests
                for step in request._followup_plan().template_ids
                if (request, step) not in planned
            ]
        )

    def _followups_planned(self):
        """Return the (request, step) pairs which were planned before, done or not."""
        activities = self.env["mail.activity"].with_context(active_test=False)
        found = activities.search([("live_return_request_id", "in", self.ids)])
        return {(a.live_return_request_id, a.live_plan_template_id) for a in found}

    def _prepare_followup(self, step):
        """Return the values of the activity for one step of the plan."""
        self.ensure_one()
        target = self.ticket_id or self
        agent = self.ticket_id.user_id or self.user_id
        responsible = step._determine_responsible(agent, target)["responsible"] or agent
        kind = step.activity_type_id.with_context(lang=responsible.lang)
        return {
            "res_model_id": self.env["ir.model"]._get_id(target._name),
            "res_id": target.id,
            "activity_type_id": step.activity_type_id.id,
            "summary": step.summary or kind.name,
            "note": step.note or kind.default_note,
            "user_id": responsible.id,
            "date_deadline": step._get_date_deadline(
                fields.Date.context_today(self.with_context(tz=responsible.tz))
            ),
            "automated": True,
            "live_return_request_id": self.id,
            "live_plan_id": step.plan_id.id,
            "live_plan_template_id": step.id,
        }
