"""Which way the money of a request goes back, and how much of it."""

from collections import defaultdict

from odoo import fields, models

from ..policy.amounts import payable
from ..policy.tenders import Tender, split_refund


class ReturnRequest(models.Model):
    """Ways of payment."""

    _inherit = "return.request"

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
            amount = claim
            if order._return_tender() != "platform":
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
            lines, left = settlement.lines(request), paid[order] - given_back[order]
            rows = request._prepare_ways(amount, move, lines, taken, units(left))
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
            notes += self._explain_less(claim - amount)
        return " ".join(notes)

    def _explain_less(self, units):
        """Return sentences which say why so much less than the claim is sent."""
        order, unit = self.sale_order_id, self.currency_id.rounding or 0.01
        by_hand = min(units, self._to_minor(order._return_given_by_hand()))
        notes = []
        if by_hand > 0:
            notes.append(
                self.env._(
                    "%(amount)s went back to the buyer by hand already.",
                    amount=self.currency_id.format(by_hand * unit),
                )
            )
        if units > by_hand:
            notes.append(
                self.env._(
                    "%(amount)s was never paid here; it lowers what the buyer owes.",
                    amount=self.currency_id.format((units - max(by_hand, 0)) * unit),
                )
            )
        return notes

    def _prepare_ways(self, amount, move, lines, taken, left):
        """Return the values of all refunds of an amount: to the eWallet and as paid."""
        credit = self._split_credit(amount, lines)
        rows = self._prepare_store_credit(credit, move)
        rest = amount - sum(credit.values())
        return rows + self._prepare_refunds(rest, move, lines, taken, left)

    def _prepare_refunds(self, amount, move, lines, taken, left):
        """Return the values of the refund intents: one for each way the money goes.

        :param dict taken: what this call has already planned to take from a payment
        :param left: what is left of all that was paid for the order
        """
        self.ensure_one()
        transactions = self.env["payment.transaction"]
        tender = self.sale_order_id._return_tender()
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
