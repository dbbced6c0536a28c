"""The last look before publishing: what changes, what speaks against it, who may."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .policy_common import PolicyCase

GROUP = "return_policy.group_return_"


@tagged("post_install", "-at_install")
class TestPolicyPublishDialog(PolicyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("dialog_manager", f"{GROUP}manager")

    def open(self, policy=None):
        policy = (policy or self.policy).with_user(self.manager)
        action = policy.action_open_publish()
        return policy.env[action["res_model"]].browse(action["res_id"])

    def test_a_good_draft_is_published_with_note_and_reach(self):
        self.policy.window_days = 15
        dialog = self.open()
        self.assertFalse(dialog.finding_ids)
        self.assertEqual(dialog.error_count, 0)
        with Form(dialog) as form:
            form.note = "Festival promise"
            form.is_retroactive = True
        dialog.action_publish()
        version = self.policy.version_id
        self.assertEqual(version.number, self.version.number + 1)
        self.assertEqual(version.note, "Festival promise")
        self.assertEqual(version.user_id, self.manager)
        self.assertTrue(version.is_retroactive)

    def test_by_default_a_version_is_for_new_orders_only(self):
        self.policy.window_days = 15
        self.open().action_publish()
        self.assertFalse(self.policy.version_id.is_retroactive)

    def test_errors_come_first_and_lead_to_their_rule(self):
        self.policy.write({"window_days": 6, "source": False})
        rule = self.rule(
            "Underwear",
            legal_code="A7_1",
            product_domain=f"[('id', '=', {self.product.id})]",
        )
        dialog = self.open()
        self.assertEqual(
            [(item.severity, item.rule_id) for item in dialog.finding_ids],
            [
                ("error", self.env["return.policy.rule"]),
                ("error", rule),
                ("warning", self.env["return.policy.rule"]),
            ],
        )
        self.assertEqual(dialog.error_count, 2)
        action = dialog.finding_ids[1].action_open_rule()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("return.policy.rule", rule.id)
        )

    def test_a_bad_draft_changes_nothing(self):
        self.policy.window_days = 6
        dialog = self.open()
        with self.assertRaisesRegex(UserError, "must be at least 7 days"):
            dialog.action_publish()
        self.assertEqual(self.policy.version_ids, self.version)
        self.policy.window_days = 15
        dialog = self.open()
        self.policy.window_days = 6
        with self.assertRaises(UserError):
            dialog.action_publish()
        self.assertEqual(self.policy.version_ids, self.version)

    def test_only_what_was_shown_is_published(self):
        self.policy.window_days = 15
        dialog = self.open()
        self.policy.window_days = 30
        with self.assertRaisesRegex(UserError, "was changed or published by somebody"):
            dialog.action_publish()
        self.assertEqual(self.policy.version_ids, self.version)
        self.open().action_publish()
        self.assertEqual(self.policy.version_id.snapshot["terms"]["window_days"], 30)

    def test_of_two_open_dialogs_one_publishes(self):
        self.policy.window_days = 15
        first, second = self.open(), self.open()
        first.action_publish()
        with self.assertRaisesRegex(UserError, "was changed or published by somebody"):
            second.action_publish()
        self.assertEqual(len(self.policy.version_ids), 2)

    def test_only_managers_of_the_company_come_here(self):
        self.policy.window_days = 15
        dialog = self.open()
        other = self.env["res.company"].create({"name": "Other shop"})
        stranger = self.make_user(
            "dialog_stranger",
            f"{GROUP}manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        roles = ("agent", "warehouse", "lead")
        others = [self.make_user(f"dialog_{role}", f"{GROUP}{role}") for role in roles]
        for user in (stranger, *others):
            with self.assertRaises(AccessError):
                self.policy.with_user(user).action_open_publish()
            with self.assertRaises(AccessError):
                dialog.with_user(user).action_publish()
        forged = self.env["return.policy.publish"].with_user(stranger)
        with self.assertRaises(AccessError):
            forged.create({"policy_id": self.policy.id}).action_publish()
        with self.assertRaises(AccessError):
            forged.create({"policy_id": self.policy.id}).read(["changes_html"])
        self.assertEqual(self.policy.version_ids, self.version)
