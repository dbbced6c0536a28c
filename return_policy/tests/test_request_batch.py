"""Steps over many requests at once: queries grow with kinds of things, not records."""

from odoo.tests import tagged

from .common import ReturnCase

SIZE = 50


@tagged("post_install", "-at_install")
class TestRequestBatch(ReturnCase):
    def _orders(self, size):
        line = {"product_id": self.product.id, "product_uom_qty": 2}
        orders = self.env["sale.order"].create(
            [
                {"partner_id": self.partner.id, "order_line": [(0, 0, line)]}
                for _number in range(size)
            ]
        )
        orders.action_confirm()
        self.env["stock.quant"]._update_available_quantity(
            self.product, self.warehouse.lot_stock_id, 2 * size
        )
        pickings = orders.picking_ids
        pickings.action_assign()
        pickings.move_ids.picked = True
        pickings._action_done()
        orders._create_invoices(grouped=True).action_post()
        return orders

    def _requests(self, size):
        requests = self.env["return.request"].with_user(self.agent)
        return requests.create(
            [
                {
                    "sale_order_id": line.order_id.id,
                    "reason_id": self.reason.id,
                    "line_ids": [(0, 0, {"sale_line_id": line.id, "qty_requested": 1})],
                }
                for line in self._orders(size).order_line
            ]
        )

    def _count(self, step):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        step()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def _receive_all(self, requests):
        moves = requests.with_user(self.keeper).picking_ids.move_ids
        moves.picked = True
        moves.picking_id._action_done()

    def _counts(self, requests):
        """Return {step: queries} of all steps from the submission to the refund."""
        self.patch(
            type(self.env["sale.order"]), "_return_tender", lambda order: "platform"
        )
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)
        steps = {
            "submit": requests.action_submit,
            "approve": requests.action_approve,
            "receive": lambda: self._receive_all(requests),
            "inspect": requests.with_user(self.keeper).action_inspect,
            "send": self.env["return.refund"]._cron_send,
        }
        return {name: self._count(step) for name, step in steps.items()}

    def test_one_request_costs_few_queries(self):
        self._counts(self._requests(1))  # the first one warms what stays in memory
        counts = self._counts(self._requests(1))
        most = {"submit": 42, "approve": 73, "receive": 68, "inspect": 160, "send": 12}
        for name, count in counts.items():
            self.assertLessEqual(count, most[name], name)

    def test_steps_over_fifty_requests_cost_few_queries_each(self):
        requests = self._requests(SIZE)
        counts = self._counts(requests)
        most = {"submit": 1.2, "approve": 4, "receive": 6, "inspect": 9, "send": 1}
        for name, count in counts.items():
            self.assertLessEqual(count / SIZE, most[name], name)
        self.assertEqual(set(requests.mapped("state")), {"approved"})
        self.assertEqual(set(requests.sudo().refund_ids.mapped("state")), {"sent"})
        self.assertEqual(sum(requests.sudo().refund_ids.mapped("amount")), 100 * SIZE)
