"""The steps of a random walk, as agents, leads, the warehouse and accountants take."""

from ..policy.terms import REMEDIES
from .walk_common import OVER
from .walk_next import NextSteps, NothingToDoError

# what most people ask for is drawn twice as often
WANTED = ("return_refund", *REMEDIES)
# How often each step is drawn; each is a method of ``Steps``.
STEPS = {
    "ask": 5,
    "answer": 2,
    "approve": 5,
    "refuse": 0.5,
    "offer": 1,
    "accept": 1,
    "cancel": 0.8,
    "receive": 4,
    "grade": 3,
    "close_short": 0.6,
    "send": 2,
    "confirm": 2,
    "instead": 0.8,
    "go_on": 8,
    "ship_rest": 1,
    "bill_rest": 1,
}
# Beside the requests, by hand.
HANDS = {"credit_by_hand": 1, "pay_credit_by_hand": 0.6, "refund_by_hand": 1}


class Steps(NextSteps):
    """One method a step."""

    def ask(self):
        """Open a request of the agent, with any remedies, and submit it."""
        lines = self.order.order_line
        goods = lines.filtered(lambda line: not line._is_return_side_line())
        rows = [self._row(line) for line in goods if self.chance() < 0.8]
        rows = rows or [self._row(goods[0])]
        reason = self.pick(self.case.reason, self.case.reason_quality)
        self.tell("  for", reason.name, [list(row.values())[1:] for row in rows])
        request = (
            self.env["return.request"]
            .with_user(self.case.agent)
            .create(
                {
                    "sale_order_id": self.order.id,
                    "reason_id": reason.id,
                    "line_ids": [(0, 0, row) for row in rows],
                }
            )
        )
        request.action_submit()

    def _row(self, line):
        remedy = self.pick(*WANTED)
        row = {
            "sale_line_id": line.id,
            "remedy": remedy,
            "qty_requested": self.pick(
                1, min(2, line.product_uom_qty), line.qty_delivered
            ),
        }
        if remedy == "exchange" and self.chance() < 0.6:
            row["exchange_product_id"] = self.pick(*self.others).id
        if remedy in ("price_protection", "partial_refund"):
            row["amount_agreed"] = self.pick(1, 5, round(line.price_total * 0.3, 2))
        return row

    def answer(self):
        """Answer the lines: refuse some, approve some for less."""
        for line in self.one("submitted").with_user(self.case.agent).line_ids:
            dice = self.chance()
            if dice < 0.2:
                line.write({"answer": "refuse", "answer_reason": "no"})
            elif dice < 0.5 and line.qty_requested > 1:
                line.write({"qty_approved": 1, "answer_reason": "one is enough"})

    def approve(self):
        """Approve, against the policy where it objects."""
        user = self.pick(self.case.agent, self.case.lead, self.case.manager)
        self.click(self.one("submitted"), "action_approve", user)

    def refuse(self):
        """Refuse all."""
        self.click(self.one("submitted", "needs_info"), "action_refuse", self.case.lead)

    def offer(self):
        """Offer money for keeping the goods."""
        request = self.one("submitted").with_user(self.case.manager)
        for line in request.line_ids:
            line.amount_agreed = self.pick(1, 3, line.price_paid / 2)
        self.click(request, "action_offer", self.case.manager)

    def accept(self):
        """Let the buyer take an offer, or not, or answer a question."""
        steps = ("action_offer_accepted", "action_offer_declined", "action_answer")
        self.click(self.one("needs_info"), self.pick(*steps), self.case.agent)

    def cancel(self):
        """Cancel."""
        self.click(self.one("submitted", "approved"), "action_cancel", self.case.agent)

    def receive(self):
        """Receive a parcel: what was announced, less, more, or another warehouse's."""
        pickings = self.one("approved").picking_ids
        more = self.pick(0, 0, -1, 1)
        for picking in pickings.with_user(self.case.keeper):
            still = picking.move_ids.filtered(lambda move: move.state not in OVER)
            for move in still:
                move.quantity = max(0, move.product_uom_qty + more)
                move.picked = bool(move.quantity)
            if any(still.mapped("quantity")):
                picking._action_done()

    def grade(self):
        """Grade piece by piece what came, or will be found to have come."""
        request = self.one("approved").with_user(self.case.keeper)
        action = request.action_open_inspection()
        screen = self.env[action["res_model"]].with_user(self.case.keeper)
        screen = screen.with_context(**action["context"]).create({})
        for unit in screen.unit_ids:
            grade = self.pick("a", "a", "b", "c", "wrong", "missing", "later")
            wrong = self.others[0].id if grade == "wrong" else False
            unit.write({"grade": grade, "condition": "worn", "wrong_product_id": wrong})
            if grade in ("a", "b", "c") and self.chance() < 0.2:
                way = self.pick("buyer", "vendor", "scrap")
                refusal = {"is_accepted": False, "refusal": "no", "disposition": way}
                unit.write(refusal)
        self.tell("  as", screen.unit_ids.mapped("grade"))
        screen.action_done()

    def close_short(self):
        """Wait no longer for the rest."""
        self.click(self.one("approved"), "action_close_short", self.case.agent)

    def send(self):
        """Let the job send refunds, sometimes by a provider that is switched off."""
        self.case.provider.state = self.pick("test", "test", "disabled")
        self.refunds()._cron_send()
        self.case.provider.state = "test"

    def confirm(self):
        """Confirm a refund by hand, or send it again."""
        found = self.refunds("sent", "failed", "unknown")
        if not found:
            raise NothingToDoError
        step = self.pick("action_confirm", "action_confirm", "action_retry")
        self.click(found[:1], step, self.case.lead)

    def instead(self):
        """Give something else than was promised."""
        steps = ("action_refund_instead", "action_exchange_instead", "action_ship_now")
        self.click(self.one("approved"), self.pick(*steps), self.case.lead)

    def ship_rest(self):
        """Ship what was sold."""
        self.ship_order(self.pick(0.5, 1))

    def bill_rest(self):
        """Bill what is to be billed."""
        self.bill(self.order, self.chance() < 0.3)

    # By hand -----------------------------------------------------------------

    def credit_by_hand(self):
        """Credit some of the first invoice."""
        invoice = self.moves("out_invoice")[:1]
        if not invoice or invoice.return_request_id:
            raise NothingToDoError
        note = invoice._reverse_moves([{}])
        for line in note.invoice_line_ids:
            line.quantity = self.pick(0, 1, line.quantity)
        note.action_post()
        self.hands_were_used = True

    def pay_credit_by_hand(self):
        """Pay a credit note which a request may be about to pay."""
        note = self.moves("out_refund").filtered("amount_residual")[:1]
        if not note:
            raise NothingToDoError
        self.register_payment(note)
        self.hands_were_used = True

    def refund_by_hand(self):
        """Refund a part of the online payment."""
        payment = self.order._return_transactions()[:1]
        if not payment:
            raise NothingToDoError
        amount = self.order.currency_id.round(payment.amount * self.pick(0.2, 0.5, 1))
        payment._refund(amount)._post_process()
        self.hands_were_used = True
