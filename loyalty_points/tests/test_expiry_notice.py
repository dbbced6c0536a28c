from odoo.tests import freeze_time, tagged

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestExpiryNotice(PointsCommon):
    """Members are told before points expire, once for each date."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.program.company_id.sudo()
        cls.company.partner_id.tz = "Asia/Shanghai"
        cls.program.write(
            {
                "points_expiry": "days",
                "points_expiry_count": 30,
                "points_notice_days": 7,
            }
        )
        cls.buyer.email = "buyer@example.com"
        cls.notices = cls.env["loyalty.points.notice"].sudo()

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("loyalty_points.ir_cron_notify").method_direct_trigger()

    def _give(self, name, points, partner=None):
        partner = partner or self.buyer
        card = self._card(partner) or self.env["loyalty.card"].create(
            {"program_id": self.program.id, "partner_id": partner.id, "points": 0}
        )
        facts = {"key": name, "source": "referral", "description": name}
        self.env["loyalty.card"]._points_grant([(card, points, facts)])

    def _mails(self, partner=None):
        mails = (
            self.env["mail.mail"]
            .sudo()
            .search([("recipient_ids", "in", (partner or self.buyer).ids)], order="id")
        )
        return mails.mapped("subject")

    def test_a_member_is_told_within_the_days_of_notice_and_once(self):
        with freeze_time("2026-11-01 12:00:00"):
            self._give("one", 100)
            self._give("two", 20)
        with freeze_time("2026-11-23 15:59:59"):
            self._run_cron()
        self.assertEqual(self._mails(), [])
        with freeze_time("2026-11-23 16:00:00"):  # the 24th in Shanghai
            self._run_cron()
            self._run_cron()
        self.assertEqual(self._mails(), ["120 points expire after 12/01/2026"])
        with freeze_time("2026-11-30 16:00:00"):
            self._run_cron()
        self.assertEqual(len(self._mails()), 1)
        self.assertEqual(self.notices.search([]).points, 120)

    def test_the_mail_waits_in_the_queue(self):
        with freeze_time("2026-11-01 12:00:00"):
            self._give("one", 100)
        with freeze_time("2026-11-25 12:00:00"):
            self._run_cron()
        mail = (
            self.env["mail.mail"]
            .sudo()
            .search([("recipient_ids", "in", self.buyer.ids)])
        )
        self.assertEqual(mail.state, "outgoing")
        self.assertIn("may be spent until", mail.body_html)

    def test_each_date_is_told_of_also_after_days_without_the_job(self):
        for day in ("01", "03", "05"):
            with freeze_time(f"2026-11-{day} 12:00:00"):
                self._give(day, int(day))
        with freeze_time("2026-12-02 12:00:00"):  # the first date has passed
            self._run_cron()
        self.assertEqual(
            self._mails(),
            [
                "3 points expire after 12/03/2026",
                "5 points expire after 12/05/2026",
            ],
        )

    def test_a_member_reads_it_in_their_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.buyer.lang = "fr_FR"
        template = self.env.ref("loyalty_points.mail_template_expiry").sudo()
        template.with_context(
            lang="fr_FR"
        ).subject = (
            "{{ object.points }} points avant le {{ format_date(object.expires_on) }}"
        )
        with freeze_time("2026-11-01 12:00:00"):
            self._give("one", 100)
        with freeze_time("2026-11-25 12:00:00"):
            self._run_cron()
        self.assertEqual(self._mails(), ["100 points avant le 01/12/2026"])

    def test_nobody_is_told_of_points_that_are_spent(self):
        with freeze_time("2026-11-01 12:00:00"):
            self._give("one", 100)
            [[card, book]] = self._card()._points_open_books().items()
            book.spend(100, key="spend", description="Reward")
            card._points_close_books({card: book})
        with freeze_time("2026-11-25 12:00:00"):
            self._run_cron()
        self.assertEqual(self._mails(), [])

    def test_a_later_date_is_told_of_anew(self):
        self.program.points_expiry = "inactivity"
        with freeze_time("2026-11-01 12:00:00"):
            self._give("one", 100)
        with freeze_time("2026-11-25 12:00:00"):
            self._run_cron()
            self._give("two", 5)
        with freeze_time("2026-12-20 12:00:00"):
            self._run_cron()
        self.assertEqual(
            self._mails(),
            [
                "100 points expire after 12/01/2026",
                "105 points expire after 12/25/2026",
            ],
        )

    def test_who_cannot_or_shall_not_be_written_to_is_not(self):
        mute = self.env["res.partner"].create({"name": "No address"})
        gone = self.env["res.partner"].create({"name": "Gone", "email": "g@x.com"})
        locked = self.env["res.partner"].create({"name": "Locked", "email": "l@x.com"})
        with freeze_time("2026-11-01 12:00:00"):
            for partner in mute + gone + locked:
                self._give("one", 100, partner)
        gone.active = False
        self._card(locked).sudo().active = False
        with freeze_time("2026-11-25 12:00:00"):
            self._run_cron()
        self.assertFalse(self.notices.search([]))

    def test_nothing_is_told_where_it_is_switched_off(self):
        with freeze_time("2026-11-01 12:00:00"):
            self._give("one", 100)
        for switch, value in (("points_notice_days", 0), ("active", False)):
            self.program[switch], before = value, self.program[switch]
            with freeze_time("2026-11-25 12:00:00"):
                self._run_cron()
            self.program[switch] = before
        self.company.points_notify = False
        with freeze_time("2026-11-25 12:00:00"):
            self._run_cron()
        self.assertEqual(self._mails(), [])
        self.company.points_notify = True
        with freeze_time("2026-11-25 12:00:00"):
            self._run_cron()
        self.assertEqual(len(self._mails()), 1)

    def test_notices_are_written_in_batches(self):
        buyers = self.env["res.partner"].create(
            [{"name": f"B{n}", "email": f"b{n}@x.com"} for n in range(5)]
        )
        with freeze_time("2026-11-01 12:00:00"):
            for buyer in buyers:
                self._give("one", 1, buyer)
        with freeze_time("2026-11-25 12:00:00"):
            numbers = [len(self.notices._notify(2)) for _run in range(4)]
        self.assertEqual(numbers, [2, 2, 1, 0])
