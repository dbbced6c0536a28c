"""Money offered to the buyer for keeping the goods, who accepts or declines."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .return_request import AGENT

CLOSED = ("refused", "cancelled", "expired")


class ReturnRequest(models.Model):
    """Offers.

    An offer is made of the agreed amounts of lines. Those lines keep the remedy that
    was asked for, and hold what it holds, until the buyer accepts.
    """

    _inherit = "return.request"

    offer_state = fields.Selection(
        [
            ("none", "None"),
            ("proposed", "To be agreed inside"),
            ("open", "Waiting for the buyer"),
            ("accepted", "Accepted"),
            ("declined", "Declined"),
        ],
        default="none",
        readonly=True,
        copy=False,
        string="Offer",
    )
    amount_offered = fields.Monetary(
        "Offered",
        compute="_compute_amount_offered",
        help="What the buyer gets for keeping the goods and accepting the offer.",
    )

    @api.depends("line_ids.amount_agreed", "line_ids.remedy", "line_ids.answer")
    def _compute_amount_offered(self):
        for request in self:
            offered = request.line_ids.filtered(lambda line: line._is_offered())
            request.amount_offered = sum(offered.mapped("amount_agreed"))

    def action_open_offer(self):
        """Open the list in which the amounts of an offer are entered."""
        self.ensure_one()
        self._check_may(AGENT)
        self._check_all_in({"submitted"})
        view = self.env.ref("return_policy.return_request_view_form_offer")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Offer a Partial Refund"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(view.id, "form")],
            "target": "new",
        }

    def action_offer(self):
        """Offer the agreed amounts to the buyer and wait for the answer."""
        self._check_may(AGENT)
        todo = self.filtered(lambda request: request.offer_state != "open")
        todo._check_all_in({"submitted"})
        todo._check_offers()
        return todo._decide("offer")

    def _decide(self, step, reason=None):
        """Send the offers which only waited for somebody to agree."""
        proposed = self.filtered(
            lambda request: step == "approve" and request.offer_state == "proposed"
        )
        if not proposed:
            return super()._decide(step, reason)
        found = [proposed._decide("offer", reason)]
        if self - proposed:
            found.append((self - proposed)._decide(step, reason))
        return next((dialog for dialog in found if dialog is not True), True)

    def _offer_against_policy(self, reason):
        """Offer what the policy refuses; the reason stays in the log."""
        self._check_may(AGENT)
        self._check_all_in({"submitted"})
        self._check_offers()
        return self._decide("offer", reason)

    def _check_offers(self):
        """Refuse offers of nothing, and of more than is left of a line."""
        offered = self.line_ids.filtered(lambda line: line._is_offered())
        empty = self - offered.request_id
        if empty:
            raise UserError(
                self.env._(
                    "Enter what is offered for a product of %(requests)s first.",
                    requests=", ".join(empty.mapped("name")),
                )
            )
        offered._check_allowances(offered._claimed_before())
        offered._check_beside_hand_credits()

    def _against_policy(self, step):
        """Judge offered lines as what they become, a partial refund."""
        if step != "offer":
            return super()._against_policy(step)
        offered = self.line_ids.filtered(lambda line: line._is_offered())
        decisions = offered._decide("partial_refund")
        refused = offered.filtered(
            lambda line: decisions[line].outcome in ("refused", "none")
        )
        others = (self.line_ids - offered).filtered(
            lambda line: line._is_against_policy()
        )
        return (refused | others).request_id

    def _send_offer(self, reason=None):
        """Wait for the buyer; the answers to the other lines hold at acceptance."""
        if not self:
            return
        self._lock_orders()
        self._check_all_in({"submitted"})
        self._check_order_open()
        self._check_offers()
        self._move_to(
            "needs_info", offer_state="open", buyer_asked_at=fields.Datetime.now()
        )
        self._log("offered", reason)

    def action_offer_accepted(self, reason=None):
        """Note that the buyer accepts; without the words a dialog asks for them."""
        self._check_may(AGENT)
        todo = self.filtered(lambda request: request.offer_state != "accepted")
        todo._check_offer_open()
        if todo and not (reason or "").strip():
            return todo._ask_reason("accept")
        todo._accept_offer(reason)
        return True

    def action_offer_declined(self, reason=None):
        """Note that the buyer declines, or take the offer back."""
        self._check_may(AGENT)
        todo = self.filtered(lambda request: request.offer_state != "declined")
        todo._check_offer_open()
        if todo and not (reason or "").strip():
            return todo._ask_reason("decline")
        todo._decline_offer(reason)
        return True

    def _accept_offer(self, by):
        """Turn the offer into partial refunds, approve and settle at once.

        :param str by: who accepted and where, for the log
        """
        if not self:
            return
        self._lock_orders()
        self._check_offer_open()
        # sudo: return.request.line - the step writes what people may not write by hand
        for line in self.sudo().line_ids.filtered(lambda line: line._is_offered()):
            line.write(
                {"remedy": "partial_refund", "amount_agreed": line.amount_agreed}
            )
        self._freeze_verdicts()
        self._move_to(
            "submitted", offer_state="accepted", submitted_at=fields.Datetime.now()
        )
        self._log("offer_accepted", by)
        self._approve()

    def _decline_offer(self, by):
        """Go back to what was asked for; the desk decides or offers anew.

        :param str by: who declined and where, for the log
        """
        if not self:
            return
        self._lock_orders()
        self._check_offer_open()
        self._log("offer_declined", by)
        # sudo: return.request.line - the step writes what people may not write by hand
        self.sudo().line_ids.filtered(
            lambda line: line._is_offered() and not line._is_allowance()
        ).write({"amount_agreed": 0, "agreed_percent": 0})
        self._move_to(
            "submitted", offer_state="declined", submitted_at=fields.Datetime.now()
        )

    def _check_offer_open(self):
        """Refuse answers to offers which are not open, or not any more."""
        self.invalidate_recordset(["offer_state"])
        closed = self.filtered(lambda request: not request._has_open_offer())
        if closed:
            closed._raise_wrong_state(closed)

    def _check_no_open_offer(self):
        """Refuse to change what the buyer is just looking at."""
        waiting = self.filtered(lambda request: request._has_open_offer())
        if waiting:
            raise UserError(
                self.env._(
                    "The buyer has an offer for %(requests)s. Note first whether the "
                    "buyer accepts or declines it; declining also takes it back.",
                    requests=", ".join(waiting.mapped("name")),
                )
            )

    def _has_open_offer(self):
        self.ensure_one()
        return self.state == "needs_info" and self.offer_state == "open"

    def _submit(self, event="submitted", reason=None):
        """Refuse while an offer is open: it would be lost."""
        self._check_no_open_offer()
        return super()._submit(event, reason)

    def _move_to(self, target, **vals):
        """Forget an open offer when the request ends without it."""
        if target in CLOSED:
            vals["offer_state"] = "none"
        return super()._move_to(target, **vals)
