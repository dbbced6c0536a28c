"""Entering without a login: number and proof, and nothing for those who guess."""

import re
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ..controllers.access import GRANT_SECONDS, GRANTS, MOST_GRANTS
from ..models.return_guest_attempt import MOST, _network
from .guest_common import GuestCase

UNKNOWN = "We find no order with these details"
OVER = "There were too many attempts"


@tagged("post_install", "-at_install")
class TestGuestEntry(GuestCase):
    def _enter(self, number, proof, **kwargs):
        return self._post("/returns", number=number, proof=proof, **kwargs)

    def test_number_and_mail_or_phone_tail_open_the_order(self):
        for proof in (
            "li@example.com",
            " LI@Example.com ",
            "8765",
            "+86 138 0013 8765",
            "138****8765",
        ):
            with self.subTest(proof=proof):
                self.authenticate(None, None)
                answer = self._enter(self.order.name, proof)
                self.assertEqual(answer.status_code, 303)
                self.assertURLEqual(
                    answer.headers["Location"], f"/my/orders/{self.order.id}/return"
                )
                self.assertEqual(self._granted(), {self.order.id})
        self.assertFalse(self.attempts.search([]), "success is no attempt to guess")

    def test_the_number_may_be_typed_as_people_type(self):
        for number in (f" #{self.order.name} ", self.order.name.lower()):
            self.authenticate(None, None)
            self.assertEqual(self._enter(number, "8765").status_code, 303, number)

    def test_whatever_is_wrong_the_answer_is_the_same(self):
        wrong = [
            (self.order.name, "0000"),
            (self.order.name, "mallory@example.com"),
            (self.order.name, ""),
            (self.order.name, "765"),
            (self.order.name[:-1] + "X", "8765"),
            ("%", "8765"),
        ]
        pages = set()
        for number, proof in wrong:
            answer = self._enter(number, proof)
            self.assertEqual(answer.status_code, 200)
            self.assertIn(UNKNOWN, answer.text)
            self.assertFalse(self._granted())
            # a page holds two tokens, each with its own second
            text = re.sub(r"[0-9a-f]{40}o[0-9]+", "", answer.text)
            pages.add(text.replace(f'"{number}"', ""))
            self.attempts.search([]).unlink()
        self.assertEqual(len(pages), 1)

    def test_a_quotation_is_no_order_yet(self):
        quotation = self.env["sale.order"].create({"partner_id": self.partner.id})

        self.assertIn(UNKNOWN, self._enter(quotation.name, "8765").text)

    def test_an_order_of_somebody_else_takes_as_many_queries_as_none(self):
        orders = self.env["sale.order"]

        def queries(number):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertFalse(orders._find_for_guest(number, "0000"))
            return self.env.cr.sql_log_count - before

        queries(self.order.name)
        self.assertLessEqual(
            abs(queries(self.order.name) - queries("S99999X")), 1, "no oracle"
        )

    def test_reading_the_page_opens_nothing(self):
        answer = self.url_open(f"/returns?number={self.order.name}&proof=8765")

        self.assertEqual(answer.status_code, 200)
        self.assertFalse(self._granted())

    def test_a_form_from_elsewhere_opens_nothing(self):
        with self.assertLogs("odoo.http", "WARNING"):
            answer = self._enter(self.order.name, "8765", csrf=False)

        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self._granted())

    def test_the_session_gets_a_new_number(self):
        before = self.opener.cookies["session_id"]
        self._enter(self.order.name, "8765")

        self.assertNotEqual(self.opener.cookies["session_id"], before)

    def test_the_grant_ends_after_two_hours(self):
        self._enter(self.order.name, "8765")
        until = self._session()[GRANTS][str(self.order.id)]

        left = until - fields.Datetime.now().timestamp()
        self.assertAlmostEqual(left, GRANT_SECONDS, delta=14 * 3600 + 60)
        self.assertEqual(GRANT_SECONDS, 2 * 3600)

    def test_an_order_number_is_guessed_at_five_times_an_hour(self):
        for _time in range(MOST["order"]):
            self.assertIn(UNKNOWN, self._enter(self.order.name, "0000").text)
        answer = self._enter(self.order.name, "8765")

        self.assertEqual(answer.status_code, 429)
        self.assertIn(OVER, answer.text)
        self.assertFalse(self._granted(), "not even with the right proof")

    def test_another_network_address_does_not_help_with_the_same_order(self):
        for number in range(MOST["order"]):
            self._come_from(f"192.0.2.{number}")
            self._enter(self.order.name, "0000")
        self._come_from("198.51.100.7")

        self.assertEqual(self._enter(self.order.name, "8765").status_code, 429)

    def test_one_network_address_is_not_to_try_many_orders(self):
        self._come_from("192.0.2.1")
        for number in range(MOST["address"]):
            self.assertIn(UNKNOWN, self._enter(f"X{number}", "0000").text)
        self.assertEqual(self._enter(self.order.name, "8765").status_code, 429)

        self._come_from("192.0.2.2")
        self.assertEqual(self._enter(self.order.name, "8765").status_code, 303)

    def test_a_header_alone_makes_nobody_somebody_else(self):
        for number in range(MOST["address"]):
            self.opener.headers["X-Forwarded-For"] = f"203.0.113.{number}"
            self._enter(f"X{number}", "0000")

        self.assertEqual(self._enter(self.order.name, "8765").status_code, 429)

    def test_a_household_with_ipv6_is_one_address(self):
        table = {
            "192.0.2.1": "192.0.2.1",
            "::ffff:192.0.2.1": "192.0.2.1",
            "2001:db8:1:2::5": "2001:db8:1:2::/64",
            "2001:db8:1:2:ffff::9": "2001:db8:1:2::/64",
            "2001:db8:1:3::5": "2001:db8:1:3::/64",
            "nonsense": "nonsense",
        }
        for address, network in table.items():
            self.assertEqual(_network(address), network)

    def test_attempts_are_forgotten_and_hold_no_clear_data(self):
        self._enter(self.order.name, "0000")
        noted = self.attempts.search([])
        self.assertEqual(set(noted.mapped("kind")), {"order", "address"})
        for attempt in noted:
            self.assertRegex(attempt.key, "^[0-9a-f]{64}$")

        self.attempts._gc_attempts()
        self.assertTrue(noted.exists())
        with freeze_time(fields.Datetime.now() + timedelta(hours=1, seconds=2)):
            over = self.attempts._is_over(order=self.order.name, address="127.0.0.1")
        self.assertFalse(over)
        with freeze_time(fields.Datetime.now() + timedelta(hours=2, seconds=2)):
            self.attempts._gc_attempts()
        self.assertFalse(noted.exists())

    def test_a_session_holds_no_endless_list_of_orders(self):
        orders = self.env["sale.order"].browse(
            [self._order(deliver=False, invoice=False).id for _n in range(3)]
        )
        old = {str(10**6 + number): 4e9 + number for number in range(MOST_GRANTS)}
        session = self._session()
        session[GRANTS] = old
        self.authenticate(None, None, session_extra={GRANTS: old})
        for order in orders:
            self._enter(order.name, "8765")

        granted = self._granted()
        self.assertEqual(len(granted), MOST_GRANTS)
        self.assertTrue(set(orders[-1:].ids) <= granted)

    def test_the_page_is_there_in_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        answer = self.url_open("/zh_CN/returns")

        self.assertEqual(answer.status_code, 200)
        self.assertIn("退换货或查询进度", answer.text)
