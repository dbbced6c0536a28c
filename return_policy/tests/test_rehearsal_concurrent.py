"""A rehearsal in two real transactions: judged once, cancelled without waiting."""

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api, fields
from odoo.tests import TransactionCase, tagged

from .rehearsal_common import step

# Everything the test commits, children before parents.
CLEANUP = """
    DELETE FROM return_rehearsal WHERE id = %(rehearsal)s;
    DELETE FROM sale_order WHERE id = %(order)s;
    DELETE FROM product_product WHERE id = %(product)s;
    DELETE FROM product_template WHERE id = %(template)s;
    DELETE FROM res_partner WHERE id = %(partner)s;
"""


@tagged("post_install", "-at_install")
class TestRehearsalTogether(TransactionCase):
    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            self.names = self._make(api.Environment(cr, SUPERUSER_ID, {}))
        self.addCleanup(self._clean)

    def _make(self, env):
        """Leave a rehearsal of four lines of one order running."""
        partner = env["res.partner"].create({"name": "Rehearsed"})
        product = env["product.product"].create({"name": "Tune", "type": "service"})
        order = env["sale.order"].create(
            {
                "partner_id": partner.id,
                "order_line": [
                    fields.Command.create({"product_id": product.id, "price_unit": 10})
                    for _number in range(4)
                ],
            }
        )
        order.action_confirm()
        order.date_order = fields.Datetime.now().replace(year=2020)
        policy = order.return_policy_version_id.policy_id
        rehearsal = env["return.rehearsal"].create(
            {
                "policy_id": policy.id,
                "with_requests": False,
                "days": 1,
                "asked_at": fields.Datetime.add(order.date_order, minutes=1),
            }
        )
        rehearsal._freeze()
        rehearsal._move_to("running")
        return {
            "rehearsal": rehearsal.id,
            "order": order.id,
            "product": product.id,
            "template": product.product_tmpl_id.id,
            "partner": partner.id,
        }

    def _clean(self):
        with self.registry.cursor() as cr:
            cr.execute(CLEANUP, self.names)

    def _in(self, cr):
        """Return the rehearsal as this transaction sees it; Cancel may not wait."""
        cr.execute("SET LOCAL lock_timeout = '2s'")
        env = api.Environment(cr, SUPERUSER_ID, {})
        return env["return.rehearsal"].browse(self.names["rehearsal"])

    def _lock_and_step(self, rehearsal, limit):
        self.assertTrue(rehearsal.part_ids.try_lock_for_update(allow_referencing=True))
        step(rehearsal.part_ids, limit)
        rehearsal.env.flush_all()

    def _counted(self):
        with self.registry.cursor() as cr:
            rehearsal = self._in(cr)
            return rehearsal.state, sum(rehearsal.cell_ids.mapped("case_count"))

    def test_a_second_worker_leaves_a_batch_to_the_first(self):
        with self.registry.cursor() as one, self.registry.cursor() as two:
            self._lock_and_step(self._in(one), 2)
            self.assertFalse(self._in(two)._process())
            two.rollback()
            one.commit()
            self.assertEqual(self._counted(), ("running", 2))
            self.assertTrue(self._in(two)._process())
            two.commit()
        self.assertEqual(self._counted(), ("done", 4))

    def test_a_worker_which_began_before_the_other_ended_starts_again(self):
        with self.registry.cursor() as one, self.registry.cursor() as two:
            late = self._in(two)
            self.assertEqual(late.done_count, 0)
            self._lock_and_step(self._in(one), 2)
            one.commit()
            with self.assertRaises(SerializationFailure):
                late._process()
            two.rollback()
            self.assertTrue(self._in(two)._process())
            two.commit()
        self.assertEqual(self._counted(), ("done", 4))

    def test_cancel_waits_for_no_batch_and_the_next_one_is_not_judged(self):
        with self.registry.cursor() as one, self.registry.cursor() as two:
            working = self._in(one)
            self._lock_and_step(working, 2)
            self._in(two).action_cancel()
            two.commit()
            one.commit()
            working._process()
            one.commit()
        self.assertEqual(self._counted(), ("cancelled", 2))
