"""A request as its buyer follows it: steps, what is next, and the money."""

from typing import NamedTuple

from odoo import models
from odoo.tools import format_datetime

from ..policy.clock import local_day
from ..policy.facts import utc

CLOSED_EARLY = ("refused", "cancelled", "expired")
BACK = ("received", "inspected")


class Step(NamedTuple):
    """One step of the way, done or still to come."""

    label: str
    day: str  # when it was done, in the reader's words
    is_done: bool


class ReturnRequest(models.Model):
    """The status page; called in sudo after the ownership check."""

    _inherit = "return.request"

    def _buyer_day(self, moment):
        """Return the day of a naive UTC moment in the policy's time zone, in words."""
        if not moment:
            return ""
        day = local_day(utc(moment), self._terms().zone)
        return self.env["sale.order.line"]._return_day(day)

    def _buyer_short_day(self, moment):
        """Return it without the year: seven steps stand side by side on a phone."""
        if not moment:
            return ""
        return format_datetime(
            self.env, moment, self._terms().zone, self.env._("d MMM")
        )

    def _buyer_moment(self, moment):
        """Return a naive UTC moment in the policy's time zone, in words."""
        if not moment:
            return ""
        pattern = self.env._("d MMM y, HH:mm")
        return format_datetime(self.env, moment, self._terms().zone, pattern)

    def _buyer_steps(self):
        """Return the steps of the way, those which this request has."""
        self.ensure_one()
        sent = self.asked_at or self.submitted_at
        steps = [(self.env._("Sent to us"), sent, True)]
        if self.state in CLOSED_EARLY:
            steps += self._buyer_approved() if self.approved_at else []
            return [
                Step(label, self._buyer_short_day(moment), is_done)
                for label, moment, is_done in [*steps, self._buyer_closed()]
            ]
        steps += self._buyer_approved()
        steps += self._buyer_goods_steps()
        steps += self._buyer_sending_steps()
        steps += self._buyer_money_steps()
        return [
            Step(label, self._buyer_short_day(at), done) for label, at, done in steps
        ]

    def _buyer_approved(self):
        at = self.approved_at
        return [(self.env._("Approved"), at, bool(at))]

    def _buyer_closed(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        return labels[self.state], self.closed_at, True

    def _buyer_goods_steps(self):
        """Return the way of the goods back to the shop."""
        lines = self._lines_to_return()
        if not lines:
            return []
        is_here = self.goods_state in BACK
        is_sent = self.goods_state == "in_transit" or is_here
        inspected = lines.mapped("inspected_at")
        is_inspected = self.goods_state == "inspected"
        looked_at = max(filter(None, inspected), default=False)
        return [
            (self.env._("Sent back"), self.sent_back_at or self.scanned_at, is_sent),
            (self.env._("Here"), self.received_at, is_here),
            (self.env._("Looked at"), looked_at, is_inspected),
        ]

    def _buyer_sending_steps(self):
        """Return the way of goods to the buyer."""
        if not any(line._sends() for line in self.line_ids):
            return []
        is_out = self.replacement_state == "shipped" or self.state == "done"
        return [(self.env._("Sent to you"), False, is_out)]

    def _buyer_money_steps(self):
        """Return the way of the money; none where the buyer pays a difference."""
        if self._buyer_total() <= 0 and not self.refund_ids:
            return []
        moments = self.refund_ids.mapped("confirmed_at")
        is_paid = self.money_state == "confirmed"
        return [
            (
                self.env._("Money back"),
                is_paid and max(filter(None, moments), default=False),
                is_paid,
            )
        ]

    def _buyer_badge(self):
        """Return (colour, where the request stands in a word or two)."""
        self.ensure_one()
        labels = dict(self._fields["state"]._description_selection(self.env))
        if self.next_actor == "buyer":
            return "warning", self.env._("Your turn")
        if self.state == "done":
            return "success", labels["done"]
        if self.state in CLOSED_EARLY:
            return "secondary", labels[self.state]
        if self.state == "approved":
            return "info", labels["approved"]
        return "info", self.env._("With us")

    # What is next -----------------------------------------------------------

    def _buyer_next(self):
        """Return what happens next, said to the buyer, with its deadline."""
        self.ensure_one()
        if self.state in CLOSED_EARLY or self.state == "done":
            return self._buyer_end()
        words = self._buyer_words().get(self.next_action)
        if not words:
            return self.env._("Nothing is left to do for you.")
        if not self.deadline:
            return words
        return self.env._(
            "%(what)s By: %(moment)s.",
            what=words,
            moment=self._buyer_moment(self.deadline),
        )

    def _buyer_words(self):
        """Return {next action: what it means for the buyer}."""
        return {
            "review": self.env._("We look at your request and answer you."),
            "evidence": self.env._("Send us the photos or the video still missing."),
            "answer": self.env._("We have a question: please answer it."),
            "offer": self.env._("We made you an offer: take it or decline it."),
            "collect": self.env._("Pay the difference; then we ship."),
            "ship_back": self.env._("Send the goods back to us."),
            "receive": self.env._("Your parcel is on its way to us."),
            "inspect": self.env._("Your parcel is here; we look at the goods."),
            "repair": self.env._("We repair the goods."),
            "ship": self.env._("We send the goods to you."),
            "settle": self.env._("We work out your money."),
            "send": self.env._("Your money is on its way."),
            "confirm": self.env._("We pay your money back."),
            "resolve": self.env._(
                "The payment did not go through; we are sorting it out."
            ),
        }

    def _buyer_end(self):
        """Return how the request ended, with the reason where there is one."""
        refusals = self.log_ids.filtered(lambda entry: entry.event == "refused")
        reason = refusals[:1].reason if self.state == "refused" else ""
        ends = {
            "done": self.env._("All is done."),
            "refused": self.env._("We could not accept this request."),
            "cancelled": self.env._("This request was cancelled."),
            "expired": self.env._("This request ended because its time was over."),
        }
        return " ".join(filter(None, [ends[self.state], reason]))
