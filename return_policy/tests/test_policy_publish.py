"""Policies are drafted, held against the law, published and then never changed."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .policy_common import PolicyCase, at


@tagged("post_install", "-at_install")
class TestPolicyPublish(PolicyCase):
    def refused(self, message):
        """Expect publishing to fail with this message, and nothing to change."""
        before = self.policy.version_ids
        with self.assertRaises(UserError) as caught:
            self.policy.action_publish()
        self.assertEqual(str(caught.exception), message)
        self.assertEqual(self.policy.version_ids, before)

    def test_every_company_has_the_seven_day_policy_as_version_1(self):
        new = self.env["res.company"].create({"name": "Second shop"})
        for company in self.company | new:
            policy = self.env["return.policy"].search([("company_id", "=", company.id)])
            self.assertEqual(len(policy), 1)
            self.assertEqual(policy.version_id.number, 1)
            self.assertEqual(policy.window_days, 7)
            self.assertEqual(policy.tz, "Asia/Shanghai")
            self.assertEqual(policy.transit_days, 10)
            self.assertFalse(policy.has_changes)

    def test_a_new_company_has_its_policy_in_every_language_in_use(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        preset = self.env.ref("return_policy.preset_cn_7")
        preset.with_context(lang="zh_CN").name = "七日无理由"
        new = self.env["res.company"].create({"name": "Second shop"})
        policy = self.env["return.policy"].search([("company_id", "=", new.id)])
        self.assertEqual(policy.name, "7-day return")
        self.assertEqual(policy.with_context(lang="zh_CN").name, "七日无理由")

    def test_making_policies_again_makes_none(self):
        count = self.env["return.policy"].search_count([])
        self.env["res.company"].search([])._create_return_policies()
        self.assertEqual(self.env["return.policy"].search_count([]), count)

    def test_publishing_freezes_the_draft_with_author_and_note(self):
        self.policy.window_days = 15
        self.assertTrue(self.policy.has_changes)
        self.policy.action_publish("Festival promise")
        version = self.policy.version_id
        self.assertEqual(version.number, self.version.number + 1)
        self.assertEqual(version.snapshot["terms"]["window_days"], 15)
        self.assertEqual(version.note, "Festival promise")
        self.assertEqual(version.user_id, self.env.user)
        self.assertEqual(version.source, self.policy.source)
        self.assertFalse(version.is_retroactive)
        self.assertFalse(self.policy.has_changes)
        self.assertEqual(self.version.snapshot["terms"]["window_days"], 7)

    def test_all_errors_are_said_at_once(self):
        self.policy.window_days = 6
        self.rule("Sale goods", legal_code=False)
        self.refused(
            "7-day return cannot be published:\n"
            "- The return window must be at least 7 days (7-day return rules, art. 10)."
            "\n"
            "- Rule “Sale goods” refuses returns without a reason which the law gives "
            "(7-day return rules, art. 6, 7). Refuse on a legal ground which this law "
            "knows, or let the rule begin after the window of the law."
        )

    def test_warnings_do_not_keep_a_draft_from_being_published(self):
        self.policy.transit_days = 0
        self.policy.source = False
        self.policy.action_publish()
        self.assertEqual(self.policy.version_id.number, self.version.number + 1)

    def test_article_7_needs_the_confirmation_of_the_buyer(self):
        rule = self.rule("Underwear", legal_code="A7_1")
        self.refused(
            "7-day return cannot be published:\n"
            "- Rule “Underwear” refuses without asking for the buyer's recorded "
            "confirmation (7-day return rules, art. 7, 20). Tick “Needs Purchase "
            "Confirmation” on the rule."
        )
        rule.needs_confirmation = True
        self.policy.action_publish()
        self.assertEqual(self.policy.version_id.number, self.version.number + 1)

    def test_a_version_may_hold_for_earlier_orders_too(self):
        self.policy.window_days = 15
        self.policy.action_publish("Better for all", True)
        self.assertTrue(self.policy.version_id.is_retroactive)

    def test_one_bad_draft_of_two_publishes_neither(self):
        other = self.policy.copy({"window_days": 30})
        self.policy.window_days = 5
        with self.assertRaises(UserError):
            (other | self.policy).action_publish()
        self.assertFalse(other.version_ids)
        self.assertEqual(self.policy.version_id, self.version)

    def test_a_policy_with_versions_cannot_be_deleted(self):
        other = self.policy.copy({"name": "Thirty days"})
        other.action_publish()
        with self.assertRaisesRegex(UserError, "Thirty days: .* Archive it instead"):
            other.unlink()
        self.assertTrue(other.exists())

    def test_rules_are_frozen_in_their_order(self):
        last = self.rule("Last", sequence=30)
        first = self.rule("First", sequence=10)
        self.policy.action_publish()
        rules = self.policy.version_id._to_version().rules
        self.assertEqual([rule.key for rule in rules], [first.id, last.id])
        first.sequence = 40
        self.assertTrue(self.policy.has_changes)
        self.assertEqual(self.policy.version_id._to_version().rules, rules)


@tagged("post_install", "-at_install")
class TestPolicyOfOrder(PolicyCase):
    def test_an_order_takes_the_version_in_force_and_keeps_it(self):
        draft = self.order(confirm=False)
        self.assertFalse(draft.return_policy_version_id)
        order = self.order()
        self.assertEqual(order.return_policy_version_id, self.version)
        self.policy.window_days = 15
        self.policy.action_publish()
        draft.action_confirm()
        self.assertEqual(order.return_policy_version_id, self.version)
        self.assertEqual(draft.return_policy_version_id, self.policy.version_id)

    def test_an_unpublished_change_binds_no_order(self):
        self.policy.window_days = 15
        order = self.order()
        self.assertEqual(order.return_policy_version_id, self.version)
        line = self.delivered()
        self.assertEqual(
            self.judge(line).last_moment.replace(tzinfo=None),
            at("2026-11-10 16:00:00"),
        )

    def test_an_imported_order_takes_the_version_of_its_day(self):
        self.env.cr.execute(
            "UPDATE return_policy_version SET published_on = '2026-01-01'"
            " WHERE id = %s",
            [self.version.id],
        )
        self.version.invalidate_recordset()
        self.policy.action_publish()
        second = self.policy.version_id
        moments = {
            at("2025-05-01 00:00:00"): self.version,
            at("2026-01-01 00:00:00"): self.version,
            second.published_on - timedelta(seconds=1): self.version,
            second.published_on: second,
        }
        orders = self.env["sale.order"]
        for moment in moments:
            orders |= self.order(confirm=False, date_order=moment)
        orders._freeze_return_policy()
        self.assertEqual(
            [order.return_policy_version_id for order in orders],
            list(moments.values()),
        )

    def test_another_policy_cannot_be_put_under_an_order(self):
        order = self.order()
        self.policy.action_publish()
        with self.assertRaisesRegex(UserError, "was placed under 7-day return v1"):
            order.return_policy_version_id = self.policy.version_id
        with self.assertRaises(UserError):
            order.return_policy_version_id = False
        self.assertEqual(order.return_policy_version_id, self.version)

    def test_a_copied_order_is_a_new_order(self):
        copy = self.order().copy()
        self.assertFalse(copy.return_policy_version_id)

    def test_without_a_published_policy_a_person_judges(self):
        self.company.return_policy_id = False
        line = self.order().order_line
        self.assertFalse(line.order_id.return_policy_version_id)
        self.assertEqual(line.return_verdict, "review")
        self.assertEqual(
            line.return_verdict_text,
            "To be judged by a person: no return policy was published when the order "
            "was confirmed",
        )
