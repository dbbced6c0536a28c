"""Two jobs, two clicks, in real transactions: exactly one message, one statement."""

import threading
from uuid import uuid4

from odoo import SUPERUSER_ID, api
from odoo.service.model import retrying
from odoo.tests import TransactionCase, tagged

CLEANUP = """
    DELETE FROM mail_message WHERE model = 'return.request' AND res_id = %(request)s;
    DELETE FROM return_request WHERE id = %(request)s;
    DELETE FROM sale_order WHERE id = %(order)s;
    DELETE FROM mail_message WHERE model = 'return.withdrawal' AND res_id IN
        (SELECT id FROM return_withdrawal WHERE key = %(key)s);
    DELETE FROM return_withdrawal WHERE key = %(key)s;
    DELETE FROM res_partner WHERE id = %(partner)s;
"""


@tagged("post_install", "-at_install")
class TestTwoJobs(TransactionCase):
    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["return.notice"]._cron_send()
            partner = env["res.partner"].create(
                {"name": "Two jobs", "email": "two@example.com"}
            )
            order = env["sale.order"].create({"partner_id": partner.id})
            request = env["return.request"].create({"sale_order_id": order.id})
            request._notify_buyer("reminder")
            self.names = {
                "partner": partner.id,
                "order": order.id,
                "request": request.id,
                "key": str(uuid4()),
            }
        self.addCleanup(self._clean)

    def _clean(self):
        with self.registry.cursor() as cr:
            cr.execute(CLEANUP, self.names)

    def _notices(self, cr):
        env = api.Environment(cr, SUPERUSER_ID, {})
        return env["return.notice"].search([("request_id", "=", self.names["request"])])

    def _messages(self):
        with self.registry.cursor() as cr:
            return len(self._notices(cr).request_id.website_message_ids)

    def test_a_second_job_leaves_alone_what_the_first_one_sends(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            mine = self._notices(first).try_lock_for_update()
            mine._send_safely()
            self._notices(second)._cron_send()
            self.assertFalse(self._notices(second).message_id)
            first.commit()
        with self.registry.cursor() as third:
            self._notices(third)._cron_send()
        self.assertEqual(self._messages(), 1)

    def test_a_job_that_dies_before_its_end_has_sent_nothing(self):
        with self.registry.cursor() as first:
            self._notices(first)._send_safely()
            first.rollback()
        self.assertEqual(self._messages(), 0)
        for _time in range(2):
            with self.registry.cursor() as cr:
                self._notices(cr)._cron_send()
        self.assertEqual(self._messages(), 1)

    def test_two_clicks_at_once_are_one_statement(self):
        with self.registry.cursor() as cr:
            first = self._receive(cr)
            found = []
            click = threading.Thread(target=self._click, args=[found])
            click.start()
            click.join(timeout=2)
            self.assertTrue(click.is_alive(), "the second click waits for the first")
            cr.commit()  # pylint: disable=invalid-commit
        click.join(timeout=30)
        self.assertEqual(found, [first])

    def _click(self, found):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            found.append(retrying(lambda: self._receive(cr), env))

    def _receive(self, cr):
        env = api.Environment(cr, SUPERUSER_ID, {})
        return (
            env["return.withdrawal"]
            ._receive(
                {
                    "company_id": env.company.id,
                    "person": "Two clicks",
                    "email": "two@example.com",
                    "order_ref": "unknown",
                    "statement": "I withdraw.",
                    "tz": "UTC",
                    "lang": "en_US",
                    "key": self.names["key"],
                    "sale_order_id": False,
                    "is_verified": False,
                }
            )
            .id
        )
