"""Verdicts in batches: as many queries for few lines as for many."""

from odoo.tests import tagged

from .policy_common import LAST_SECOND, SIGNED, PolicyCase


@tagged("post_install", "-at_install")
class TestVerdictBatch(PolicyCase):
    def test_queries_do_not_grow_with_the_number_of_lines(self):
        for number in range(3):
            self.rule(
                f"Rule {number}", product_domain=f"[('name', 'ilike', 'x{number}')]"
            )
        self.policy.action_publish()
        products = [self.make_product(f"Thing {number}") for number in range(10)]
        order = self.delivered(*products * 20).order_id
        order.order_line[:1]._return_verdicts()  # reads the version, once a worker
        counts = []
        for size in (50, 200):
            lines = order.order_line[:size]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            verdicts = lines._return_verdicts(asked_at=SIGNED)
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(verdicts), size)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 24)

    def test_lines_under_different_versions_are_judged_by_their_own(self):
        old = self.delivered()
        self.policy.window_days = 15
        self.policy.action_publish()
        new = self.delivered()
        lines = old | new
        verdicts = lines._return_verdicts(asked_at=LAST_SECOND.replace(day=12))
        self.assertEqual(
            [verdicts[line.id].outcome for line in lines], ["refused", "allowed"]
        )
