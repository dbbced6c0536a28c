"""Money instead of a replacement that does not leave any more: never both."""

from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError

from ..policy.amounts import payable
from .return_request import AGENT

# Words of replacements which have not left.
PENDING = ("to_collect", "waiting", "to_ship")


class ReturnRequest(models.Model):
    """Refunds in the place of exchanges and of goods sent again."""

    _inherit = "return.request"

    def action_refund_instead(self, reason=None):
        """Give the money back for what is not sent or not repaired; say why."""
        self._check_may(AGENT)
        todo = self.filtered(lambda request: request.replacement_state in PENDING)
        if todo and not (reason or "").strip():
            return todo._ask_reason("refund_instead")
        todo._refund_replacements(reason)
        return super().action_refund_instead(reason)

    def _refund_replacements(self, reason):
        """Take back what was reserved or ordered, and settle the lines as returns."""
        if not self:
            return
        self._lock_orders()
        self._check_all_in({"approved"})
        # sudo: return.request - the step acts on stock and money of the request
        requests = self.sudo()
        lines = requests.line_ids.filtered(
            lambda line: line._replacement_state() in PENDING
        )
        requests._check_none_sent(lines)
        lines._open_replacement_moves()._action_cancel()
        requests._cancel_exchange_orders()
        exchanged = lines.filtered(lambda line: line.remedy == "exchange")
        exchanged.write({"remedy": "return_refund"})
        (lines - exchanged).write({"remedy": "refund_only"})
        requests._check_money()
        self._log("remedy_changed", reason)
        requests._moment_reached()

    def _check_none_sent(self, lines):
        """Raise where part of the goods has left: the rest has to follow."""
        ordered = self.line_ids.filtered("exchange_order_line_id")
        sent = (lines | ordered).filtered("qty_sent")
        if sent:
            raise UserError(
                self.env._(
                    "Part of the replacement of %(requests)s has left already: "
                    "%(products)s. Send the rest, or take back what was sent first.",
                    requests=", ".join(sent.request_id.mapped("name")),
                    products=", ".join(sent.product_id.mapped("display_name")),
                )
            )

    def _cancel_exchange_orders(self):
        """Cancel the orders of goods that do not leave; give back what paid them.

        That is the credit of old goods which was taken for them, and what the buyer
        paid beside it.
        """
        # sudo: sale.order - agents may not cancel orders
        requests = self.sudo().filtered("exchange_order_id")
        orders = {request: request.exchange_order_id for request in requests}
        credit = {request: request._exchange_owed() for request in requests}
        requests.exchange_order_id._action_cancel()
        vals_list, taken = [], defaultdict(int)
        for request, order in orders.items():
            money = request._to_minor(order._exchange_money())
            vals_list += request._prepare_difference_back(order, money, taken)
            vals_list += request._prepare_credit_back(credit[request], money, taken)
        requests.env["return.refund"].create(vals_list)._trigger_send()

    def _prepare_difference_back(self, order, amount, taken):
        """Return the refund of what was paid for a cancelled order beside old goods.

        :param int amount: in the smallest unit
        :param dict taken: what is planned already to be taken from a payment
        """
        self.ensure_one()
        gives = self._split_online(amount, order._return_transactions(), taken, 0)
        move = self.env["account.move"]
        return self._refund_rows(amount, gives, "manual", move, f"paid{order.id}")

    def _prepare_credit_back(self, claim, money, taken):
        """Return the refund of credit that a cancelled order needs no more.

        :param int claim: in the smallest unit
        :param int money: what goes back beside it
        :param dict taken: what is planned already to be taken from a payment
        """
        self.ensure_one()
        order, units = self.sale_order_id, self._to_minor
        left = units(order._return_paid_amounts()[order]) - money
        left -= units(order._return_given_back()[order])
        amount = payable(claim, left, 0, order._return_still_owed()[order])
        note = self.credit_note_ids.sorted("id")[-1:]
        if claim:
            self.money_note = self._explain_money(claim, amount, note)
        rows = self._prepare_refunds(amount, note, self.line_ids, taken, left)
        for row in rows:
            row["idempotency_key"] = f"credit/{row['idempotency_key']}"
        return rows
