from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, new_test_user, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .common import PointsCommon
from .tier_common import TierCommon


@tagged("post_install", "-at_install")
class TestConsent(TierCommon):
    """Greetings only with consent; notices unless they are refused."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.write(
            {
                "points_birthday": 100,
                "points_expiry": "days",
                "points_expiry_count": 5,
                "points_notice_days": 7,
            }
        )
        cls.program.points_tier_ids.write({"entry_points": 0})
        cls.buyer.email = "buyer@example.com"
        cls.member = cls._join(cls.buyer)

    @classmethod
    def _join(cls, partner):
        cards = cls.env["loyalty.card"].sudo()
        values = {"program_id": cls.program.id, "partner_id": partner.id}
        return cards.create(values).points_membership_ids

    def _subjects(self):
        mails = self.env["mail.mail"].sudo()
        found = mails.search([("recipient_ids", "in", self.buyer.ids)], order="id")
        return found.mapped("subject")

    def _celebrate(self, year):
        with freeze_time(f"{year}-06-15 12:00:00"):
            self.members.search(self.members._celebrating(self.program))._celebrate()
        return self.member.card_id.points

    def _born(self):
        with freeze_time("2026-01-01 12:00:00"):
            self.member.birthday = date(1990, 6, 15)

    def _notify(self):
        """Give points that expire soon and let the job tell of them."""
        facts = {"key": "gift", "source": "referral", "description": "Gift"}
        self.env["loyalty.card"]._points_grant([(self.member.card_id, 50, facts)])
        self.env["loyalty.points.notice"].sudo()._notify(10)

    def test_nobody_agrees_by_becoming_a_member(self):
        self.assertFalse(self.member.consent)
        self.assertFalse(self.member.consent_on)
        self.assertTrue(self.member.notices)

    def test_the_gift_comes_without_a_greeting_until_the_member_agrees(self):
        self._born()
        self.assertEqual(self._celebrate(2026), 100)
        self.assertEqual(self._subjects(), [])
        self.member.consent = True
        self.assertEqual(self._celebrate(2027), 200)
        self.assertEqual(self._subjects(), ["Happy birthday, Buyer"])
        self.member.consent = False
        self.assertEqual(self._celebrate(2028), 300)
        self.assertEqual(len(self._subjects()), 1)

    def test_notices_need_no_consent(self):
        self._notify()
        self.assertEqual(len(self._subjects()), 1)
        self.assertIn("50 points expire", self._subjects()[0])

    def test_who_refuses_notices_gets_none_until_they_are_wanted_again(self):
        self.member.write({"notices": False, "consent": True})
        self._notify()
        self.assertEqual(self._subjects(), [])
        self.assertFalse(self.env["loyalty.points.notice"].sudo().search([]))
        self.member.notices = True
        self.env["loyalty.points.notice"].sudo()._notify(10)
        self.assertEqual(len(self._subjects()), 1)

    def test_the_warning_of_a_drop_is_a_notice_too(self):
        other = self._join(
            self.env["res.partner"].create({"name": "Other", "email": "o@example.com"})
        )
        both = self.member | other
        both.sudo().write({"tier_id": self.gold.id, "tier_until": "2030-01-01"})
        self.member.notices = False
        both._warn()
        mails = self.env["mail.mail"].sudo().search([("subject", "like", "Keep Gold")])
        self.assertEqual(mails.recipient_ids, other.partner_id)

    def test_the_moment_is_noted_when_the_word_changes(self):
        for moment, word in (
            ("2026-11-01 08:00:00", True),
            ("2026-11-02 08:00:00", True),
            ("2026-11-03 08:00:00", False),
        ):
            with freeze_time(moment):
                self.member.consent = word
            noted = "2026-11-01 08:00:00" if moment < "2026-11-03" else moment
            self.assertEqual(str(self.member.consent_on), noted)

    def test_agents_tick_it_and_users_do_not(self):
        agent = new_test_user(self.env, "agent", "loyalty_points.group_points_agent")
        member = self.member.with_user(agent)
        member.write({"consent": True, "notices": False})
        self.assertEqual((member.consent, member.notices), (True, False))
        with self.assertRaises(UserError):
            member.consent_on = "2020-01-01"
        with self.assertRaises(UserError):
            member.tier_id = self.gold
        user = new_test_user(self.env, "reader", "loyalty_points.group_points_user")
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models"):
            self.member.with_user(user).consent = False
        self.assertTrue(self.member.consent)

    def test_merged_members_keep_the_last_word_and_each_refusal(self):
        other = self._join(self.env["res.partner"].create({"name": "Twin"}))
        for moment, member, word in (
            ("2026-11-01 08:00:00", self.member, True),
            ("2026-11-02 08:00:00", other, True),
            ("2026-11-03 08:00:00", other, False),
        ):
            with freeze_time(moment):
                member.consent = word
        other.notices = False
        self.member._take_over(other)
        self.assertEqual((self.member.consent, self.member.notices), (False, False))
        self.assertEqual(str(self.member.consent_on), "2026-11-03 08:00:00")

    def test_a_twin_who_was_never_asked_takes_no_consent_away(self):
        self.member.consent = True
        other = self._join(self.env["res.partner"].create({"name": "Twin"}))
        self.member._take_over(other)
        self.assertTrue(self.member.consent)


@tagged("post_install", "-at_install")
class TestConsentPortal(PointsCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine, cls.other = (
            cls._member(login) for login in ("consent_buyer", "consent_other")
        )

    @classmethod
    def _member(cls, login):
        user = new_test_user(cls.env, login, "base.group_portal")
        cards = cls.env["loyalty.card"].sudo()
        values = {"program_id": cls.program.id, "partner_id": user.partner_id.id}
        return cards.create(values).points_membership_ids

    def _token(self):
        page = self.url_open("/my/points").text
        return page.split('name="csrf_token" value="')[1].split('"')[0]

    def _post(self, **form):
        answer = self.url_open("/my/points/messages", data=form, allow_redirects=False)
        self.env.invalidate_all()
        return answer

    def _said(self):
        return [(each.consent, each.notices) for each in (self.mine, self.other)]

    def test_a_member_ticks_and_unticks_boxes_and_the_chatter_keeps_it(self):
        self.authenticate("consent_buyer", "consent_buyer")
        page = self.url_open("/my/points").text
        self.assertNotIn("Agreed on:", page)
        answer = self._post(
            csrf_token=self._token(), member=self.mine.id, consent="on", notices="on"
        )
        self.assertEqual(answer.status_code, 303)
        self.assertIn(f"/my/points?member={self.mine.id}", answer.headers["Location"])
        self.assertEqual(self._said(), [(True, True), (False, True)])
        self.assertTrue(self.mine.consent_on)
        self.assertIn("Agreed on:", self.url_open("/my/points").text)
        self._post(csrf_token=self._token(), member=self.mine.id)
        self.assertEqual(self._said(), [(False, False), (False, True)])
        tracked = self.mine.message_ids.filtered("tracking_value_ids")
        self.assertEqual(
            tracked.mapped("tracking_value_ids.field_id.name"), ["consent", "notices"]
        )
        self.assertEqual(tracked.author_id, self.mine.partner_id)

    def test_the_membership_of_somebody_else_is_not_found_and_stays(self):
        self.authenticate("consent_buyer", "consent_buyer")
        token = self._token()
        for member in (self.other.id, 0, "", "x", f"{self.mine.id},{self.other.id}"):
            answer = self._post(csrf_token=token, member=member, consent="on")
            self.assertEqual(answer.status_code, 404, member)
        self.assertEqual(self._post(csrf_token=token).status_code, 404)
        self.assertEqual(self._said(), [(False, True), (False, True)])

    def test_it_takes_a_form_of_ours_and_never_a_link(self):
        self.authenticate("consent_buyer", "consent_buyer")
        with self.assertLogs("odoo.http", "WARNING"):
            answer = self._post(member=self.mine.id, consent="on")
        self.assertEqual(answer.status_code, 400)
        link = f"/my/points/messages?member={self.mine.id}&consent=on"
        self.assertEqual(self.url_open(link).status_code, 405)
        self.assertEqual(self._said(), [(False, True), (False, True)])

    def test_without_a_login_nothing_is_stored(self):
        page = self.url_open("/web/login").text
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        answer = self._post(csrf_token=token, member=self.mine.id, consent="on")
        self.assertIn("/web/login", answer.headers.get("Location", ""))
        self.assertEqual(self._said(), [(False, True), (False, True)])

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model")
    def test_the_buyer_may_not_write_it_by_rpc(self):
        self.authenticate("consent_buyer", "consent_buyer")
        with self.assertRaises(JsonRpcException):
            self.make_jsonrpc_request(
                "/web/dataset/call_kw",
                {
                    "model": "loyalty.membership",
                    "method": "write",
                    "args": [[self.other.id], {"consent": True}],
                    "kwargs": {},
                },
            )
        self.env.invalidate_all()
        self.assertEqual(self._said(), [(False, True), (False, True)])
