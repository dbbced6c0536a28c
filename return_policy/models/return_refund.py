"""Money on its way back to a buyer: written first, sent afterwards."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..policy.states import REFUND_TRANSITIONS, can_move
from .return_request import AGENT, LEAD


class ReturnRefund(models.Model):
    """The intent to pay back, and what became of it."""

    _name = "return.refund"
    _description = "Return Refund"
    _inherit = ["mail.thread", "return.defaults.mixin"]
    _order = "id desc"
    _check_company_auto = True

    request_id = fields.Many2one(
        "return.request", required=True, index=True, ondelete="restrict", readonly=True
    )
    company_id = fields.Many2one(
        related="request_id.company_id", store=True, index=True, precompute=True
    )
    sale_order_id = fields.Many2one(
        related="request_id.sale_order_id", store=True, index=True
    )
    partner_id = fields.Many2one(
        related="request_id.partner_id", string="Customer", store=True, precompute=True
    )
    move_id = fields.Many2one(
        "account.move", string="Credit Note", readonly=True, index="btree_not_null"
    )
    currency_id = fields.Many2one(
        related="request_id.currency_id", store=True, precompute=True
    )
    amount = fields.Monetary(required=True, readonly=True)
    tender = fields.Selection(
        [
            ("online", "Online payment"),
            ("platform", "On the platform"),
            ("manual", "By hand"),
        ],
        required=True,
        readonly=True,
        index=True,
        help="Where the money goes back: the same way it came.",
    )
    transaction_id = fields.Many2one(
        "payment.transaction",
        string="Original Payment",
        readonly=True,
        index="btree_not_null",
    )
    refund_transaction_id = fields.Many2one(
        "payment.transaction", readonly=True, index="btree_not_null", copy=False
    )
    payment_id = fields.Many2one(
        "account.payment", readonly=True, index="btree_not_null", copy=False
    )
    state = fields.Selection(
        [
            ("queued", "Waiting to be sent"),
            ("sent", "Being paid"),
            ("confirmed", "Confirmed"),
            ("failed", "Failed"),
            ("unknown", "Unknown"),
        ],
        required=True,
        readonly=True,
        default="queued",
        index=True,
        help="Unknown: the provider was asked and never answered. It may have paid.",
    )
    to_confirm = fields.Boolean(
        compute="_compute_to_confirm",
        search="_search_to_confirm",
        help="A person has to pay this elsewhere and confirm it here.",
    )
    deadline = fields.Datetime(related="request_id.deadline")
    idempotency_key = fields.Char(required=True, readonly=True, copy=False)
    attempts = fields.Integer(readonly=True)
    sent_at = fields.Datetime(readonly=True)
    confirmed_at = fields.Datetime(readonly=True)
    error = fields.Text(readonly=True)
    reference = fields.Char(
        readonly=True, help="The number under which the platform or the bank paid."
    )

    _key_uniq = models.UniqueIndex(
        "(idempotency_key)", "This refund has been queued already."
    )
    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "A refund must be above zero."
    )
    _to_send_idx = models.Index("(id) WHERE state IN ('queued', 'sent')")

    @api.depends("request_id.name", "amount")
    def _compute_display_name(self):
        for refund in self:
            amount = refund.currency_id.format(refund.amount)
            refund.display_name = f"{refund.request_id.name}: {amount}"

    @api.depends("state", "tender")
    def _compute_to_confirm(self):
        for refund in self:
            refund.to_confirm = refund.state == "sent" and refund.tender != "online"

    def _search_to_confirm(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "=", "sent"), ("tender", "!=", "online")]

    def _move_to(self, target, **vals):
        """Change the state of all refunds, or of none. The only writer of it."""
        stuck = self.filtered(
            lambda refund: not can_move(refund.state, target, REFUND_TRANSITIONS)
        )
        if stuck:
            raise UserError(
                self.env._(
                    "This step is not possible any more for %(refunds)s. Reload the "
                    "page to see what happened meanwhile.",
                    refunds=", ".join(stuck.mapped("display_name")),
                )
            )
        # sudo: return.refund - written by its steps only, nobody has the right
        self.sudo().write({"state": target, **vals})

    def _check_may(self, group):
        if not self.env.su and not self.env.user.has_group(group):
            raise AccessError(
                self.env._(
                    "You may not do this with refunds; ask for the role %(role)s.",
                    # sudo: res.groups - only the name is shown
                    role=self.env.ref(group).sudo().name,
                )
            )
        self.check_access("read")

    def action_confirm(self, reference=None):
        """Note that a refund was paid on the platform or by hand.

        :param str reference: the after-sale number of the platform or of the bank
        """
        self._check_may(AGENT)
        todo = self.filtered(lambda refund: refund.state != "confirmed")
        if any(refund.state != "sent" for refund in todo):
            todo._check_may(LEAD)
        online = todo.filtered(
            lambda refund: refund.tender == "online" and refund.state == "sent"
        )
        if online:
            raise UserError(
                self.env._(
                    "%(refunds)s: the payment provider confirms online refunds. Wait "
                    "for its answer.",
                    refunds=", ".join(online.mapped("display_name")),
                )
            )
        if todo and not (reference or "").strip():
            return todo._ask("confirm")
        todo.request_id._lock_orders()
        todo.invalidate_recordset(["state"])
        manual = todo.filtered(lambda refund: refund.tender == "manual")
        manual.sale_order_id._return_check_given_back()
        todo._confirm_by_hand(reference.strip())
        return True

    def _confirm_by_hand(self, reference):
        # sudo: return.refund, account.payment - agents may not write accounting
        refunds = self.sudo()
        for refund in refunds:
            # what the provider refused, a person paid some other way
            is_refused = refund.tender == "online" and refund.state == "failed"
            refund._move_to(
                "confirmed",
                reference=reference,
                confirmed_at=fields.Datetime.now(),
                error=False,
                **({"tender": "manual"} if is_refused else {}),
            )
            if refund.tender == "manual":
                refund._register_payment(reference)
            elif refund.tender == "online":
                refund._book_online(reference)
        refunds.filtered("payment_id").sale_order_id._return_reconcile()
        requests = refunds.request_id
        requests.with_user(self.env.user)._log("refund_confirmed", reference)
        requests._finish()

    def action_retry(self, reason=None):
        """Send a failed or unknown refund again; an unknown one needs a reason."""
        self._check_may(LEAD)
        todo = self.filtered(lambda refund: refund.state != "queued")
        if not todo:
            return True
        unknown = todo.filtered(lambda refund: refund.state == "unknown")
        if unknown and not (reason or "").strip():
            return todo._ask("retry")
        todo.request_id._lock_orders()
        todo.invalidate_recordset(["state"])
        todo._move_to("queued", error=False, refund_transaction_id=False)
        # sudo: return.request - the guard and the log need every request
        todo.request_id.sudo()._check_money()
        todo.request_id._log("refund_retried", reason)
        todo._trigger_send()
        return True

    def _ask(self, purpose):
        """Open the dialog that asks for a reference or a reason."""
        dialog = self.env["return.request.reason"]
        return dialog._open(purpose, default_refund_ids=self.ids)

    def _register_payment(self, reference):
        """Book the payment that a person made, against the credit note.

        Without a credit note, or when an open invoice has taken all of it, the payment
        stands alone: the money left the house all the same.
        """
        self.ensure_one()
        if not self.move_id or self.move_id.payment_state in ("paid", "reversed"):
            self.payment_id = self._pay_alone(reference)
            return
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=self.move_id.ids)
            .create({"amount": self.amount, "communication": reference})
        )
        self.payment_id = wizard._create_payments()

    def _pay_alone(self, reference):
        payment = self.env["account.payment"].create(
            {
                "payment_type": "outbound",
                "partner_type": "customer",
                "partner_id": self.partner_id.commercial_partner_id.id,
                "company_id": self.company_id.id,
                "currency_id": self.currency_id.id,
                "amount": self.amount,
                "memo": f"{self.request_id.name} - {reference}",
            }
        )
        payment.action_post()
        return payment

    def _book_online(self, reference):
        """Book what the provider paid without telling us, as if it had told us."""
        self.ensure_one()
        transaction = self.transaction_id._return_note_paid(self, reference)
        self.refund_transaction_id = transaction
        self._post_process(transaction)
