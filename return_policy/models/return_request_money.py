"""What is paid back for a request: amounts, guard, credit note, refund intents."""

import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..policy.states import money_state
from .return_policy_terms import MOMENTS
from .return_request import AGENT

_logger = logging.getLogger(__name__)


class ReturnRequest(models.Model):
    """The money."""

    _inherit = "return.request"

    refund_on = fields.Selection(
        MOMENTS,
        readonly=True,
        copy=False,
        default="inspected",
        string="Refund When",
    )
    amount_total = fields.Monetary(
        "To Refund", compute="_compute_amount_total", store=True
    )
    amount_refunded = fields.Monetary(
        "Refunded", compute="_compute_amount_refunded", store=True
    )
    credit_note_ids = fields.One2many(
        "account.move", "return_request_id", string="Credit Notes", readonly=True
    )
    credit_note_count = fields.Integer(compute="_compute_money_counts")
    refund_ids = fields.One2many("return.refund", "request_id", readonly=True)
    refund_count = fields.Integer(compute="_compute_money_counts")
    money_state = fields.Selection(
        [
            ("none", "Nothing to pay"),
            ("due", "Due"),
            ("queued", "Waiting to be sent"),
            ("sent", "Being paid"),
            ("confirmed", "Refunded"),
            ("failed", "Failed"),
            ("unknown", "Unknown"),
        ],
        compute="_compute_money_state",
        store=True,
        string="Money",
    )
    money_note = fields.Char(
        readonly=True, copy=False, help="What is special about the money, in words."
    )
    settle_error = fields.Text(
        "Why the Money Waits",
        readonly=True,
        copy=False,
        help="The last attempt to pay back failed for this reason; nothing was booked.",
    )
    refund_since = fields.Datetime(
        readonly=True, copy=False, help="Since when the buyer can expect the money."
    )

    @api.depends("line_ids.amount", "amount_freight", "amount_deducted")
    def _compute_amount_total(self):
        for request in self:
            goods = sum(request.line_ids.mapped("amount"))
            request.amount_total = max(
                0.0, goods + request.amount_freight - request.amount_deducted
            )

    @api.depends("refund_ids.state", "refund_ids.amount")
    def _compute_amount_refunded(self):
        for request in self:
            request.amount_refunded = sum(
                refund.amount
                for refund in request.refund_ids
                if refund.state == "confirmed" and refund.tender != "in_kind"
            )

    @api.depends("credit_note_ids", "refund_ids")
    def _compute_money_counts(self):
        for request in self:
            # sudo: account.move - the numbers alone
            known = request.sudo()
            request.credit_note_count = len(known.credit_note_ids)
            request.refund_count = len(known.refund_ids)

    @api.depends(
        "state", "refund_ids.state", "line_ids.is_settled", "line_ids.is_refused"
    )
    def _compute_money_state(self):
        for request in self:
            unsettled = request.line_ids.filtered(lambda line: line._is_payable())
            is_due = request.state == "approved" and bool(unsettled)
            states = set(request.refund_ids.mapped("state"))
            request.money_state = money_state(states, is_due)

    def _today(self):
        """Return the day on which documents are booked.

        The user's own; jobs have no time zone, and take that of the policy.
        """
        user = self.env.user
        zone = self.env.context.get("tz") or user.tz or self[:1]._terms().zone
        return fields.Date.context_today(self.with_context(tz=zone))

    def _to_minor(self, amount):
        return round(amount / (self.currency_id.rounding or 0.01))

    # Settling ---------------------------------------------------------------

    def action_settle(self):
        """Try again to book and pay what is due."""
        self._check_may(AGENT)
        # sudo: return.request - agents read accounting only
        self.sudo()._settle()
        return True

    def _cron_settle(self, limit=100):
        """Try again what could not be booked when its moment came.

        Goods may be on their way meanwhile: what failed is tried whatever is next.
        """
        due = self.search(
            Domain("state", "=", "approved")
            & (
                Domain("next_action", "=", "settle")
                | Domain("settle_error", "!=", False)
            ),
            # what was tried longest ago comes first, so that nothing starves
            order="write_date, id",
            limit=limit,
        )
        for request in due:
            # what keeps the money is read by the agent
            lang = request.user_id.lang or self.env.lang
            request.with_context(lang=lang)._settle_by_itself()
            self.env["ir.cron"]._commit_progress(1)

    def _settle_by_itself(self):
        """Settle one request; no surprise in it keeps the others from their money."""
        try:
            with self.env.cr.savepoint():
                self._settle_safely()
        except OperationalError:
            raise
        except Exception as error:
            _logger.exception("Request %s could not be settled", self.id)
            self.write({"settle_error": repr(error)})

    def _settle_safely(self):
        """Settle without ever stopping the goods; what fails stays due and visible."""
        if not self._due_lines():
            self._finish()
            return
        try:
            with self.env.cr.savepoint():
                self._settle()
        except UserError as error:
            if len(self) > 1:
                for request in self:
                    request._settle_safely()
            else:
                self.write({"settle_error": str(error)})

    def _settle(self):
        """Book and queue the money of every line whose moment has come."""
        due = self._due_lines()
        if not due:
            return self._finish()
        self._lock_orders()
        due = self._due_lines()
        requests = due.request_id
        requests._check_money()
        requests._check_period()
        settlement = due._settle_lines()
        moves = requests._create_credit_notes(settlement)
        requests._queue_refunds(settlement, moves)
        requests.write({"settle_error": False})
        requests._log("settled")
        return self._finish()

    def _due_lines(self):
        """Return the lines whose money is decided now."""
        return self.line_ids.filtered(
            lambda line: (
                line.request_id.state == "approved"
                and line._is_payable()
                and line._is_due()
            )
        )

    def _finish(self):
        """Close the requests whose goods and money are through."""
        finished = self.filtered(
            lambda request: (
                request.state == "approved"
                and request.goods_state in ("none", "inspected")
                and request.money_state in ("none", "confirmed")
                and all(line._is_through() for line in request.line_ids)
            )
        )
        finished._move_to("done", closed_at=fields.Datetime.now())
        return True
