"""The money of a request as its buyer reads it."""

from typing import NamedTuple

from odoo import models

from ..policy.states import UNDECIDED
from .return_request_buyer_status import CLOSED_EARLY


class Row(NamedTuple):
    """A line of the breakdown; the amount stands in words of the sentence at times."""

    label: str
    amount: float | None


class ReturnRequest(models.Model):
    """Goods, delivery, deductions, total, and what has gone back."""

    _inherit = "return.request"

    def _buyer_money(self):
        """Return the rows which add up to what the buyer gets back, if anything."""
        self.ensure_one()
        if self.state in CLOSED_EARLY:
            return []
        rows = [
            Row(f"{line.qty_requested:g} × {line.product_id.display_name}", line.amount)
            for line in self.line_ids
            if line.amount and not line.is_refused and not self._is_unwanted(line)
        ]
        if self.amount_freight:
            rows.append(Row(self.env._("Delivery given back"), self.amount_freight))
        if self.amount_deducted:
            label = self.env._("Deductions")
            if self.amount_deducted < 0:
                label = self.env._("Added")
            rows.append(Row(label, -self.amount_deducted))
        if bonus := self._buyer_bonus():
            rows.append(Row(self.env._("Bonus for store credit"), bonus))
        for line in self.line_ids:
            if price := line._buyer_exchange_price():
                label = self.env._(
                    "Exchange for: %(product)s",
                    product=line.exchange_product_id.display_name,
                )
                rows.append(Row(label, -price))
        return rows

    def _is_unwanted(self, line):
        """Tell whether the amount of a line is an offer which the buyer declined."""
        is_declined = self.offer_state == "declined" and self.state in UNDECIDED
        return is_declined and line._remedy().pays == "amount"

    def _buyer_total(self):
        """Return what the rows come to."""
        return self.currency_id.round(sum(row.amount for row in self._buyer_money()))

    def _buyer_total_label(self):
        """Return what the total is to the buyer, as far as the money has got."""
        if self._buyer_total() < 0:
            is_paid = self.exchange_order_id and not self._buyer_orders_to_pay()
            return self.env._("You paid") if is_paid else self.env._("You pay")
        is_back = self.money_state == "confirmed"
        return self.env._("You got back") if is_back else self.env._("You get back")

    def _buyer_deductions(self):
        """Return why less, or more, goes back than was paid: sentences."""
        fixed = self.deduction_ids.filtered(lambda entry: entry.kind != "outbound")
        return fixed.mapped("sentence") or (self.deduction_text or "").splitlines()

    def _buyer_refunds(self):
        """Return how each payment goes back, and where it stands."""
        return [
            Row(
                self.env._(
                    "%(way)s: %(state)s",
                    way=self._buyer_way(refund),
                    state=self._buyer_refund_state(refund),
                ),
                refund.amount,
            )
            for refund in self.refund_ids
        ]

    def _buyer_way(self, refund):
        """Return how money goes back."""
        if refund.tender == "online":
            method = refund.transaction_id.payment_method_id.name
            return method or self.env._("The way you paid")
        if refund.tender == "platform":
            return self.env._("Through the platform you bought on")
        if refund.tender == "manual":
            return self.env._("By bank transfer or the way you paid")
        if refund.tender == "store_credit":
            return self.env._("Store credit %(code)s", code=refund.card_id.code)
        labels = refund._fields["tender"]._description_selection(self.env)
        return dict(labels)[refund.tender]

    def _buyer_refund_state(self, refund):
        """Return where a payment stands."""
        if refund.state == "confirmed":
            return self.env._(
                "paid on %(day)s", day=self._buyer_day(refund.confirmed_at)
            )
        if refund.state in ("failed", "unknown"):
            return self.env._("we are sorting it out")
        return self.env._("on its way")
