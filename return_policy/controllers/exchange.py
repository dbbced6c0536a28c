"""Paying for an exchange in the portal: the difference, never the whole order."""

from odoo.addons.sale.controllers.portal import CustomerPortal


class ExchangePortal(CustomerPortal):
    """The payment form of core's order page."""

    def _get_payment_values(
        self, order_sudo, is_down_payment=False, payment_amount=None, **kwargs
    ):
        """Ask for the difference of an exchange; what old goods bring is paid."""
        if order_sudo._is_open_exchange():
            is_down_payment, payment_amount = True, None
        return super()._get_payment_values(
            order_sudo,
            is_down_payment=is_down_payment,
            payment_amount=payment_amount,
            **kwargs,
        )
