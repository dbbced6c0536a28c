from datetime import date

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .tier_common import TierCommon


@tagged("post_install", "-at_install")
class TestBirthday(TierCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.points_birthday = 100
        cls.program.points_tier_ids.write({"entry_points": 0})
        cls.buyer.email = "buyer@example.com"
        cls.card = (
            cls.env["loyalty.card"]
            .sudo()
            .create({"program_id": cls.program.id, "partner_id": cls.buyer.id})
        )
        cls.member = cls.card.points_membership_ids

    def _born(self, day, entered="2026-01-01"):
        with freeze_time(f"{entered} 12:00:00"):
            self.member.birthday = day

    def _pass(self, *days):
        """Let the job run on these days; return the points given on each."""
        given = []
        for day in days:
            before = self.card.points
            with freeze_time(f"{day} 12:00:00"):
                due = self.members.search(self.members._celebrating(self.program))
                due._celebrate()
            given.append(self.card.points - before)
        return given

    def test_the_gift_is_given_once(self):
        self._born(date(1990, 6, 15))
        days = ("2026-06-14", "2026-06-15", "2026-06-15", "2026-06-16", "2027-06-15")
        self.assertEqual(self._pass(*days), [0, 100, 0, 0, 100])
        entry = self.entries.search([("card_id", "=", self.card.id)], limit=1)
        self.assertEqual((entry.kind, entry.source), ("earn", "birthday"))
        self.assertEqual(self.member.birthday_given_on, date(2027, 6, 15))

    def test_a_leap_day_is_celebrated_on_the_28th_in_common_years(self):
        self._born(date(1992, 2, 29), "2025-01-01")
        days = ("2026-02-27", "2026-02-28", "2026-03-01")
        self.assertEqual(self._pass(*days), [0, 100, 0])
        self.assertEqual(self._pass("2028-02-28", "2028-02-29"), [0, 100])

    def test_who_has_just_entered_it_waits_for_the_next_year(self):
        self._born(date(1990, 6, 15), "2026-05-17")
        self.assertEqual(self._pass("2026-06-15", "2026-06-20"), [0, 0])
        self.assertEqual(self._pass("2027-06-15"), [100])

    def test_a_birthday_to_come_is_refused(self):
        with freeze_time("2026-01-01 10:00:00"):
            self.member.birthday = date(2026, 1, 1)
            with self.assertRaisesRegex(ValidationError, "lie in the future"):
                self.member.birthday = date(2026, 1, 2)

    def test_moving_the_birthday_brings_no_second_gift(self):
        self._born(date(1990, 3, 1))
        self.assertEqual(self._pass("2026-03-01"), [100])
        self._born(date(1990, 6, 15), "2026-03-02")
        self.assertEqual(self._pass("2026-06-15"), [0])
        self.assertEqual(self._pass("2027-06-15"), [100])

    def test_another_year_of_birth_is_no_change(self):
        self._born(date(1990, 6, 15))
        self._born(date(1991, 6, 15), "2026-06-14")
        self.assertEqual(self.member.birthday_set_on, date(2026, 1, 1))

    def test_a_clock_that_jumps_back_gives_nothing_twice(self):
        self._born(date(1990, 6, 15))
        days = ("2026-06-15", "2026-06-10", "2026-06-15", "2025-06-15", "2026-06-16")
        self.assertEqual(self._pass(*days), [100, 0, 0, 0, 0])

    def test_the_key_holds_even_if_the_day_is_lost(self):
        self._born(date(1990, 6, 15))
        self._pass("2026-06-15")
        self.member.birthday_given_on = False
        self.assertEqual(self._pass("2026-06-16"), [0])

    def test_a_gift_is_caught_up_after_a_week_without_the_job(self):
        self._born(date(1990, 12, 30), "2026-01-01")
        self.assertEqual(self._pass("2027-01-06", "2027-01-07"), [100, 0])
        self.assertEqual(self.member.birthday_given_on, date(2026, 12, 30))

    def test_a_tier_gives_its_own_gift(self):
        self.basic.birthday_points = 30
        self._born(date(1990, 6, 15))
        self.assertEqual(self._pass("2026-06-15"), [30])

    def test_without_a_gift_nothing_is_noted(self):
        self.program.points_birthday = 0
        self._born(date(1990, 6, 15))
        self.assertEqual(self._pass("2026-06-15"), [0])
        self.assertFalse(self.member.birthday_given_on)

    def test_the_gift_comes_with_one_mail_in_the_members_language(self):
        self.member.consent = True
        self.env["res.lang"]._activate_lang("zh_CN")
        self._born(date(1990, 6, 15))
        self._pass("2026-06-15", "2026-06-15")
        mails = (
            self.env["mail.mail"].sudo().search([("model", "=", "loyalty.membership")])
        )
        self.assertEqual(mails.mapped("res_id"), self.member.ids)
        self.assertIn("100", mails.body_html)
