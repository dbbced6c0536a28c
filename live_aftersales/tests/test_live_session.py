import psycopg2

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestLiveSession(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.douyin = cls.env.ref("live_aftersales.platform_douyin")
        cls.shop = cls.env["live.shop"].create(
            {"name": "Shop", "platform_id": cls.douyin.id}
        )
        cls.host = cls.env["live.host"].create({"name": "Deer", "code": "77001"})

    def _session(self, **vals):
        return self.env["live.session"].create(
            {
                "host_id": self.host.id,
                "start": "2026-10-20 11:00:00",
                "end": "2026-10-20 15:00:00",
                **vals,
            }
        )

    def test_session_is_named_by_host_and_wall_clock_of_the_platform(self):
        self.assertEqual(self._session().name, "Deer 2026-10-20 19:00")
        self.douyin.tz = "Europe/Berlin"
        session = self._session(shop_id=self.shop.id)
        self.assertEqual(session.name, "Deer 2026-10-20 13:00")
        self.assertEqual(session.platform_id, self.douyin)

    def test_each_session_has_a_campaign_of_its_own(self):
        one, other = (
            self._session(),
            self._session(start="2026-10-21 11:00:00", end="2026-10-21 15:00:00"),
        )
        self.assertEqual(one.utm_campaign_id.title, "Deer 2026-10-20 19:00")
        self.assertTrue(one.utm_campaign_id.is_auto_campaign)
        self.assertNotEqual(one.utm_campaign_id, other.utm_campaign_id)

    def test_session_cannot_end_before_it_starts(self):
        with self.assertRaisesRegex(ValidationError, "end before they start"):
            self._session(end="2026-10-20 11:00:00")

    def test_room_id_is_unique_in_a_company(self):
        self._session(room_id="7501827701082202265")
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
        ):
            self._session(room_id="7501827701082202265")

    def test_room_id_which_lost_digits_is_refused(self):
        for room in ("7.50182770108220E+18", "7501827701082202265.0"):
            with self.assertRaisesRegex(ValidationError, "lost digits"):
                self._session(room_id=room)

    def test_two_sessions_of_one_host_at_once_are_allowed_but_told(self):
        one = self._session()
        other = self._session(start="2026-10-20 14:59:59", end="2026-10-20 18:00:00")
        after = self._session(start="2026-10-20 18:00:00", end="2026-10-20 20:00:00")
        someone = self.env["live.host"].create({"name": "Fox"})
        beside = self._session(host_id=someone.id)
        self.assertEqual(one.overlap_text, "Deer 2026-10-20 22:59")
        self.assertEqual(other.overlap_text, "Deer 2026-10-20 19:00")
        self.assertFalse(after.overlap_text)
        self.assertFalse(beside.overlap_text)

    def test_overlap_of_many_sessions_takes_one_query(self):
        sessions = self._session()
        for day in range(1, 30):
            sessions |= self._session(
                start=f"2026-09-{day:02} 11:00:00", end=f"2026-09-{day:02} 12:00:00"
            )
        sessions.invalidate_recordset()
        sessions.mapped("name")
        with self.assertQueryCount(1):
            sessions.mapped("overlap_text")

    def test_session_on_another_platform_than_its_shop_is_refused(self):
        session = self._session(shop_id=self.shop.id)
        with self.assertRaisesRegex(ValidationError, "another platform"):
            session.platform_id = self.env.ref("live_aftersales.platform_taobao")
        self.env.invalidate_all(flush=False)
        self.assertEqual(session.platform_id, self.douyin)

    def test_host_id_is_unique_on_a_platform(self):
        self.env["live.host"].create({"name": "Deer too", "code": False})
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
        ):
            self.env["live.host"].create({"name": "Other", "code": "77001"})

    def test_copies_leave_the_ids_of_the_platform_empty(self):
        session = self._session(room_id="7501827701082202265")
        self.assertFalse(session.copy().room_id)
        self.assertFalse(self.host.copy().code)
        self.assertEqual(self.douyin.copy().code, "douyin (copy)")

    def test_six_platforms_come_with_a_source_and_a_wall_clock(self):
        platforms = self.env["live.platform"].search([])
        self.assertLessEqual(
            {"douyin", "kuaishou", "wechat", "xiaohongshu", "taobao", "tiktok"},
            set(platforms.mapped("code")),
        )
        self.assertEqual(self.douyin.utm_source_id.name, "Douyin")
        self.assertEqual(self.douyin.tz, "Asia/Shanghai")


@tagged("post_install", "-at_install")
class TestLiveDataAccess(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = {
            "agent": "live_aftersales.group_agent",
            "lead": "live_aftersales.group_lead",
            "warehouse": "live_aftersales.group_warehouse",
            "manager": "live_aftersales.group_manager",
            "clerk": "base.group_user",
            "buyer": "base.group_portal",
        }
        cls.users = {
            name: new_test_user(cls.env, f"{name}_live", group)
            for name, group in groups.items()
        }
        cls.host = cls.env["live.host"].create({"name": "Deer"})
        cls.session = cls.env["live.session"].create(
            {
                "host_id": cls.host.id,
                "start": "2026-10-20 11:00:00",
                "end": "2026-10-20 15:00:00",
            }
        )

    def _may(self, who, operation):
        return {
            model: self.env[model].with_user(self.users[who]).has_access(operation)
            for model in ("live.platform", "live.shop", "live.host", "live.session")
        }

    def test_staff_reads_and_buyers_see_nothing(self):
        for who in ("agent", "lead", "warehouse", "manager", "clerk"):
            self.assertEqual(set(self._may(who, "read").values()), {True}, who)
        self.assertEqual(set(self._may("buyer", "read").values()), {False})

    def test_leads_keep_hosts_and_sessions_and_managers_everything(self):
        for who in ("agent", "warehouse", "clerk", "buyer"):
            for operation in ("write", "create", "unlink"):
                self.assertEqual(set(self._may(who, operation).values()), {False}, who)
        self.assertEqual(
            self._may("lead", "create"),
            {
                "live.platform": False,
                "live.shop": False,
                "live.host": True,
                "live.session": True,
            },
        )
        self.assertEqual(set(self._may("lead", "unlink").values()), {False})
        self.assertEqual(set(self._may("manager", "unlink").values()), {True})

    def test_manager_has_all_roles_and_admin_is_one(self):
        manager = self.users["manager"]
        for group in ("group_agent", "group_lead", "group_warehouse"):
            self.assertTrue(manager.has_group(f"live_aftersales.{group}"), group)
        self.assertTrue(
            self.env.ref("base.user_admin").has_group("live_aftersales.group_manager")
        )

    def test_other_companies_see_no_sessions_shops_and_hosts(self):
        company = self.env["res.company"].create({"name": "Other"})
        lead = self.users["lead"]
        lead.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        for record in (self.host, self.session):
            with self.assertRaises(AccessError):
                record.with_user(lead).read(["name"])
        self.host.company_id = False
        self.assertEqual(self.host.with_user(lead).name, "Deer")

    def test_open_orders_and_returns_only_for_who_may_read_the_record(self):
        for method in ("action_view_orders", "action_view_returns"):
            with self.assertRaises(AccessError):
                getattr(self.session.with_user(self.users["buyer"]), method)()
        with self.assertRaises(AccessError):
            self.host.with_user(self.users["buyer"]).action_view_sessions()
