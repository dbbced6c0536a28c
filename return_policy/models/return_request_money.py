"""What is paid back for a request: amounts, guard, credit note, refund intents."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..policy.amounts import payable
from ..policy.states import money_state
from ..policy.tenders import Tender, split_refund
from .return_request import AGENT


class ReturnRequest(models.Model):
    """The money."""

    _inherit = "return.request"

    refund_on = fields.Selection(
        [
            ("approval", "At approval"),
            ("scanned", "When the carrier scans the parcel"),
            ("received", "When the goods are received"),
            ("inspected", "After inspection"),
        ],
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
            ("sent", "Sent"),
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
        """Try again what could not be booked when its moment came."""
        due = self.search(
            [("state", "=", "approved"), ("next_action", "=", "settle")], limit=limit
        )
        for request in due:
            request._settle_safely()
            self.env["ir.cron"]._commit_progress(1)

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

    def _queue_refunds(self, settlement, moves):
        """Write down what has to be sent to whom; a cron sends it after the commit."""
        orders = self.sale_order_id
        paid = orders._return_paid_amounts()
        given_back = orders._return_given_back()
        still_owed = orders._return_still_owed()
        vals_list, taken = [], defaultdict(int)
        for request in self:
            order, units = request.sale_order_id, request._to_minor
            claim = settlement.step(request).total
            claim = max(0, claim - request._exchange_owed(settlement.lines(request)))
            tender = order._return_tender()
            amount = claim
            if tender != "platform":
                amount = payable(
                    claim,
                    units(paid[order]),
                    units(given_back[order]),
                    still_owed[order],
                )
            move = moves.get(request)
            request.write(
                {
                    "refund_since": fields.Datetime.now(),
                    "money_note": request._explain_money(claim, amount, move),
                }
            )
            lines = settlement.lines(request)
            credit = request._split_credit(amount, lines)
            rows = request._prepare_store_credit(credit, move)
            amount -= sum(credit.values())
            by_hand = units(paid[order]) - units(given_back[order])
            rows += request._prepare_refunds(
                amount, tender, move, lines, taken, by_hand
            )
            given_back[order] += sum(row["amount"] for row in rows)
            vals_list += rows + request._prepare_in_kind(settlement, move)
        refunds = self.env["return.refund"].create(vals_list)
        to_cards = refunds.filtered("card_id")
        to_cards._give_to_cards()
        (refunds - to_cards)._trigger_send()

    def _explain_money(self, claim, amount, move):
        """Return one sentence where less money moves than the buyer is owed."""
        notes = []
        if not move:
            notes.append(
                self.env._("Not invoiced yet: no credit note; it will not be billed.")
            )
        if amount < claim:
            unpaid = (claim - amount) * (self.currency_id.rounding or 0.01)
            notes.append(
                self.env._(
                    "%(amount)s was never paid here; it lowers what the buyer owes.",
                    amount=self.currency_id.format(unpaid),
                )
            )
        return " ".join(notes)

    def _prepare_refunds(self, amount, tender, move, lines, taken, left):
        """Return the values of the refund intents: one for each way the money goes.

        :param dict taken: what this call has already planned to take from a payment
        :param left: what is left of all that was paid for the order
        """
        self.ensure_one()
        transactions = self.env["payment.transaction"]
        if tender == "online":
            transactions = self.sale_order_id._return_transactions()
        gives = self._split_online(amount, transactions, taken, left)
        return self._refund_rows(amount, gives, tender, move, min(lines.ids))

    def _refund_rows(self, amount, gives, tender, move, key):
        """Return the values of refund intents, for the rest without a payment too.

        :param dict gives: {payment: what goes back over it}
        :param key: tells apart what is settled at different times
        """
        transactions = self.env["payment.transaction"]
        rest = amount - sum(gives.values())
        ways = [("online", tx, give) for tx, give in gives.items()]
        ways.append((tender if tender != "online" else "manual", transactions, rest))
        return [
            {
                "request_id": self.id,
                "move_id": move and move.id,
                "amount": give * (self.currency_id.rounding or 0.01),
                "tender": way,
                "transaction_id": tx.id,
                "idempotency_key": f"{self.id}/{key}/{way}/{tx.id or 0}",
            }
            for way, tx, give in ways
            if give
        ]

    def _split_online(self, amount, transactions, taken, whole):
        """Return {payment: what goes back over it}, in proportion to what is left.

        A mixed payment goes back as it came (7-day return rules, art. 14); what was
        paid otherwise goes back by hand. A payment which its provider refunds as a
        whole only gives all or nothing.
        """
        left = {
            tx: max(0, self._to_minor(tx._return_capacity(amount)) - taken[tx])
            for tx in transactions
        }
        by_hand = max(0, whole - sum(left.values()))
        for tx, capacity in left.items():
            if tx.provider_id.support_refund == "full_only":
                left[tx] = 0
                if capacity >= amount:
                    left, by_hand = {tx: amount}, 0
                    break
        tenders = [Tender(tx.id, "money", capacity) for tx, capacity in left.items()]
        tenders.append(Tender(0, "money", by_hand))
        gives = split_refund(
            min(amount, sum(tender.paid for tender in tenders)), tenders
        )[:-1]
        found = {}
        for tx, give in zip(left, gives, strict=True):
            taken[tx] += give.amount
            found[tx] = give.amount
        return found

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
