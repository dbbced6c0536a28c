"""A return by telephone, in Chinese: asked, sent back, followed until it is paid."""

from odoo.tests import tagged

from .orders import OrderJourney


@tagged("post_install", "-at_install")
class TestBuyer(OrderJourney):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.sell(
            (cls.make("羊毛围巾 正红", 199.0), 2), (cls.make("手工皂礼盒", 59.0), 1)
        )

    def test_a_buyer_returns_a_scarf_by_telephone(self):
        self._buyer_asks()
        request = self.order.return_request_ids
        self.assertEqual((request.state, request.amount_total), ("submitted", 398.0))
        self.approve_from_the_desk(request, "buyer-7")
        self.assertEqual((request.state, request.goods_state), ("approved", "awaiting"))
        self._buyer_sends_it_back(request)
        self.assertEqual(request.return_tracking_ref, "SF1400099999999")
        self._warehouse_receives_by_telephone(request)
        self.assertEqual(request.goods_state, "inspected")
        self.send_refunds()
        request.invalidate_recordset()
        self.assertEqual((request.state, request.amount_refunded), ("done", 398.0))
        self._buyer_sees_the_money(request)

    def _buyer_asks(self):
        scarf = self.order.order_line[0]
        with self.screen("wang_fang", phone=True) as screen:
            screen.open(f"/my/orders/{self.order.id}", "#o_return_ask")
            screen.shot("buyer-1-order")
            screen.click(css="#o_return_ask")
            screen.see(css=f"#pick_{scarf.id}")
            screen.fits()
            screen.click(css=f"#pick_{scarf.id}")
            screen.select("#reason", "尺")
            screen.shot("buyer-2-products")
            screen.click(css="form.o_return_form button.btn-primary")
            screen.see(css="#note")
            screen.fits()
            screen.fill("#note", "戴着有点短，吊牌还在。")
            screen.shot("buyer-3-details")
            screen.click(css="button[name=go][value=next]:not(.d-none)")
            screen.see("398.00", css=".o_return_option span")
            screen.fits()
            screen.shot("buyer-4-outcome")
            screen.click(css="input[name=remedy][value=return_refund]")
            screen.click(css="form.o_return_form button.btn-primary")
            screen.see(css=".o_return_money")
            screen.fits()
            screen.shot("buyer-5-review")
            screen.click(css="form.o_return_form button.btn-primary")
            screen.see(css="#o_return_next")
            screen.fits()
            screen.shot("buyer-6-sent")

    def _buyer_sends_it_back(self, request):
        with self.screen("wang_fang", phone=True) as screen:
            screen.open(f"/my/returns/{request.id}", "#tracking")
            screen.fits()
            screen.shot("buyer-8-address")
            screen.fill("#tracking", "SF1400099999999")
            screen.click(css="form[action*=tracking] button")
            screen.see(css=".alert-success")
            screen.shot("buyer-9-tracking")
        request.invalidate_recordset()

    def _warehouse_receives_by_telephone(self, request):
        with self.screen("live_warehouse", phone=True) as screen:
            screen.open("/odoo/scan-return", "#return_scan_code")
            screen.fits()
            screen.shot("buyer-10-scan")
            screen.fill("#return_scan_code", request.return_tracking_ref)
            screen.click(css=".o_return_scan .btn-primary")
            screen.see(css=".o_form_sheet button[name=action_all_new]")
            screen.fits()
            screen.shot("buyer-11-inspection")
            screen.click(css=".o_form_sheet button[name=action_all_new]")
            screen.see(css=".o_return_scan .alert-success")
            screen.shot("buyer-12-inspected")
        request.invalidate_recordset()

    def _buyer_sees_the_money(self, request):
        with self.screen("wang_fang", phone=True) as screen:
            screen.open("/my/returns", f"a[href*='/my/returns/{request.id}']")
            screen.fits()
            screen.shot("buyer-13-returns")
            screen.click(css=f"a[href*='/my/returns/{request.id}']")
            screen.see("398.00", css=".o_return_money span")
            screen.fits()
            screen.shot("buyer-14-refunded")
