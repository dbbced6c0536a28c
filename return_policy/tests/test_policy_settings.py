"""The settings page writes the default policy's draft and the company's desk."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .policy_common import PolicyCase

DRAFT = {
    "return_auto_approve": ("auto_approve", True),
    "return_auto_approve_max": ("auto_approve_max", 200.5),
    "return_bonus_percent": ("bonus_percent", 5.25),
    "return_bonus_flat": ("bonus_flat", 3.0),
    "return_keep_item_max": ("keep_item_max", 20.0),
}
DESK = {
    "return_override_by": "manager",
    "return_evidence_max_count": 5,
    "return_evidence_max_mb": 50,
}


@tagged("post_install", "-at_install")
class TestPolicySettings(PolicyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        manager = "return_policy.group_return_manager"
        cls.admin = cls.make_user("both", f"base.group_system,{manager}")
        cls.others = [
            cls.make_user("return_boss", manager),
            cls.make_user("return_lead", "return_policy.group_return_lead"),
            cls.make_user("return_agent", "return_policy.group_return_agent"),
        ]

    def settings(self, user=None):
        return self.env["res.config.settings"].with_user(user or self.admin)

    def test_terms_go_to_the_draft_and_hold_after_publishing(self):
        page = Form(self.settings())
        self.assertEqual(page.return_policy_id, self.policy)
        self.assertEqual(page.return_version_id, self.version)
        self.assertFalse(page.return_has_changes)
        for name, (_field, value) in DRAFT.items():
            page[name] = value
        page.save().execute()
        for name, (field, value) in DRAFT.items():
            self.assertEqual(self.policy[field], value, name)
        self.assertTrue(self.policy.has_changes)
        self.assertTrue(Form(self.settings()).return_has_changes)
        self.assertFalse(self.policy.version_id._to_version().terms.auto_approve)
        self.policy.action_publish()
        terms = self.policy.version_id._to_version().terms
        self.assertEqual(
            (terms.auto_approve, terms.auto_approve_max, terms.bonus_percent),
            (True, 20050, 525),
        )
        self.assertEqual((terms.bonus_flat, terms.keep_item_max), (300, 2000))

    def test_the_desk_is_set_per_company(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        before = other.read(list(DESK))
        page = Form(self.settings())
        for name, value in DESK.items():
            page[name] = value
        page.save().execute()
        for name, value in DESK.items():
            self.assertEqual(self.company[name], value, name)
        self.assertEqual(other.read(list(DESK)), before)

    def test_another_default_shows_and_keeps_its_own_terms(self):
        other = self.policy.copy(
            {"name": "Thirty days", "auto_approve": True, "keep_item_max": 9}
        )
        other.action_publish()
        page = Form(self.settings())
        page.return_policy_id = other
        self.assertTrue(page.return_auto_approve)
        self.assertEqual(page.return_keep_item_max, 9)
        page.return_auto_approve_max = 70
        page.save().execute()
        self.assertEqual(self.company.return_policy_id, other)
        self.assertEqual(other.keep_item_max, 9)
        self.assertEqual(other.auto_approve_max, 70)
        self.assertFalse(self.policy.auto_approve)
        self.assertFalse(self.policy.has_changes)

    def test_saving_without_a_change_changes_no_draft(self):
        Form(self.settings()).save().execute()
        self.assertFalse(self.policy.has_changes)
        self.assertEqual(self.company.return_policy_id, self.policy)

    def test_a_company_may_have_no_default(self):
        page = Form(self.settings())
        page.return_policy_id = self.env["return.policy"]
        page.save().execute()
        self.assertFalse(self.company.return_policy_id)
        Form(self.settings()).save().execute()

    def test_the_links_open_the_policy_and_its_publish_dialog(self):
        self.policy.window_days = 15
        page = self.settings().create({})
        action = page.action_open_return_policy()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("return.policy", self.policy.id)
        )
        self.assertEqual(
            page.action_publish_return_policy()["res_model"], "return.policy.publish"
        )

    def test_other_roles_change_no_settings(self):
        for user in self.others:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.settings(user).create({"return_auto_approve": True}).execute()
            self.assertFalse(self.policy.auto_approve)

    def test_an_administrator_without_a_role_in_returns_saves_the_other_settings(self):
        plain = self.make_user("plain_admin", "base.group_system")
        page = Form(self.settings(plain))
        self.assertNotIn("return_auto_approve", page._view["fields"])
        page.save().execute()
        self.assertFalse(self.policy.has_changes)
        with self.assertRaises(AccessError):
            self.settings(plain).create({"return_auto_approve": True})
        self.assertFalse(self.policy.auto_approve)
