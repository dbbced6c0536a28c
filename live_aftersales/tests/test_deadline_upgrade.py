"""Platforms of a database made before deadlines take the ones they ship with."""

from odoo.modules.migration import load_script
from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path

SCRIPT = "live_aftersales/migrations/19.0.1.1.0/post-deadlines.py"


@tagged("post_install", "-at_install")
class TestDeadlineUpgrade(TransactionCase):
    def _upgrade(self):
        load_script(file_path(SCRIPT), "live_deadline_upgrade").migrate(
            self.cr, "19.0.1.0.0"
        )

    def test_shipped_platforms_without_deadlines_take_their_own(self):
        platforms = self.env["live.platform"].search([])
        platforms.deadline_plan_id = False
        self._upgrade()
        self.assertEqual(
            {p.code: p.deadline_plan_id for p in platforms if p.deadline_plan_id},
            {
                "douyin": self.env.ref("return_policy.deadline_plan_douyin"),
                "wechat": self.env.ref("return_policy.deadline_plan_wechat"),
            },
        )

    def test_deadlines_the_shop_chose_stay(self):
        douyin = self.env.ref("live_aftersales.platform_douyin")
        chosen = douyin.deadline_plan_id.copy({"name": "Stricter"})
        douyin.deadline_plan_id = chosen
        self._upgrade()
        self.assertEqual(douyin.deadline_plan_id, chosen)

    def test_a_deleted_platform_is_passed_over(self):
        douyin = self.env.ref("live_aftersales.platform_douyin")
        douyin.unlink()
        wechat = self.env.ref("live_aftersales.platform_wechat")
        wechat.deadline_plan_id = False
        self._upgrade()
        self.assertEqual(
            wechat.deadline_plan_id,
            self.env.ref("return_policy.deadline_plan_wechat"),
        )
