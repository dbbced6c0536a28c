import base64

from odoo import SUPERUSER_ID, api
from odoo.exceptions import LockError
from odoo.modules.registry import Registry
from odoo.tests import tagged
from odoo.tests.common import BaseCase, get_db_name

from odoo.addons.base.tests.test_ir_cron import CronMixinCase
from odoo.addons.http_routing.tests.common import MockRequest
from odoo.addons.live_aftersales.models import live_import_run

from .common_import import SHIPPED, UNPAID, ImportCase


@tagged("post_install", "-at_install")
class TestImportRun(ImportCase, CronMixinCase):
    def _rows(self, count):
        return [
            self._row(f"6900000000000010{n}11", f"6911000000000010{n}11", **SHIPPED)
            for n in range(count)
        ]

    def _queue(self, rows):
        """Leave an import as the button in the screen leaves it: running."""
        record = self._upload(self._file(rows))
        record.action_preview()
        record._restart()
        record._move_to("running")
        return record

    def test_background_job_finishes_what_was_queued(self):
        record = self._queue(self._rows(3))
        cron = self.env.ref("live_aftersales.ir_cron_live_import")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        record.invalidate_recordset()
        self.assertEqual((record.state, record.new_count), ("done", 3))
        self.assertEqual((record.done_count, record.progress), (3, 100))

    def test_button_in_the_screen_only_queues(self):
        record = self._upload(self._file(self._rows(1)))
        record.action_preview()
        cron = self.env.ref("live_aftersales.ir_cron_live_import")
        with MockRequest(self.env), self.capture_triggers(cron.id) as captured:
            record.action_run()
        self.assertEqual((record.state, record.new_count), ("running", 0))
        self.assertEqual(len(captured.records), 1)
        self.assertFalse(self._order("6900000000000010011"))

    def test_run_goes_on_where_it_was_broken_off(self):
        self.patch(live_import_run, "BATCH", 2)
        record = self._queue(self._rows(5))
        feed = record._read()
        writer, shop = record._writer()
        record._take(writer._apply(feed.orders[:2], shop), feed.orders[:2])
        record.done_count = 2
        record._process()
        self.assertEqual((record.state, record.new_count), ("done", 5))
        self.assertEqual(
            self.env["sale.order"].search_count([("shop_id", "=", self.shop.id)]), 5
        )

    def test_failed_run_says_why_and_can_be_run_again(self):
        record = self._queue(self._rows(1))
        record._move_to("failed")
        record.file = base64.b64encode(b"PK no workbook")
        record._move_to("running")
        cron = self.env.ref("live_aftersales.ir_cron_live_import")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        record.invalidate_recordset()
        self.assertEqual(record.state, "failed")
        self.assertIn("neither a workbook", record.error)
        record.file = base64.b64encode(self._file(self._rows(1)))
        record.action_run()
        self.assertEqual((record.state, record.error), ("done", False))

    def test_one_batch_is_one_confirmation_and_one_delivery(self):
        """Queries grow with the batch far slower than order by order."""
        counts = []
        for size in (2, 8):
            rows = [
                self._row(
                    f"69000000000{size}0{n}011", f"69110000000{size}0{n}011", **SHIPPED
                )
                for n in range(size)
            ]
            record = self._upload(self._file(rows))
            record.action_preview()
            self.env.flush_all()
            start = self.env.cr.sql_log_count
            record.action_run()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLess((counts[1] - counts[0]) / 6, 30)


@tagged("post_install", "-at_install")
class TestImportTogether(BaseCase):
    """Two people import at once, on two real connections."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.shop_id = (
                env["live.shop"]
                .create(
                    {
                        "name": "Two at Once",
                        "platform_id": env.ref("live_aftersales.platform_douyin").id,
                    }
                )
                .id
            )
            product = env["product.product"].create(
                {"name": "Both", "default_code": "T-BOTH", "taxes_id": []}
            )
            self.product_id = product.id
            rows = [ImportCase._row(商家编码="T-BOTH", **UNPAID)]
            self.import_ids = (
                env["live.import"]
                .create(
                    [
                        {
                            "file": base64.b64encode(ImportCase._file(rows)),
                            "filename": "both.csv",
                            "shop_id": self.shop_id,
                        }
                    ]
                    * 2
                )
                .ids
            )
        self.addCleanup(self._clean)

    def _clean(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            shop = env["live.shop"].browse(self.shop_id)
            env["live.import"].search([("shop_id", "=", shop.id)]).unlink()
            orders = env["sale.order"].search([("shop_id", "=", shop.id)])
            buyers = env["live.buyer"].search([("shop_id", "=", shop.id)])
            partners = buyers.partner_id
            orders.unlink()
            buyers.unlink()
            partners.unlink()
            shop.unlink()
            env["product.product"].browse(self.product_id).unlink()

    def _import_in(self, cr, number):
        env = api.Environment(cr, SUPERUSER_ID, {})
        return env["live.import"].browse(self.import_ids[number])

    def _count(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            return env["sale.order"].search_count([("shop_id", "=", self.shop_id)])

    def test_second_import_of_a_shop_waits_for_the_first(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            self._import_in(first, 0).action_run()
            with self.assertRaisesRegex(LockError, "Another import of Two at Once"):
                self._import_in(second, 1).action_run()
            second.rollback()
        self.assertEqual(self._count(), 1)

    def test_import_which_began_before_the_other_ended_makes_no_duplicate(self):
        with self.registry.cursor() as second:
            late = self._import_in(second, 1)
            late.action_preview()  # from here on it sees the data as they are now
            with self.registry.cursor() as first:
                self._import_in(first, 0).action_run()
            with self.assertRaisesRegex(LockError, "run this import again"):
                late.action_run()
            second.rollback()
            late.action_run()
            self.assertEqual((late.new_count, late.unchanged_count), (0, 1))
        self.assertEqual(self._count(), 1)
