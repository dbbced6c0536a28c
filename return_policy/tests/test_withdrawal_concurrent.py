"""A withdrawal which meets a busy order is kept, and opened once when it is free."""

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from .concurrent_common import TwoTransactionsCase


@tagged("post_install", "-at_install")
class TestWithdrawalConcurrent(TwoTransactionsCase):
    def _receive(self, env):
        """Receive the statement of the buyer, as the page does."""
        order = env["sale.order"].browse(self.order_id)
        return env["return.withdrawal"]._receive(
            {
                "company_id": order.company_id.id,
                "person": "Two clicks",
                "email": "clicks@example.com",
                "order_ref": order.name,
                "statement": "I withdraw.",
                "tz": "Europe/Berlin",
                "lang": "en_US",
                "key": f"two-clicks-{order.id}",
                "sale_order_id": order.id,
                "is_verified": True,
            }
        )

    def _busy(self, step):
        """Take a step in its own transaction while another one holds the order."""
        with self.registry.cursor() as holder, self.registry.cursor() as cr:
            # as _return_lock does: others may still refer to the order
            hold = "SELECT FROM sale_order WHERE id = %s FOR NO KEY UPDATE"
            holder.execute(hold, [self.order_id])
            step(api.Environment(cr, SUPERUSER_ID, {}))

    def _retry(self, env):
        env["return.withdrawal"]._cron_open()

    def _found(self):
        """Return the statement as everybody sees it now."""
        order = self._read()
        domain = [("sale_order_id", "=", order.id)]
        return order.env["return.withdrawal"].search(domain)

    def test_a_busy_order_delays_the_request_and_the_job_opens_it_once(self):
        self._busy(self._receive)
        waiting = self._found()
        self.assertEqual(
            (waiting.person, waiting.request_id.id, waiting.problem),
            ("Two clicks", False, False),
        )
        cron = waiting.env.ref("return_policy.ir_cron_open_withdrawals")
        triggers = waiting.env["ir.cron.trigger"]
        self.assertTrue(triggers.search_count([("cron_id", "=", cron.id)]))
        self._busy(self._retry)
        self.assertFalse(self._found().request_id)
        for _run in range(2):
            with self.registry.cursor() as cr:
                self._retry(api.Environment(cr, SUPERUSER_ID, {}))
        opened = self._found()
        request = opened.request_id
        self.assertEqual(request, opened.sale_order_id.return_request_ids)
        self.assertEqual(
            (request.state, request.asked_at), ("submitted", opened.asked_at)
        )
        self.assertEqual(request.log_ids.mapped("event"), ["withdrawn"])

    def test_two_workers_open_a_waiting_withdrawal_once(self):
        self._busy(self._receive)
        self._race(self._retry, self._retry)
        opened = self._found()
        self.assertEqual(opened.request_id, opened.sale_order_id.return_request_ids)
        self.assertEqual(opened.request_id.line_ids.qty_requested, 2)

    def test_what_was_refused_for_a_reason_is_left_to_the_desk(self):
        self._make_request("refund_only", submit=True)
        with self.registry.cursor() as cr:
            self._receive(api.Environment(cr, SUPERUSER_ID, {}))
        with self.registry.cursor() as cr:
            self._retry(api.Environment(cr, SUPERUSER_ID, {}))
        waiting = self._found()
        self.assertIn("is left to withdraw from", waiting.problem)
        self.assertFalse(waiting.request_id)
