"""From every document of a return there is a way back to its request."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestRequestLinks(ReturnCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls._user("boss", "return_policy.group_return_manager")

    def _opens(self, document, request):
        action = document.with_user(self.agent).action_view_return()
        self.assertEqual(action["res_model"], "return.request")
        self.assertEqual(action["res_id"], request.id)

    def test_every_document_opens_its_request(self):
        order = self._order((self.product, 2), pay=False)
        self._pay_online(order)._post_process()
        request = self._inspected(order, 1)
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)
        self.env["return.refund"]._cron_send()
        self.assertEqual(request.refund_ids.state, "confirmed")
        for document in (
            request.sudo().picking_ids,
            request.sudo().credit_note_ids,
            request.sudo().refund_ids.refund_transaction_id,
            request.sudo().refund_ids.payment_id,
        ):
            with self.subTest(model=document._name):
                self.assertEqual(len(document), 1)
                self._opens(document, request)

    def test_the_delivery_of_an_exchange_opens_its_request(self):
        request = self._approved(
            self._order((self.product, 2)), 1, line_vals={"remedy": "exchange"}
        )
        picking = (
            request.sudo()
            .line_ids.sale_line_id.move_ids.filtered("replacement_line_id")
            .picking_id
        )
        self._opens(picking, request)

    def test_the_warehouse_opens_it_from_the_transfer_and_strangers_do_not(self):
        request = self._approved(self._order(), 1)
        picking = request.sudo().picking_ids
        action = picking.with_user(self.keeper).action_view_return()
        self.assertEqual(action["res_id"], request.id)
        stock_only = self._user("stock_only", "stock.group_stock_user")
        with self.assertRaises(AccessError):
            picking.with_user(stock_only).action_view_return()

    def test_forms_show_the_button_only_where_there_is_a_request(self):
        order = self._order()
        views = {
            "stock.picking": order.picking_ids,
            "account.move": order.invoice_ids,
        }
        for model, document in views.items():
            arch = self.env[model].with_user(self.boss).get_view(view_type="form")
            self.assertIn('name="action_view_return"', arch["arch"])
            Form(document)
