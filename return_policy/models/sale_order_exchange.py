"""Orders by which buyers get other goods instead of returned ones."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .return_request import AGENT


class SaleOrder(models.Model):
    """An order may be the second half of an exchange."""

    _inherit = "sale.order"

    exchange_request_id = fields.Many2one(
        "return.request",
        string="Exchange for",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=AGENT,
        help="The return request whose goods the buyer gives for those of this order.",
    )

    def _exchange_credit(self):
        """Return what the old goods bring for this order, in the smallest unit."""
        self.ensure_one()
        # sudo: return.request - what its lines come to
        lines = self.sudo().exchange_request_id._exchange_lines()
        return lines._credit_units()

    def _exchange_difference(self):
        """Return what the buyer pays for this order beside the old goods."""
        return self._return_units(self.amount_total) - self._exchange_credit()

    def _exchange_money(self):
        """Return the money that reached us for these orders, old goods left out."""
        # sudo: payment.transaction, account.move - what was paid
        return sum(self.sudo()._return_money_amounts().values())

    def _exchange_unpaid(self):
        """Return what this order costs after the money that reached us for it."""
        self.ensure_one()
        units = self._return_units
        return max(0, units(self.amount_total) - units(self._exchange_money()))

    def _is_to_collect(self):
        """Tell whether the order of an exchange waits for the difference."""
        return self.state in ("draft", "sent")

    @api.depends("exchange_request_id")
    def _compute_amount_paid(self):
        """Count the old goods as paid, so that only the difference is asked for."""
        result = super()._compute_amount_paid()
        for order in self.filtered("exchange_request_id"):
            credit = order._exchange_credit() * (order.currency_id.rounding or 0.01)
            missing = max(0.0, order.amount_total - order.amount_paid)
            order.amount_paid += min(credit, missing)
        return result

    def _get_prepayment_required_amount(self):
        """Ask for the difference alone."""
        if not self._is_open_exchange():
            return super()._get_prepayment_required_amount()
        return self.amount_total - self.amount_paid

    def _is_confirmation_amount_reached(self):
        """Wait until the whole difference is paid."""
        if not self._is_open_exchange():
            return super()._is_confirmation_amount_reached()
        return (
            self.currency_id.compare_amounts(self.amount_paid, self.amount_total) >= 0
        )

    def _is_open_exchange(self):
        """Tell whether the order waits for the difference of an exchange."""
        # sudo: return.request - whether there is one; buyers come here from the portal
        return self._is_to_collect() and bool(self.sudo().exchange_request_id)

    def _confirmation_error_message(self):
        """Let nobody ship dearer goods before the difference is paid."""
        message = super()._confirmation_error_message()
        if message or not self._is_open_exchange():
            return message
        # sudo: return.request - its name and whether somebody vouches for the money
        request = self.sudo().exchange_request_id
        if request.is_difference_paid or self._is_confirmation_amount_reached():
            return False
        return self.env._(
            "%(amount)s is still to be paid for %(order)s. If the buyer paid it in "
            "another way, press “Difference Paid” on %(request)s.",
            amount=self.currency_id.format(self.amount_total - self.amount_paid),
            order=self.name,
            request=request.name,
        )

    def _action_confirm(self):
        """Note that the difference was paid; give the credit that waited for it."""
        result = super()._action_confirm()
        # sudo: return.request - the payment may come from the portal
        owing = self.sudo().filtered(
            lambda order: order.exchange_request_id and order._exchange_difference() > 0
        )
        requests = owing.exchange_request_id
        requests.filtered(lambda request: not request.is_difference_paid)._log(
            "difference_paid"
        )
        requests._moment_reached()
        return result

    def action_cancel(self):
        """Leave it to the request whether goods or money go to the buyer."""
        # sudo: return.request - its state and name
        requests = self.sudo().exchange_request_id
        busy = requests.filtered(lambda request: request.state == "approved")
        if busy:
            raise UserError(
                self.env._(
                    "This is the second half of an exchange. Cancel %(requests)s, or "
                    "press “Refund Instead” there: the buyer gets goods or money.",
                    requests=", ".join(busy.mapped("name")),
                )
            )
        return super().action_cancel()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_exchange(self):
        # sudo: return.request - whether there is one
        if self.sudo().exchange_request_id:
            raise UserError(
                self.env._(
                    "An order of an exchange stays as a record, since its return "
                    "request names it."
                )
            )

    def _update_programs_and_rewards(self):
        """Claim no promotion and give no points by an exchange: it is no purchase."""
        # sudo: return.request - whether there is one
        if self.sudo().exchange_request_id:
            return None
        return super()._update_programs_and_rewards()

    def _get_claimable_rewards(self, forced_coupons=None):
        """Offer no rewards for an exchange."""
        # sudo: return.request - whether there is one
        if self.sudo().exchange_request_id:
            return {}
        return super()._get_claimable_rewards(forced_coupons)

    def action_view_exchange_request(self):
        """Open the return request whose goods the buyer gives for these."""
        self.ensure_one()
        self._check_return_agent()
        return self.exchange_request_id._open(
            self.env._("Exchange"), self.exchange_request_id
        )

    # Money as later returns see it ------------------------------------------

    def _return_paid_amounts(self):
        """Count what old goods paid of an order as paid.

        What was paid for a new order that was cancelled counts for the old one, from
        where it goes back.
        """
        amounts = super()._return_paid_amounts()
        for order in self:
            # sudo: return.request - what was credited for the old goods
            known = order.sudo()
            request = known.exchange_request_id
            if request.exchange_order_id == order:
                amounts[order] += request._exchange_owed() * order._return_unit()
            amounts[order] += known._exchange_cancelled()._exchange_money()
        return amounts

    def _exchange_cancelled(self):
        """Return the cancelled orders by which goods of these would be exchanged."""
        orders = self.return_request_ids.exchange_order_ids
        return orders.filtered(lambda order: order.state == "cancel")

    def _return_given_back(self):
        """Count what went into another order as given back."""
        amounts = super()._return_given_back()
        for order in self:
            # sudo: return.request - all requests of the order
            requests = order.sudo().return_request_ids
            taken = sum(request._exchange_owed() for request in requests)
            amounts[order] += taken * order._return_unit()
        return amounts

    def _return_given_by_hand(self):
        """Tell what went into another order from what went back by hand."""
        # sudo: return.request - all requests of the order
        requests = self.sudo().return_request_ids
        taken = sum(request._exchange_owed() for request in requests)
        return super()._return_given_by_hand() - taken * self._return_unit()

    def _return_transactions(self):
        """Give money back over the payments of both halves of an exchange."""
        # sudo: return.request - the order of the old goods, cancelled ones of new goods
        known = self.sudo()
        first = known.exchange_request_id.sale_order_id
        transactions = super()._return_transactions()
        if first:
            transactions = first._return_transactions() | transactions
        for order in known._exchange_cancelled():
            transactions |= super(SaleOrder, order)._return_transactions()
        return transactions

    def _return_unit(self):
        """Return the smallest unit of the order's currency."""
        return self.currency_id.rounding or 0.01
