"""A draft tried on past orders and requests, before it is published."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_datetime

from ..policy.rehearsal import TRANSITIONS
from ..policy.states import can_move

# What people write by hand, and only before the start; the run writes the rest.
HAND_FIELDS = {"policy_id", "days", "asked_at", "with_lines", "with_requests"}


class ReturnRehearsal(models.Model):
    """What would change if this draft were in force: counts, money, each case."""

    _name = "return.rehearsal"
    _description = "Return Policy Rehearsal"
    _order = "id desc"

    policy_id = fields.Many2one(
        "return.policy", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="policy_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        string="Rehearsed by",
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
    )
    days = fields.Integer(
        string="Days Back",
        required=True,
        default=90,
        help="Judged are orders placed and requests submitted in this many days "
        "before the moment under “As of”.",
    )
    asked_at = fields.Datetime(
        string="As of",
        copy=False,
        help="Each order line is judged as if its buyer asked at this moment for a "
        "return without a reason, return and refund. Left empty, it is the moment you "
        "start. Take a moment in the past to judge a season as it stood when it "
        "ended. What was shipped and signed for by then counts; what came back since "
        "counts as come back.",
    )
    with_lines = fields.Boolean(
        string="Order Lines",
        default=True,
        help="Judge what was sold, as if everybody asked to return it without a "
        "reason. Orders count which are under a version of this policy, or under "
        "none where they would take this policy; for a policy never published, all "
        "orders which would take it.",
    )
    with_requests = fields.Boolean(
        string="Requests",
        default=True,
        help="Judge the return requests which buyers made, each with its own reason, "
        "remedy and answers, at the moment it was submitted.",
    )
    draft = fields.Json(
        readonly=True,
        copy=False,
        help="The draft as it was at the start; later edits do not disturb the run.",
    )
    is_outdated = fields.Boolean(
        string="Draft Changed Since",
        compute="_compute_is_outdated",
        help="The draft of the policy is no longer the one rehearsed.",
    )
    state = fields.Selection(
        [
            ("draft", "New"),
            ("running", "Running"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
    )
    started_at = fields.Datetime(readonly=True, copy=False)
    ended_at = fields.Datetime(readonly=True, copy=False)
    error = fields.Text(readonly=True, copy=False)
    part_ids = fields.One2many("return.rehearsal.part", "rehearsal_id", readonly=True)
    total_count = fields.Integer(string="To Judge", compute="_compute_progress")
    done_count = fields.Integer(string="Judged", compute="_compute_progress")
    progress = fields.Float(compute="_compute_progress")
    cell_ids = fields.One2many("return.rehearsal.cell", "rehearsal_id", readonly=True)
    change_ids = fields.One2many(
        "return.rehearsal.change", "rehearsal_id", readonly=True
    )

    _days_positive = models.Constraint(
        "CHECK (days BETWEEN 1 AND 3660)",
        "A rehearsal looks back over 1 to 3660 days.",
    )
    _something_judged = models.Constraint(
        "CHECK (with_lines OR with_requests)",
        "Choose what to rehearse on: order lines, requests, or both.",
    )

    @api.depends("policy_id.name", "started_at")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        for rehearsal in self:
            rehearsal.display_name = ", ".join(
                filter(
                    None,
                    [
                        rehearsal.policy_id.name,
                        format_datetime(self.env, rehearsal.started_at),
                    ],
                )
            )

    @api.depends("part_ids.total_count", "part_ids.done_count")
    def _compute_progress(self):
        for rehearsal in self:
            total = sum(rehearsal.part_ids.mapped("total_count"))
            done = sum(rehearsal.part_ids.mapped("done_count"))
            rehearsal.total_count = total
            rehearsal.done_count = done
            rehearsal.progress = 100 * done / total if total else 100

    @api.depends("draft", "policy_id.write_date", "policy_id.rule_ids.write_date")
    def _compute_is_outdated(self):
        for rehearsal in self:
            frozen = rehearsal._frozen_draft()
            rehearsal.is_outdated = bool(
                frozen and frozen != rehearsal.policy_id._to_version(frozen.number)
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Let people fill in what is to be rehearsed, nothing else."""
        for vals in vals_list:
            self._check_hand_fields(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Let people change what is to be rehearsed until it starts."""
        self._check_hand_fields(vals)
        if not self.env.su:
            self._check_in("draft")
        result = super().write(vals)
        if "policy_id" in vals:
            # core asks record rules before the write only
            self.check_access("write")
        return result

    @api.model
    def _check_hand_fields(self, vals):
        written = vals.keys() - HAND_FIELDS
        if written and not self.env.su:
            raise AccessError(
                self.env._(
                    "These fields of a rehearsal are written by the run, not by hand: "
                    "%(fields)s.",
                    fields=", ".join(sorted(written)),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_running(self):
        running = self.filtered(lambda rehearsal: rehearsal.state == "running")
        if running:
            raise UserError(
                self.env._(
                    "%(rehearsals)s: the rehearsal is running. Cancel it first.",
                    rehearsals=", ".join(running.mapped("display_name")),
                )
            )

    # Steps ------------------------------------------------------------------

    def _move_to(self, target, **vals):
        """Change the state of all rehearsals, or of none. The only writer of it."""
        for rehearsal in self:
            if not can_move(rehearsal.state, target, TRANSITIONS):
                rehearsal._raise_wrong_state()
        # sudo: return.rehearsal - steps write what people may not write by hand
        self.sudo().write({"state": target, **vals})

    def _check_in(self, *states):
        for rehearsal in self:
            if rehearsal.state not in states:
                rehearsal._raise_wrong_state()

    def _raise_wrong_state(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "This is not possible: %(rehearsal)s is in state %(state)s. Reload "
                "the page, or duplicate the rehearsal to run it again.",
                rehearsal=self.display_name,
                state=labels[self.state],
            )
        )

    def action_start(self):
        """Freeze the draft and judge: at once what is small, else in the background."""
        self.check_access("write")
        self._check_in("draft")
        for rehearsal in self:
            rehearsal._freeze()
        self._move_to("running", started_at=fields.Datetime.now())
        self._launch()
        return True

    def action_resume(self):
        """Go on after a failure, where the last finished batch ended."""
        self.check_access("write")
        self._check_in("failed")
        self._move_to("running", error=False, ended_at=False)
        self._launch()
        return True

    def action_cancel(self):
        """Stop; a batch that is being judged is the last one."""
        self.check_access("write")
        self._move_to("cancelled", ended_at=fields.Datetime.now())
        return True

    def action_refresh(self):
        """Show how far the run is."""
        self.check_access("read")
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_view_changes(self):
        """Open the order lines and requests which the draft treats differently."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "return_policy.return_rehearsal_change_action"
        )
        return {**action, "domain": [("rehearsal_id", "=", self.id)]}

    def action_view_totals(self):
        """Open counts and amounts by verdict before and after, as a pivot table."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "return_policy.return_rehearsal_cell_action"
        )
        return {**action, "domain": [("rehearsal_id", "=", self.id)]}

    def _period(self):
        """Return (first moment, end) of the days looked back on, naive UTC."""
        self.ensure_one()
        return self.asked_at - timedelta(days=self.days), self.asked_at
