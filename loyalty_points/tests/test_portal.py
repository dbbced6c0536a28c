from odoo.tests import HttpCase, new_test_user, tagged

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestPortal(PointsCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.write({"points_referral": True, "portal_point_name": "points"})
        cls.user = new_test_user(cls.env, "points_buyer", "base.group_portal")
        cls.buyer = cls.user.partner_id
        cls._released((120, 1))
        cls._delivered((30, 1))
        cls.member = (
            cls.env["loyalty.membership"]
            .sudo()
            .search([("partner_id", "=", cls.buyer.id)])
        )

    def test_a_member_reads_balance_pending_ledger_and_link(self):
        self.authenticate("points_buyer", "points_buyer")
        page = self.url_open("/my/points").text
        for words in ("120 points", "30 points", "from about", "+120", "+30"):
            self.assertIn(words, page)
        self.assertIn(f"/points/invited/{self.member.referral_code}", page)

    def test_the_page_is_chinese_for_a_chinese_member(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.buyer.lang = "zh_CN"
        self.authenticate("points_buyer", "points_buyer")
        self.assertIn("points_buyer", self.url_open("/my").text)
        self.assertEqual(self.url_open("/my/points").status_code, 200)

    def test_without_a_card_the_page_says_so(self):
        new_test_user(self.env, "points_nobody", "base.group_portal")
        self.authenticate("points_nobody", "points_nobody")
        self.assertIn("You hold no points yet", self.url_open("/my/points").text)

    def test_the_membership_of_somebody_else_is_not_found(self):
        new_test_user(self.env, "points_nosy", "base.group_portal")
        self.authenticate("points_nosy", "points_nosy")
        for member in (self.member.id, "0", "x", "1 OR 1=1"):
            answer = self.url_open(f"/my/points?member={member}")
            self.assertEqual(answer.status_code, 404, member)

    def test_without_a_login_there_is_no_page(self):
        answer = self.url_open("/my/points", allow_redirects=False)
        self.assertIn("/web/login", answer.headers["Location"])

    def test_an_invitation_tells_its_worth_and_not_who_sent_it(self):
        page = self.url_open(f"/points/invited/{self.member.referral_code}").text
        self.assertIn("A friend invites you", page)
        self.assertIn("100 points", page)
        self.assertNotIn("points_buyer", page)
        self.assertIn("no longer valid", self.url_open("/points/invited/ABCD").text)

    def _accept(self, login):
        self.authenticate(login, login)
        link = f"/points/invited/{self.member.referral_code}"
        page = self.url_open(link).text
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open(f"{link}/accept", data={"csrf_token": token}).text

    def test_a_friend_accepts_once(self):
        friend = new_test_user(
            self.env, "points_friend", "base.group_portal"
        ).partner_id
        for _twice in range(2):
            self.assertIn(
                "Your points come with your first", self._accept("points_friend")
            )
        found = (
            self.env["loyalty.referral"].sudo().search([("friend_id", "=", friend.id)])
        )
        self.assertEqual((len(found), found.referrer_id), (1, self.member))

    def test_a_customer_who_ordered_before_is_told(self):
        self.assertIn("for new customers", self._accept("points_buyer"))
        self.assertFalse(self.env["loyalty.referral"].sudo().search([]))

    def test_accepting_takes_a_form_of_ours(self):
        new_test_user(self.env, "points_forged", "base.group_portal")
        self.authenticate("points_forged", "points_forged")
        link = f"/points/invited/{self.member.referral_code}/accept"
        with self.assertLogs("odoo.http", "WARNING"):
            self.assertEqual(self.url_open(link, data={"a": "b"}).status_code, 400)
        self.assertEqual(self.url_open(link).status_code, 405)
