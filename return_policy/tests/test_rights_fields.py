"""Buyers read their own orders and invoices by RPC, and nothing of ours on them."""

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from .common import ReturnCase
from .rights_common import open_fields

# Limits which the upload form tells buyers anyway.
TOLD = {"res.company.return_evidence_max_count", "res.company.return_evidence_max_mb"}


@tagged("post_install", "-at_install")
class TestRightsFields(ReturnCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(cls.env, "fields_portal", groups="base.group_portal")
        cls.partner = cls.portal.partner_id

    def _rpc(self, records, method, *args, **kwargs):
        model = self.env[records._name].with_user(self.portal)
        return call_kw(model, method, args, kwargs)

    def test_no_field_of_ours_is_open_to_buyers_or_visitors(self):
        for user in self.portal, self.env.ref("base.public_user"):
            with self.subTest(user=user.login):
                self.assertLessEqual(open_fields(self.env, user, "return_policy"), TOLD)

    def test_a_buyer_reads_the_own_order_without_its_returns(self):
        order = self._order((self.product, 1))
        request = self._inspected(order, 1).sudo()
        documents = (order, order.order_line, request.credit_note_ids)
        for records in documents:
            ours = {
                field.name
                for field in records._fields.values()
                if field._module == "return_policy"
            }
            self.assertTrue(ours)
            with self.subTest(model=records._name):
                total = {"amount_total", "price_total"} & records._fields.keys()
                self.assertTrue(self._rpc(records, "read", records.ids, list(total)))
                for name in ours:
                    with self.assertRaises(AccessError):
                        self._rpc(records, "read", records.ids, [name])

    def test_a_buyer_cannot_search_by_returns_either(self):
        self._order((self.product, 1))
        for domain in (
            [("return_request_ids.state", "=", "submitted")],
            [("order_line.qty_return_received", ">", 0)],
        ):
            with self.assertRaises(AccessError):
                self._rpc(self.env["sale.order"], "search_count", domain)
