"""What a buyer asked for: the request, its states and who may change what."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..policy.states import OPEN, can_move

AGENT = "return_policy.group_return_agent"
LEAD = "return_policy.group_return_lead"
MANAGER = "return_policy.group_return_manager"
WAREHOUSE = "return_policy.group_return_warehouse"


class ReturnRequest(models.Model):
    """One request of a buyer about one order."""

    _name = "return.request"
    _description = "Return Request"
    _inherit = ["mail.thread", "mail.activity.mixin", "return.defaults.mixin"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(
        string="Number",
        readonly=True,
        copy=False,
        default=lambda self: self.env._("New"),
    )
    sale_order_id = fields.Many2one(
        "sale.order",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain=[("state", "=", "sale")],
    )
    company_id = fields.Many2one(
        related="sale_order_id.company_id", store=True, index=True, precompute=True
    )
    partner_id = fields.Many2one(
        related="sale_order_id.partner_id",
        string="Customer",
        store=True,
        index=True,
        precompute=True,
    )
    currency_id = fields.Many2one(
        related="sale_order_id.currency_id", store=True, precompute=True
    )
    policy_version_id = fields.Many2one(
        "return.policy.version",
        string="Policy",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The published policy the order was placed under; it decides.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Agent",
        default=lambda self: self.env.user,
        index="btree_not_null",
    )
    reason_id = fields.Many2one(
        "return.reason",
        index=True,
        ondelete="restrict",
        help="The reason for every line that does not name its own.",
    )
    note = fields.Text(string="What the Buyer Says")
    line_ids = fields.One2many("return.request.line", "request_id", copy=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "To review"),
            ("needs_info", "Waiting for buyer"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
            ("expired", "Expired"),
        ],
        required=True,
        readonly=True,
        default="draft",
        index=True,
        copy=False,
    )
    approval_mode = fields.Selection(
        [("auto", "Automatic"), ("review", "By a person")],
        readonly=True,
        copy=False,
        help="Who decides: the policy itself, or somebody on the desk.",
    )
    asked_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="When the buyer first asked. Windows are judged by this moment, also when "
        "photos or answers come later.",
    )
    submitted_at = fields.Datetime(readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)
    closed_at = fields.Datetime(readonly=True, copy=False)
    log_ids = fields.One2many("return.decision.log", "request_id", readonly=True)
    has_refused_line = fields.Boolean(
        compute="_compute_has_refused_line",
        store=True,
        help="The policy objects to a line that is not answered with “Refuse”, so "
        "approving it is going against the policy, even where the law leaves the "
        "policy no choice.",
    )

    _state_idx = models.Index("(company_id, state)")

    @api.depends(
        "line_ids.verdict",
        "line_ids.rule_code",
        "line_ids.answer",
        "line_ids.is_refused",
    )
    def _compute_has_refused_line(self):
        for request in self:
            request.has_refused_line = any(
                line._is_against_policy() for line in request.line_ids
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Number the requests; people may only fill what a draft consists of."""
        orders = self.env["sale.order"].browse(
            [vals.get("sale_order_id") for vals in vals_list]
        )
        sequences = {
            company: self._number_sequence(company) for company in orders.company_id
        }
        for vals, order in zip(vals_list, orders, strict=True):
            self._check_hand_fields(vals)
            sequence = sequences.get(order.company_id)
            vals["name"] = sequence.next_by_id() if sequence else "/"
        # the first note in the chatter is that of the submission
        quiet = self.with_context(mail_create_nolog=True)
        return super(ReturnRequest, quiet).create(vals_list).with_env(self.env)

    @api.model
    def _number_sequence(self, company):
        """Return the sequence from which requests of a company take their numbers."""
        return (
            self.env["ir.sequence"]
            .with_company(company)
            .search_fetch(
                [
                    ("code", "=", "return.request"),
                    ("company_id", "in", [company.id, False]),
                ],
                order="company_id",
                limit=1,
            )
        )

    def write(self, vals):
        """Let people edit drafts only; the steps write everything else."""
        self._check_hand_fields(vals)
        if {"sale_order_id", "reason_id"} & vals.keys() and not self.env.su:
            self._check_all_in({"draft", "needs_info"})
        if "note" in vals and not self.env.su:
            # the buyer's own words stay as they were sent
            self.filtered("is_buyer_ask")._check_all_in({"draft"})
        return super().write(vals)

    # Steps ------------------------------------------------------------------

    def _move_to(self, target, **vals):
        """Change the state of all requests, or of none. The only writer of it."""
        stuck = self.filtered(lambda request: not can_move(request.state, target))
        if stuck:
            self._raise_wrong_state(stuck)
        if self:
            # sudo: return.request - steps write what people may not write by hand
            self.sudo().write({"state": target, **vals})

    def _check_all_in(self, states):
        stuck = self.filtered(lambda request: request.state not in states)
        if stuck:
            self._raise_wrong_state(stuck)

    def _raise_wrong_state(self, stuck):
        labels = dict(self._fields["state"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "This step is not possible any more for %(requests)s. Reload the page "
                "to see what happened meanwhile.",
                requests=", ".join(
                    f"{request.name} ({labels[request.state]})" for request in stuck
                ),
            )
        )

    def _check_may(self, *groups):
        """Raise unless the user is in one of the groups and may read the requests."""
        if not self.env.su and not any(map(self.env.user.has_group, groups)):
            raise AccessError(
                self.env._(
                    "You may not do this with return requests. Ask your administrator "
                    "for the role that may: %(roles)s.",
                    roles=", ".join(
                        # sudo: res.groups - only the name is shown
                        self.env.ref(group).sudo().name
                        for group in groups
                    ),
                )
            )
        self.check_access("read")

    def _lock_orders(self):
        """Hold the orders of these requests until the transaction ends.

        The counter makes a transaction which started before another one finished
        fail with a serialisation error (which Odoo retries) instead of deciding on
        what it saw before: a row lock alone does not show it the new rows.
        """
        # sudo: sale.order - agents read orders only; the lock writes a counter
        if self.sudo().sale_order_id.sorted("id")._return_lock():
            self.invalidate_recordset(["state"])

    def _log(self, event, reason=None, is_auto=False):
        """Write what was decided on every line, by whom and on which ground."""
        if not self:
            return
        # sudo: return.decision.log - append-only, nobody has the right to create
        self.env["return.decision.log"].sudo().create(
            [
                line._prepare_log(event, reason, is_auto)
                for request in self
                for line in request.line_ids
            ]
        )
        # sudo: mail.message - the note is part of the step
        self.sudo()._message_log_batch(
            bodies={request.id: request._log_text(event, reason) for request in self},
            author_id=self[:1]._buyer_author().id,
        )

    def _log_text(self, event, reason):
        """Return the note on the request for a step."""
        return ": ".join(filter(None, [self._log_labels()[event], reason]))

    def _log_labels(self):
        """Return {event: its name} in the reader's language."""
        events = self.env["return.decision.log"]._fields["event"]
        return dict(events._description_selection(self.env))

    def action_cancel(self, reason=None):
        """Withdraw requests whose goods have not come back yet."""
        self._check_may(AGENT)
        todo = self.filtered(lambda request: request.state != "cancelled")
        todo._check_all_in(set(OPEN))
        todo._lock_orders()
        todo._check_all_in(set(OPEN))
        todo._cancel_goods()
        todo._move_to("cancelled", closed_at=fields.Datetime.now())
        todo._log("cancelled", reason)
        return True
