"""How an order was paid, and what may still go back."""

from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError

from ..policy.states import COUNTED, REFUND_COUNTED


class SaleOrder(models.Model):
    """The money of an order as its returns see it."""

    _inherit = "sale.order"

    return_refund_ids = fields.One2many(
        "return.refund", "sale_order_id", groups="return_policy.group_return_agent"
    )

    def _return_units(self, amount):
        """Return an amount in the smallest unit of the order's currency."""
        return round(amount / (self.currency_id.rounding or 0.01))

    def _return_fix_rounding(self, own):
        """Make the lines sum to what the documents say was paid.

        With global rounding of taxes an invoice differs from the sum of its lines.
        """
        # sudo: account.move - totals of the order's invoices
        lines = self.order_line.filtered(lambda line: line in own)
        invoices = [
            (move.amount_total, move.invoice_line_ids)
            for move in self.sudo().invoice_ids
            if move.move_type == "out_invoice" and move.state == "posted"
        ]
        documents = invoices or [(self.amount_total, self.order_line)]
        for total, rows in documents:
            gap = self._return_units(total) - sum(
                self._return_units(row.price_total) for row in rows
            )
            if not gap:
                continue
            sold = rows.sale_line_ids if invoices else rows
            biggest = (lines & sold).sorted(lambda line: own[line][1])[-1:]
            if biggest and sold.order_id == self:
                whole, base, tax = own[biggest]
                own[biggest] = (whole, base, tax + gap)

    def _return_tender(self):
        """Return how money goes back: online, manual, or what others add.

        Addons that know who holds the money extend this.
        """
        self.ensure_one()
        return "online" if self._return_transactions() else "manual"

    def _return_transactions(self):
        """Return the done payments of the order whose provider can refund."""
        self.ensure_one()
        # sudo: payment.transaction - agents have no right on payments
        paid = self.sudo().transaction_ids.filtered(
            lambda tx: (
                tx.state == "done"
                and tx.operation != "refund"
                and tx.currency_id == self.currency_id
                and tx.provider_id.support_refund in ("full_only", "partial")
                and tx.payment_method_id.support_refund != "none"
            )
        )
        return paid.sorted("id")

    def _return_hand_credits(self):
        """Return the credit notes of the orders that no request made."""
        # sudo: account.move - the guard must see every credit note
        return self.sudo().invoice_ids.filtered(
            lambda move: (
                move.move_type == "out_refund"
                and move.state != "cancel"
                and not move.return_request_id
            )
        )

    def _return_hand_credited(self):
        """Return {order or line: credited by hand}, in the smallest unit."""
        credited = defaultdict(int)
        for move in self._return_hand_credits():
            lines = move.invoice_line_ids
            for order in lines.sale_line_ids.order_id & self:
                part = order._return_part_of(move)
                credited[order] += order._return_units(move.amount_total * part)
            for line in lines.filtered("sale_line_ids"):
                sold = line.sale_line_ids[:1]
                credited[sold] += sold.order_id._return_units(line.price_total)
        return credited

    def _return_beside_goods(self):
        """Return {order: delivery given back less deductions, of all claims}.

        In the smallest unit; of open requests too.
        """
        # sudo: return.request - the guard must see every request
        orders = self.sudo()
        purchases = orders._return_purchases()
        found = {}
        for order in orders:
            counted = order.return_request_ids.filtered(lambda r: r.state in COUNTED)
            found[order] = counted._settled_beside_goods(purchases[order])
        return found

    def _return_still_owed(self):
        """Return {order: its worth after everything settled}, in the smallest unit."""
        # sudo: return.request.line - the sum must see every request
        orders = self.sudo()
        paid = orders.order_line._return_paid()
        by_hand = self._return_hand_credited()
        owed = {}
        for order in orders:
            requests = order.return_request_ids
            settled = requests.line_ids.filtered("is_settled")
            given = requests._fixed_statement() + settled._goods_statement()
            worth = sum(paid[line].total for line in order.order_line if line in paid)
            owed[order] = worth - given.total - by_hand.get(order, 0)
        return owed

    def _return_part_of(self, move):
        """Return which part of an invoice of several orders is this one's."""
        self.ensure_one()
        if move.return_request_id:
            return 1.0
        lines = move.invoice_line_ids
        mine = lines & self.order_line.invoice_lines
        if mine == lines or not move.amount_total:
            return 1.0
        return sum(mine.mapped("price_total")) / move.amount_total

    def _return_paid_amounts(self):
        """Return {order: what the buyer paid for it}, in the order's currency."""
        return self._return_money_amounts()

    def _return_money_amounts(self):
        """Return {order: money that reached us}, online or over its invoices."""
        orders = self.sudo()  # sudo: account.move - payments of the order's invoices
        invoices = orders.invoice_ids.filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "posted"
        )
        online = orders.transaction_ids.filtered(
            lambda tx: tx.state == "done" and tx.operation != "refund"
        )
        by_hand = self._return_payments(invoices, "debit", "credit", online.payment_id)
        amounts = {}
        for order in orders:
            mine = online & order.transaction_ids
            booked = mine.filtered("payment_id")
            offline = sum(
                by_hand[move] * order._return_part_of(move)
                for move in order.invoice_ids
                if move in by_hand
            )
            # what no payment tells of may be the same money as one entered by hand
            unbooked = sum((mine - booked).mapped("amount"))
            amounts[order] = sum(booked.mapped("amount")) + max(unbooked, offline)
        return amounts

    def _return_given_back(self):
        """Return {order: money on its way back or gone, from every door}."""
        orders = self.sudo()  # sudo: return.refund - the guard must see every refund
        notes = (
            orders._return_hand_credits() | orders.return_request_ids.credit_note_ids
        )
        own = orders._return_refund_payments()
        entries = orders.return_refund_ids.entry_id
        by_credit = self._return_payments(notes, "credit", "debit", own, entries)
        amounts = {}
        for order in orders:
            own = order.return_refund_ids.refund_transaction_id
            children = order.transaction_ids.child_transaction_ids - own
            online = -sum(
                tx.amount
                for tx in children
                if tx.operation == "refund"
                and tx.state in ("draft", "pending", "authorized", "done")
            )
            paid_out = sum(
                by_credit[move] * order._return_part_of(move)
                for move in order.invoice_ids | order.return_request_ids.credit_note_ids
                if move in by_credit
            )
            requested = sum(
                refund.amount
                for refund in order.return_refund_ids
                # in kind is no money: a card gets back its own
                if refund.state in REFUND_COUNTED and refund.tender != "in_kind"
            )
            amounts[order] = requested + max(online, paid_out)
        return amounts

    def _return_given_by_hand(self):
        """Return what went back of this order beside its returns."""
        self.ensure_one()
        # sudo: return.refund - the sum must see every refund
        refunds = self.sudo().return_refund_ids.filtered(
            lambda refund: refund.state in REFUND_COUNTED and refund.tender != "in_kind"
        )
        return self._return_given_back()[self] - sum(refunds.mapped("amount"))

    def _return_check_given_back(self):
        """Refuse to send money while more went back, or waits, than was paid.

        Whatever door it took: requests, credit notes and payments by hand.
        """
        # sudo: sale.order - the guard must see every door
        orders = self.sudo().filtered(lambda o: o._return_tender() != "platform")
        paid, given = orders._return_paid_amounts(), orders._return_given_back()
        for order in orders:
            if order.currency_id.compare_amounts(given[order], paid[order]) > 0:
                raise UserError(
                    self.env._(
                        "%(given)s of order %(order)s went back or waits to be sent, "
                        "but only %(paid)s was paid. Somebody refunded by hand: check "
                        "its payments and credit notes before you go on.",
                        given=order.currency_id.format(given[order]),
                        order=order.name,
                        paid=order.currency_id.format(paid[order]),
                    )
                )

    def _return_refund_payments(self):
        """Return the payments by which requests gave money back."""
        # sudo: return.refund - the guard must see every refund
        refunds = self.sudo().return_refund_ids
        return refunds.payment_id | refunds.refund_transaction_id.payment_id

    def _return_payments(self, moves, side, other, counted=None, entries=None):
        """Return {move: what payments (not other documents) settled of it}.

        :param counted: payments which are counted elsewhere
        :param entries: journal entries which are counted elsewhere
        """
        amounts = defaultdict(float)
        known = self.env["account.move"]
        if counted is not None:
            known |= counted.move_id
        if entries is not None:
            known |= entries
        lines = moves.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        partials = lines[f"matched_{other}_ids"]
        partials.fetch(
            [f"{side}_move_id", f"{other}_move_id", f"{side}_amount_currency"]
        )
        for partial in partials:
            source = partial[f"{other}_move_id"].move_id
            is_document = source.move_type in ("out_refund", "out_invoice")
            if not is_document and source not in known:
                move = partial[f"{side}_move_id"].move_id
                amounts[move] += partial[f"{side}_amount_currency"]
        for move in moves:
            # without an outstanding account payments have no entry before the bank's
            waiting = move.matched_payment_ids.filtered(
                lambda payment: (
                    payment.state in ("in_process", "paid")
                    and not payment.move_id
                    and (counted is None or payment not in counted)
                )
            )
            amounts[move] += sum(waiting.mapped("amount"))
        return amounts
