"""Without a login, in English: an exchange, and the withdrawal of the EU."""

from odoo.tests import tagged

from .orders import OrderJourney


@tagged("post_install", "-at_install")
class TestGuest(OrderJourney):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.red, cls.blue = cls.make_in_colours("Scarf", 199.0, ("Red", "Blue"))
        cls.order = cls.sell((cls.red, 1))

    def test_a_guest_exchanges_a_scarf_and_another_withdraws(self):
        with self.screen(phone=True) as screen:
            self._enter(screen)
            self._ask_for_the_blue_one(screen)
            self._withdraw(screen)
        request = self.order.return_request_ids
        self.assertEqual(request.line_ids.exchange_product_id, self.blue)
        statement = self.env["return.withdrawal"].search([("email", "=", "ann@x.org")])
        self.assertIn("S99999", statement.statement)
        self.approve_from_the_desk(request, "guest-8")
        self.assertEqual(request.exchange_order_id.order_line.product_id, self.blue)
        self.assertEqual(request.amount_difference, 0.0)

    def _enter(self, screen):
        screen.open("/returns", "#number")
        screen.fits()
        screen.fill("#number", self.order.name)
        screen.fill("#proof", "somebody@example.com")
        screen.click("Find my order")
        screen.see("We find no order with these details", css=".alert")
        screen.shot("guest-1-unknown")
        screen.fill("#proof", "wangfang@example.com")
        screen.click("Find my order")

    def _ask_for_the_blue_one(self, screen):
        scarf = self.order.order_line
        screen.see("Which products is it about?", css="legend")
        screen.fits()
        screen.click(css=f"#pick_{scarf.id}")
        screen.select("#reason", "Does not please")
        screen.shot("guest-2-products")
        screen.click("Continue")
        screen.see(css="#note")
        screen.fits()
        screen.shot("guest-3-details")
        screen.click(css="button[name=go][value=next]:not(.d-none)")
        screen.see("What would you like?", css="legend")
        screen.click(css="input[name=remedy][value=exchange]")
        screen.select("select[name^=exchange_]", "Blue")
        screen.fits()
        screen.shot("guest-4-outcome")
        screen.click("Continue")
        screen.see("Is everything right?", css="h3")
        screen.fits()
        screen.shot("guest-5-review")
        screen.click("Send the request")
        screen.see(css="#o_return_next")
        screen.fits()
        screen.shot("guest-6-sent")

    def _withdraw(self, screen):
        screen.open("/returns/withdraw", "#person")
        screen.fits()
        screen.fill("#person", "Ann Miller")
        screen.fill("#reference", "S99999")
        screen.fill("#email", "ann@x.org")
        screen.shot("guest-7-withdraw")
        screen.click("Continue")
        screen.see("Confirm your withdrawal", css="h1")
        screen.fits()
        screen.shot("guest-7-withdraw-confirm")
        screen.click("Confirm withdrawal here")
        screen.see("We have received your withdrawal", css=".alert-success")
        screen.fits()
        screen.shot("guest-7-withdrawn")
