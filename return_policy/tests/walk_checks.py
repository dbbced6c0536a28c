"""What must hold after every step of a random walk, and at its end."""

from .walk_steps import Steps

OPEN = ("submitted", "needs_info", "approved")
CENT = 0.005


class Checks(Steps):
    """Each check says what is wrong, or nothing."""

    def check(self, before):
        """Look at all that must hold; ``before`` is the money before the step."""
        self._check_money(before)
        for line in self._goods():
            self._check_line(line)
            self._check_billing(line)
            self._check_moves(line)
        for request in self.requests():
            self._check_notes(request)
            self._check_refunds(request)
            self._check_state(request)
        self._check_stock()

    def _expect(self, holds, *words):
        if not holds:
            self.case.fail(" ".join(map(str, words)))

    def _goods(self):
        return self.order.order_line.filtered(
            lambda line: not line._is_return_side_line()
        )

    def _check_money(self, before):
        """Nothing goes out beyond what came in, but by people beside the requests."""
        came, went, waits = self.money()
        is_new = went + waits > sum(before[1:]) + CENT
        self._expect(
            went + waits <= came + CENT or not is_new,
            f"{went} went out and {waits} waits, {came} came in",
        )

    def _check_line(self, line):
        """No line gives back more than it cost, or more pieces than were sold."""
        settled = line.return_request_line_ids.filtered("is_settled")
        given = sum(settled.mapped("amount"))
        posted = line.invoice_lines.filtered(lambda row: row.parent_state == "posted")
        billed = posted.filtered(lambda row: row.move_id.move_type == "out_invoice")
        by_hand = (posted - billed).filtered(
            lambda row: not row.move_id.return_request_id
        )
        worth = max(line.price_total, sum(billed.mapped("price_total")))
        if settled:
            given += sum(by_hand.mapped("price_total"))
        self._expect(
            given <= worth + 0.02 or self.hands_were_used,
            f"{line.name} gives back {given} of {worth}",
        )
        lowest = min([0, *settled.mapped("amount")])
        self._expect(lowest >= 0, f"{line.name} gives {lowest}")
        units = sum(settled.mapped("qty_settled"))
        self._expect(units <= line.product_uom_qty, f"{line.name} settles {units}")

    def _check_billing(self, line):
        """Nothing that was given back is billed again, and all of the rest is."""
        rows = line.invoice_lines.filtered(lambda row: row.parent_state != "cancel")
        billed = sum(row.quantity * -row.move_id.direction_sign for row in rows)
        settled = line.return_request_line_ids.filtered("is_settled")
        expected = line.product_uom_qty - sum(settled.mapped("qty_settled"))
        if line.product_id.invoice_policy == "delivery":
            left = settled.filtered(lambda asked: not asked.is_unshipped)
            expected = self._sold_and_left(line) - sum(left.mapped("qty_settled"))
        self._expect(
            not line.product_uom_id.compare(billed + line.qty_to_invoice, expected),
            f"{line.name}: {billed} billed and {line.qty_to_invoice} to bill,",
            f"but {expected} is not given back",
        )

    def _sold_and_left(self, line):
        moves = line.move_ids.filtered(
            lambda move: (
                move.state == "done"
                and move.location_dest_id.usage == "customer"
                and not move.replacement_line_id
                and not move.return_request_line_id
            )
        )
        return sum(moves.mapped("quantity"))

    def _check_moves(self, line):
        """No more comes back than went out, nothing leaves that was cancelled."""
        moves = line.move_ids.filtered(lambda move: move.state == "done")
        back = moves.filtered(lambda move: move.location_id.usage == "customer")
        out = sum((moves - back).mapped("quantity"))
        came = sum(back.mapped("quantity"))
        self._expect(came <= out, f"{line.name}: {came} of {out} came back")
        left = self._sold_and_left(line) + line.qty_return_cancelled
        self._expect(left <= line.product_uom_qty, f"{line.name}: {left} left")

    def _settled(self, request):
        """Return what was settled for a request, deductions and delivery included."""
        amounts = request.line_ids.filtered("is_settled").mapped("amount")
        deductions = request.deduction_ids
        back = deductions.filtered(lambda found: found.kind == "outbound")
        less = sum((deductions - back).mapped("amount"))
        return sum(amounts) - less + sum(abs(x) for x in back.mapped("amount"))

    def _check_notes(self, request):
        """Credit notes come to what was settled, are balanced and leave no nonsense."""
        notes = request.credit_note_ids.filtered(lambda move: move.state == "posted")
        for note in notes:
            total = sum(note.line_ids.mapped("balance"))
            self._expect(abs(total) < CENT, note.name, "is not balanced")
            self._expect(note.amount_residual >= 0, note.name, "is open below zero")
        credited = sum(note.direction_sign * note.amount_total for note in notes)
        settled = self._settled(request)
        wrong = credited - settled
        # invoices of a part may come to other cents than their order
        slack = CENT if self.is_all_billed else 0.02
        self._expect(
            wrong < slack and (wrong > -CENT or not self.is_all_billed),
            f"{request.name}: {credited} credited, {settled} settled",
        )

    def _check_refunds(self, request):
        """Money is sent for what was settled, all of it where all was paid."""
        mine = request.refund_ids.filtered(lambda refund: refund.tender != "in_kind")
        paid, settled = sum(mine.mapped("amount")), max(self._settled(request), 0)
        if self.requests().exchange_order_ids:
            return  # goods pay for goods
        is_whole = self.is_all_paid and not self.hands_were_used
        self._expect(
            paid < settled + CENT and (paid > settled - CENT or not is_whole),
            f"{request.name}: {paid} of {settled} goes back",
        )

    def _check_state(self, request):
        """A closed request owes nothing; an open one waits for somebody."""
        moves = request.line_ids.return_move_ids | request.line_ids.replacement_move_ids
        moves = moves.filtered(lambda move: move.state not in ("done", "cancel"))
        words = [
            request[name]
            for name in (
                "name",
                "state",
                "goods_state",
                "money_state",
                "replacement_state",
                "repair_state",
                "next_action",
                "settle_error",
            )
        ]
        if request.state == "done":
            is_through = (
                request.goods_state in ("none", "inspected")
                and request.money_state in ("none", "confirmed")
                and request.replacement_state in ("none", "shipped")
                and request.repair_state in ("none", "returned")
                and not any(line._is_payable() for line in request.line_ids)
            )
            self._expect(is_through and not moves, "done too early", words)
        if request.state in ("cancelled", "refused"):
            settled = request.line_ids.filtered("is_settled")
            self._expect(not moves and not settled, "closed too early", words)
        if request.state in OPEN:
            self._expect(request.next_action != "none", "stuck", words)
            is_timed = request.deadline or request.next_action == "send"
            self._expect(is_timed, "without a deadline", words)
            is_late = request.settle_error or not request._due_lines()
            self._expect(is_late, "due but not settled", words)

    def _check_stock(self):
        """What came in is in quarantine until it goes somewhere, and nowhere twice."""
        goods = [product.id for product in (*self.products, *self.others)]
        quants = self.env["stock.quant"].search(
            [("product_id", "in", goods), ("location_id.usage", "=", "internal")]
        )
        for quant in quants:
            is_real = 0 <= quant.reserved_quantity <= quant.quantity
            self._expect(is_real, quant.product_id.name, quant.quantity, "in stock")
        items = self.env["return.extra.item"].search(
            [("request_id", "in", self.requests().ids)]
        )
        for product in self.products:
            there = quants.filtered(
                lambda quant, p=product: (
                    quant.product_id == p and quant.location_id == self.case.quarantine
                )
            )
            extra = items.filtered(lambda item, p=product: item.product_id == p)
            expected = sum(extra.mapped("quantity")) + self._in_quarantine(product)
            found = sum(there.mapped("quantity"))
            self._expect(found == expected, product.name, found, "not", expected)

    def _in_quarantine(self, product):
        lines = self.requests().line_ids.filtered(lambda x: x.product_id == product)
        moves = lines.return_move_ids | lines.replacement_move_ids
        left = moves.filtered(
            lambda move: (
                move.state == "done" and move.location_id == self.case.quarantine
            )
        )
        return sum(lines.mapped("qty_received")) - sum(left.mapped("quantity"))

    # The end -----------------------------------------------------------------

    def check_end(self):
        """All is through: nobody owes the buyer anything, and nothing is left open."""
        if self.hands_were_used:
            return
        waiting = self.requests("draft", *OPEN)
        states = waiting.mapped(lambda q: (q.name, q.next_action, q.settle_error))
        self._expect(not waiting, "cannot be finished:", states)
        rows = self._mine("account.move.line", ("parent_state", "=", "posted"))
        rows = rows.filtered(lambda row: row.account_type == "asset_receivable")
        balance = round(sum(rows.mapped("amount_currency")), 2)
        # each invoice of a part may be a cent off, as core rounds them one by one
        slack = 0 if self.is_all_billed else 0.02 * len(self.moves("out_invoice"))
        self._expect(balance >= -slack, f"{-balance} is still owed to the buyer")
        if not balance:
            still = rows.filtered("amount_residual_currency")
            self._expect(not still, "open:", still.move_id.mapped("name"))
        cards = self.refunds().filtered(lambda refund: refund.tender == "in_kind")
        paid = self.order.order_line.filtered("coupon_id")
        back = sum(cards.mapped("amount"))
        self._expect(
            back <= -sum(paid.mapped("price_total")) + CENT, f"{back} back to the card"
        )
