"""The buyer pays the difference of an exchange on the page of the new order."""

from odoo.tests import HttpCase, tagged
from odoo.tools import html2plaintext

from .exchange_common import ExchangeCase


@tagged("post_install", "-at_install")
class TestExchangePortal(ExchangeCase, HttpCase):
    def _page(self, record):
        return self.url_open(record.get_portal_url()).text

    def _words(self, request):
        return " ".join(
            html2plaintext(self._page(request), include_references=False).split()
        )

    def test_the_page_asks_for_the_difference_alone(self):
        order = self._order((self.product, 1))
        self._pay_online(order)
        provider = order.transaction_ids.provider_id
        provider.write({"is_published": True})
        provider.payment_method_ids.active = True
        dearer = self._product("Chandelier", 120)
        request = self._exchange(order, exchange_product_id=dearer.id)
        new = request.sudo().exchange_order_id
        words = self._words(request.sudo())
        self.assertIn("You pay $ 20.00", words)
        self.assertNotIn("Money back", words)
        self.assertIn("then we ship it. Pay $ 20.00", words)
        page = self._page(new)
        self.assertIn('data-amount="20.0"', page)
        self.assertNotIn('data-amount="120.0"', page)
        self._pay_online(new, 20)._check_amount_and_confirm_order()
        self.assertNotIn("data-amount=", self._page(new))
        words = self._words(request.sudo())
        self.assertIn("You paid $ 20.00", words)
        self.assertNotIn("then we ship it.", words)
