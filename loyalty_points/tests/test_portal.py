from odoo.http import Request
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
        for words in ("120 points", "30 points", "From about", "+120", "+30"):
            self.assertIn(words, page)
        self.assertIn(f"/points/invited/{self.member.referral_code}", page)

    def test_points_spent_from_many_lots_are_one_row(self):
        for number in range(3):
            self._released((70 + number, 1))
        card = self.member.card_id
        books = card._points_open_books()
        books[card].spend(300, key="test:spend", description="S00300")
        card._points_close_books(books)
        spent = self.entries.search([("description", "=", "S00300")])
        self.assertGreater(len(spent), 1)
        first, *others = self.member._portal_rows(80, 0)
        self.assertEqual(first, spent)
        self.assertEqual(self.member._portal_row_count(), 1 + len(others))
        told = sum(sum(row.mapped("points")) for row in [first, *others])
        self.assertEqual(told, sum(self._balance()))
        self.authenticate("points_buyer", "points_buyer")
        self.assertEqual(self.url_open("/my/points").text.count("S00300"), 1)

    def test_many_entries_come_in_pages(self):
        card = self.member.card_id
        self.env["loyalty.card"]._points_grant(
            [
                (card, 1, {"key": f"p:{n}", "source": "survey", "description": f"#{n}"})
                for n in range(198)
            ]
        )
        self.authenticate("points_buyer", "points_buyer")
        counts = [
            self.url_open(f"/my/points/page/{page}").text.count("o_points_row")
            for page in (1, 2, 3, 999)
        ]
        self.assertEqual(counts, [80, 80, 40, 40])

    def test_the_tier_is_told_with_what_keeps_it(self):
        tier = (
            self.env["loyalty.tier"]
            .sudo()
            .create({"program_id": self.program.id, "name": "Gold", "enter_at": 200})
        )
        self.member._measure()
        self.assertEqual(self.member._portal_next_tier(), "80 points more to Gold")
        self.assertEqual(self.member._portal_tier_term(), "")
        tier.write({"enter_at": 120, "keep_at": 100})
        self.member._follow()
        self.assertEqual(self.member.tier_id, tier)
        self.assertIn("100 points that keep it", self.member._portal_tier_term())
        self.member.keep_measure = 40
        self.assertIn(
            "It takes 100 points to keep it: 60 points more.",
            self.member._portal_tier_term(),
        )
        self.assertEqual(self.member._portal_keep_percent(), 40)
        self.program.points_tier_basis = "spend"
        self.assertIn("60.00", self.member._portal_tier_term())
        self.authenticate("points_buyer", "points_buyer")
        page = self.url_open("/my/points").text
        for words in ('aria-labelledby="points_keep"', "This is the highest tier"):
            self.assertIn(words, page)

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

    def test_an_invitation_of_nobody_who_is_there_is_no_longer_valid(self):
        link = f"/points/invited/{self.member.referral_code}"
        for gone, field, back in (
            (self.buyer, "active", True),
            (self.program, "active", True),
            (self.program, "points_referral", True),
            (self.program, "date_to", False),
        ):
            gone = gone.sudo()
            if gone == self.buyer:
                self.user.active = False
            gone[field] = "2020-01-01" if field == "date_to" else False
            with self.subTest(field):
                self.assertIn("no longer valid", self.url_open(link).text)
            gone[field] = back

    def test_a_members_own_link_is_named_as_such(self):
        self.authenticate("points_buyer", "points_buyer")
        page = self.url_open(f"/points/invited/{self.member.referral_code}").text
        self.assertIn("your own invitation", page)
        self.assertNotIn("/accept", page)

    def _accept(self, login):
        self.authenticate(login, login)
        link = f"/points/invited/{self.member.referral_code}"
        form = {"csrf_token": Request.csrf_token(self)}
        return self.url_open(f"{link}/accept", data=form).text

    def test_a_friend_accepts_once(self):
        friend = new_test_user(
            self.env, "points_friend", "base.group_portal"
        ).partner_id
        link = f"/points/invited/{self.member.referral_code}"
        self.authenticate("points_friend", "points_friend")
        self.assertIn(f"{link}/accept", self.url_open(link).text)
        for _twice in range(2):
            self.assertIn(
                "Your points come with your first", self._accept("points_friend")
            )
        self.assertNotIn(f"{link}/accept", self.url_open(link).text)
        found = (
            self.env["loyalty.referral"].sudo().search([("friend_id", "=", friend.id)])
        )
        self.assertEqual((len(found), found.referrer_id), (1, self.member))
        self.authenticate("points_buyer", "points_buyer")
        page = " ".join(self.url_open("/my/points").text.split())
        self.assertIn("Friends who accepted: 1, rewarded: 0", page)

    def test_a_customer_who_ordered_before_is_told(self):
        new_test_user(self.env, "points_known", "base.group_portal")
        known = self.env["res.users"].search([("login", "=", "points_known")])
        self._order((10, 1), partner=known.partner_id)
        self.authenticate("points_known", "points_known")
        link = f"/points/invited/{self.member.referral_code}"
        self.assertIn("for new customers", self.url_open(link).text)
        self.assertIn("for new customers", self._accept("points_known"))
        self.assertFalse(self.env["loyalty.referral"].sudo().search([]))

    def test_accepting_takes_a_form_of_ours(self):
        new_test_user(self.env, "points_forged", "base.group_portal")
        self.authenticate("points_forged", "points_forged")
        link = f"/points/invited/{self.member.referral_code}/accept"
        with self.assertLogs("odoo.http", "WARNING"):
            self.assertEqual(self.url_open(link, data={"a": "b"}).status_code, 400)
        self.assertEqual(self.url_open(link).status_code, 405)
