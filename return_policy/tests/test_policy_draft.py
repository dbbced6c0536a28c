"""A draft knows whether it says anything else than the version in force."""

from odoo.fields import Command, Date
from odoo.tests import tagged

from ..models.return_policy_rule import EFFECT_FIELDS
from .policy_common import PolicyCase


@tagged("post_install", "-at_install")
class TestPolicyDraft(PolicyCase):
    def other(self, record, name):
        """Return a value that differs from what the record holds in the field."""
        field, value = record._fields[name], record[name]
        match field.type:
            case "selection":
                return next(key for key in field.get_values(self.env) if key != value)
            case "boolean":
                return not value
            case "integer" | "float" | "monetary":
                return value + 1
            case "date":
                return Date.add(value or Date.today(), days=1)
            case "many2many":
                codes = self.env[field.comodel_name].search([])
                return [Command.set((codes - value)[:1].ids)]
        return f"[('id', '!=', {self.product.id})]"

    def assert_shown(self, record, name):
        held, other = record[name], self.other(record, name)
        record[name] = other
        self.assertTrue(self.policy.has_changes, name)
        record[name] = held
        self.assertFalse(self.policy.has_changes, name)

    def test_every_term_that_changes_shows(self):
        self.policy.auto_approve = True
        self.policy.action_publish()
        names = [
            path.removesuffix(".code")
            for path in self.policy._draft_fields()
            if not path.startswith("rule_ids.")
        ]
        self.assertIn("checked_on", names)
        self.assertEqual(set(self.policy._terms_fields().values()) - set(names), set())
        for name in names:
            with self.subTest(name=name):
                self.assert_shown(self.policy, name)

    def test_every_part_of_a_rule_that_changes_shows(self):
        remedy = self.env.ref("return_policy.remedy_return_refund")
        kinds = {
            "window": {"window_days": 8},
            "approval": {"approval": "auto"},
            "freight": {"freight_payer": "merchant"},
            "refund_on": {"refund_on": "approval"},
            "remedies": {"remedy_ids": [Command.set(remedy.ids)]},
        }
        rules = {
            kind: self.rule(kind, kind=kind, returns_min=1, **kinds.get(kind, {}))
            for kind in EFFECT_FIELDS
        }
        rules["refuse"].legal_code = "A6_2"
        self.policy.action_publish()
        for path in self.policy._draft_fields():
            if not path.startswith("rule_ids.") or path == "rule_ids.kind":
                continue
            name = path.removeprefix("rule_ids.").removesuffix(".code")
            kind = next((k for k, v in EFFECT_FIELDS.items() if name in v), "fee")
            with self.subTest(name=name):
                if name == "sequence":
                    rules[kind].sequence = 99
                    self.assertTrue(self.policy.has_changes)
                    rules[kind].sequence = 10
                else:
                    self.assert_shown(rules[kind], name)

    def test_rules_that_come_go_or_do_something_else_show(self):
        self.policy.action_publish()
        rule = self.rule("Fresh food")
        self.assertTrue(self.policy.has_changes)
        self.policy.action_publish()
        rule.write({"kind": "approval", "approval": "auto", "legal_code": False})
        self.assertTrue(self.policy.has_changes)
        rule.unlink()
        self.assertTrue(self.policy.has_changes)

    def test_what_no_version_holds_does_not_show(self):
        self.policy.write({"sequence": 99, "name": "Seven days"})
        self.assertFalse(self.policy.has_changes)

    def test_the_name_of_a_rule_counts_in_every_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        rule = self.rule("Fresh food")
        rule.with_context(lang="zh_CN").name = "生鲜"
        self.policy.action_publish()
        for lang in ("en_US", "zh_CN"):
            policy = self.policy.with_context(lang=lang)
            policy.invalidate_recordset(["has_changes"])
            self.assertFalse(policy.has_changes, lang)
        rule.with_context(lang="zh_CN").name = "生鲜食品"
        self.assertTrue(self.policy.has_changes)
        version = self.policy.version_id
        names = {
            lang: version.with_context(lang=lang)._to_version().rules[0].name
            for lang in ("en_US", "zh_CN")
        }
        self.assertEqual(names, {"en_US": "Fresh food", "zh_CN": "生鲜"})

    def test_a_language_that_is_added_later_changes_nothing(self):
        self.rule("Fresh food")
        self.policy.action_publish()
        self.env["res.lang"]._activate_lang("zh_CN")
        self.policy.invalidate_recordset(["has_changes"])
        self.assertFalse(self.policy.has_changes)

    def test_a_version_of_the_first_format_still_opens_and_compares(self):
        self.rule("Fresh food")
        self.policy.action_publish()
        self.env.cr.execute(
            """
            UPDATE return_policy_version
               SET snapshot = jsonb_set(
                   snapshot #- '{rules,0,names}', '{format}', '1')
             WHERE id = %s
            """,
            [self.policy.version_id.id],
        )
        self.env.registry.clear_cache()
        self.env.invalidate_all()
        self.assertEqual(
            self.policy.version_id._to_version().rules[0].name, "Fresh food"
        )
        self.assertFalse(self.policy.has_changes)

    def test_many_drafts_are_compared_with_the_queries_of_one(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        for name in ("Fresh food", "Shoes"):
            self.rule(name)
        policies = self.policy
        for number in range(8):
            policies |= self.policy.copy({"name": f"Copy {number}"})
        policies.action_publish()
        counts = []
        for some in (policies, policies[:1], policies):  # the first warms the caches
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(some.mapped("has_changes"), [False] * len(some))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
