"""What the platform refunded by itself is kept, shown, and never given back again."""

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common_import import COMPLETED, ImportCase

REFUNDED = COMPLETED | {"售后状态": "退款成功"}
SECOND = {"line": "6911000000000000012", "商家编码": "T-PAN"}


@tagged("post_install", "-at_install")
class TestImportRefund(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = new_test_user(
            cls.env, "refund_agent", "live_aftersales.group_agent"
        )
        cls.lead = new_test_user(cls.env, "refund_lead", "live_aftersales.group_lead")
        cls.reason = cls.env.ref("return_policy.reason_no_reason")

    def _goods(self):
        return self._order().order_line.filtered("platform_line_ref")

    def _request(self, lines=None, **vals):
        """Return a draft of the agent which gives the money of the lines back."""
        return (
            self.env["return.request"]
            .with_user(self.agent)
            .create(
                {
                    "sale_order_id": self._order().id,
                    "reason_id": self.reason.id,
                    "line_ids": [
                        (
                            0,
                            0,
                            {
                                "sale_line_id": line.id,
                                "qty_requested": 1,
                                "remedy": "refund_only",
                                **vals,
                            },
                        )
                        for line in lines or self._goods()
                    ],
                }
            )
        )

    def _approved(self, **vals):
        request = self._request(**vals)
        request.action_submit()
        if request.state == "submitted":
            request.with_user(self.lead)._override("the buyer is right")
        self.assertEqual(request.state, "approved")
        return request

    def _refused(self, step):
        with self.assertRaises(UserError) as caught, self.cr.savepoint():
            step()
        return str(caught.exception)

    def test_a_refunded_line_counts_with_all_that_was_paid_for_it(self):
        self._import(self._row(**REFUNDED), self._row(**SECOND, **COMPLETED))
        crab, pan = self._goods()
        self.assertEqual(
            (crab.platform_aftersale_status, crab.platform_refunded),
            ("退款成功", 388.0),
        )
        self.assertEqual(
            (pan.platform_aftersale_status, pan.platform_refunded), (False, 0.0)
        )
        self.assertEqual(self._order().platform_refunded, 388.0)
        self.assertEqual(
            self._order()._return_hand_credited(), {crab: 38800, self._order(): 38800}
        )

    def test_a_buyer_refunded_by_the_platform_is_not_refunded_again(self):
        self._import(self._row(**REFUNDED))
        request = self._request()
        self.assertEqual((request.platform_refunded, request.amount_total), (388.0, 0))
        error = self._refused(request.action_submit)
        self.assertRegex(error, "388.00 in credit notes .* or refunds of the platform")
        self.assertEqual(request.state, "draft")
        self.assertFalse(request.sudo().refund_ids)

    def test_the_other_line_of_the_order_can_still_come_back(self):
        self._import(self._row(**REFUNDED), self._row(**SECOND, **COMPLETED))
        pan = self._goods()[1]
        request = self._request(pan)
        request.action_submit()
        self.assertIn(request.state, ("submitted", "approved"))
        self.assertEqual((request.amount_total, request.platform_refunded), (388.0, 0))

    def test_a_refund_learned_of_while_a_request_waits_stops_its_approval(self):
        self._import(self._row(**COMPLETED))
        self.env["return.policy"].search([]).auto_approve = False
        request = self._request()
        request.action_submit()
        self.assertEqual((request.state, request.amount_total), ("submitted", 388.0))
        self._import(self._row(**REFUNDED))
        self.assertEqual((request.platform_refunded, request.amount_total), (388.0, 0))
        self.assertIn(
            "The platform has refunded", "".join(request.message_ids.mapped("body"))
        )
        self._refused(lambda: request.with_user(self.lead)._override("once more"))
        self.assertEqual(request.state, "submitted")
        self.assertFalse(request.sudo().credit_note_ids)
        self.assertFalse(request.sudo().refund_ids)

    def test_the_platforms_refund_of_an_approved_return_is_its_money(self):
        self._import(self._row(**COMPLETED))
        request = self._approved()
        self._import(self._row(**REFUNDED))
        self.assertEqual(self._order()._return_hand_credited(), {})
        refund = request.sudo().refund_ids
        refund._hand_over()
        self.assertEqual(
            (refund.tender, refund.amount, refund.state), ("platform", 388.0, "sent")
        )
        refund.with_user(self.agent).action_confirm("AS-77")
        self.assertEqual((request.state, request.amount_refunded), ("done", 388.0))

    def test_store_credit_is_not_given_for_what_the_platform_refunds(self):
        self.env.company.return_ewallet_program_id = self.env["loyalty.program"].create(
            {"name": "Wallet", "program_type": "ewallet", "applies_on": "future"}
        )
        self._import(self._row(**COMPLETED))
        self.env["return.policy"].search([]).auto_approve = False
        request = self._request(remedy="store_credit")
        request.action_submit()
        self._import(self._row(**REFUNDED))
        self._refused(lambda: request.with_user(self.lead)._override("goodwill"))
        self.assertFalse(request.sudo().refund_ids)

    def test_a_credit_note_by_hand_of_the_platforms_refund_is_the_same_money(self):
        self._import(self._row(**REFUNDED))
        order = self._order()
        order._create_invoices().action_post()
        order.invoice_ids._reverse_moves([{}]).action_post()
        crab = self._goods()
        self.assertEqual(order._return_hand_credited()[crab], 38800)

    def test_importing_the_refund_again_changes_nothing(self):
        self._import(self._row(**REFUNDED))
        before, learned = self._write_dates(), self._goods().platform_refunded_at
        record = self._import(self._row(**REFUNDED))
        self.assertEqual(record.unchanged_count, 1)
        self.assertEqual(self._write_dates(), before)
        self.assertEqual(self._goods().platform_refunded_at, learned)

    def test_a_file_that_is_silent_takes_no_refund_back(self):
        self._import(self._row(**REFUNDED))
        self.assertEqual(self._import(self._row(**COMPLETED)).unchanged_count, 1)
        self.assertEqual(self._goods().platform_refunded, 388.0)

    def test_an_unknown_aftersale_status_is_kept_told_and_not_counted(self):
        record = self._import(self._row(**COMPLETED | {"售后状态": "外星退款"}))
        self.assertEqual(self._goods().platform_aftersale_status, "外星退款")
        self.assertEqual(self._goods().platform_refunded, 0.0)
        self.assertIn('after-sale status "外星退款" is not known', record.warning_text)
