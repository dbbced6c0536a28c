"""Rules hold what their effect needs, no more; each error says where and what to do."""

from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..models.return_policy_rule import EFFECT_FIELDS
from ..policy.terms import KINDS, Rule
from .policy_common import PolicyCase

FRESH = "[('categ_id.name', 'ilike', 'fresh')]"
# one value for each field that says what a rule does
EFFECTS = {
    "approval": "auto",
    "freight_payer": "insurance",
    "refund_on": "scanned",
    "window_days": 15,
    "percent": 12.5,
    "amount": 3.5,
    "evidence_photos": 2,
    "evidence_video": True,
    "legal_code": "A7_1",
    "needs_confirmation": True,
}
# conditions which are called and counted alike in a record and in a pure rule
CONDITIONS = {
    "customer_domain": "[('customer_rank', '>', 0)]",
    "order_domain": "[('tag_ids.name', '=', 'Live')]",
    "days_from": 8,
    "days_to": 30,
    "goods": "received",
    "seal": "opened",
    "returns_min": 3,
    "returns_days": 60,
    "ordered_from": "2026-11-01",
    "ordered_to": "2026-11-11",
}
REFUSED = (
    ({"kind": False}, "Rule “R” does nothing: choose one in the field Effect."),
    (
        {"kind": "window"},
        "Rule “R” is about the return window: enter at least 1 in the field Days. To "
        "take nothing back, choose the effect Refuse.",
    ),
    (
        {"kind": "remedies"},
        "Rule “R” does nothing yet: choose in the field Remedies Offered.",
    ),
    (
        {"kind": "approval"},
        "Rule “R” does nothing yet: choose in the field Approval.",
    ),
    ({"kind": "freight"}, "Rule “R” does nothing yet: choose in the field Paid by."),
    ({"kind": "refund_on"}, "Rule “R” does nothing yet: choose in the field Refund."),
    (
        {"kind": "fee", "percent": 100.01},
        "Rule “R”: Percentage cannot be over 100. Enter 0 to 100.",
    ),
    (
        {"kind": "bonus", "percent": 250},
        "Rule “R”: Percentage cannot be over 100. Enter 0 to 100.",
    ),
    (
        {"kind": "fee", "percent": -1},
        "Rule “R”: Percentage cannot be negative. Enter 0 or more.",
    ),
    (
        {"kind": "keep_item", "amount": -0.01},
        "Rule “R”: Amount cannot be negative. Enter 0 or more.",
    ),
    (
        {"kind": "window", "window_days": -1},
        "Rule “R”: Days cannot be negative. Enter 0 or more.",
    ),
    (
        {"kind": "window", "window_days": 36501},
        "Rule “R”: Days cannot be over 36500. Enter 0 to 36500.",
    ),
    (
        {"returns_min": 1, "returns_days": 99999999},
        "Rule “R”: In the Last Days cannot be over 36500. Enter 0 to 36500.",
    ),
    (
        {"kind": "evidence", "evidence_photos": -1},
        "Rule “R”: Photos cannot be negative. Enter 0 or more.",
    ),
    ({"days_from": -1}, "Rule “R”: From Day cannot be negative. Enter 0 or more."),
    ({"days_to": -1}, "Rule “R”: To Day cannot be negative. Enter 0 or more."),
    ({"amount_from": -1}, "Rule “R”: Price From cannot be negative. Enter 0 or more."),
    ({"amount_to": -1}, "Rule “R”: Price To cannot be negative. Enter 0 or more."),
    (
        {"returns_min": -1},
        "Rule “R”: Returned at Least cannot be negative. Enter 0 or more.",
    ),
    (
        {"returns_days": -1},
        "Rule “R”: In the Last Days cannot be negative. Enter 0 or more.",
    ),
    (
        {"returns_min": 2, "returns_days": 0},
        "Rule “R” counts earlier returns: enter in the field In the Last Days how many "
        "days back.",
    ),
    (
        {"days_from": 8, "days_to": 7},
        "Rule “R” could never fit: From Day lies after To Day. Swap them, or leave one "
        "empty.",
    ),
    (
        {"amount_from": 10.01, "amount_to": 10},
        "Rule “R” could never fit: Price From lies after Price To. Swap them, or leave "
        "one empty.",
    ),
    (
        {"ordered_from": "2026-11-12", "ordered_to": "2026-11-11"},
        "Rule “R” could never fit: Bought From lies after Bought To. Swap them, or "
        "leave one empty.",
    ),
    (
        {"kind": "freight", "freight_payer": "merchant", "needs_confirmation": True},
        "Rule “R”: Needs Purchase Confirmation is only for rules that refuse. Untick "
        "it, or choose the effect Refuse.",
    ),
)
ACCEPTED = (
    {"kind": "fee"},  # none, as an exception from the policy's
    {"kind": "fee", "percent": 100},
    {"kind": "bonus"},
    {"kind": "keep_item"},
    {"kind": "evidence"},
    {"kind": "window", "window_days": 1},
    {"days_from": 7, "days_to": 7},
    {"days_from": 8},
    {"amount_from": 10, "amount_to": 10},
    {"ordered_from": "2026-11-11", "ordered_to": "2026-11-11"},
    {"returns_min": 1},
)


@tagged("post_install", "-at_install")
class TestPolicyRule(PolicyCase):
    def every_effect(self):
        """Return a value for each effect field, whatever the kind."""
        remedies = self.env.ref("return_policy.remedy_exchange")
        return {**EFFECTS, "remedy_ids": [Command.set(remedies.ids)]}

    def test_a_rule_that_means_nothing_is_refused_naming_rule_and_field(self):
        for vals, message in REFUSED:
            with self.subTest(**vals), self.assertRaises(ValidationError) as caught:
                self.rule("R", **vals)
            self.assertEqual(str(caught.exception), message)
        self.assertFalse(self.policy.rule_ids)

    def test_the_same_holds_when_a_good_rule_is_changed(self):
        for vals, message in REFUSED:
            rule = self.rule("R")
            with self.subTest(**vals), self.assertRaises(ValidationError) as caught:
                rule.write(vals)
            self.assertEqual(str(caught.exception), message)

    def test_an_effect_must_be_given(self):
        with self.assertRaisesRegex(ValidationError, "Rule “R” does nothing"):
            self.env["return.policy.rule"].create(
                {"policy_id": self.policy.id, "name": "R"}
            )

    def test_bounds_themselves_are_accepted(self):
        for vals in ACCEPTED:
            with self.subTest(**vals):
                self.assertTrue(self.rule("R", **vals).exists())

    def test_each_kind_freezes_its_own_values_and_no_others(self):
        exchange = frozenset(("exchange",))
        expected = {
            "refuse": {"legal_code": "A7_1", "needs_confirmation": True},
            "window": {"days": 15},
            "remedies": {"remedies": exchange},
            "approval": {"value": "auto"},
            "fee": {"percent": 1250, "amount": 350},
            "freight": {"value": "insurance"},
            "evidence": {"photos": 2, "video": True},
            "refund_on": {"value": "scanned"},
            "keep_item": {"amount": 350},
            "bonus": {"percent": 1250, "amount": 350},
        }
        self.assertEqual(set(expected), set(KINDS))
        self.assertEqual(set(EFFECT_FIELDS), set(KINDS))
        # straight from the kind that may hold them all to one that must not
        rule = self.rule("R", kind="refuse", **self.every_effect())
        for kind, values in expected.items():
            with self.subTest(kind=kind):
                rule.write(
                    {"kind": kind, "needs_confirmation": kind == "refuse"},
                )
                self.assertEqual(
                    rule._to_rule(),
                    Rule(key=rule.id, name="R", kind=kind, domain="[]", **values),
                )

    def test_choosing_another_effect_empties_what_the_screen_then_hides(self):
        rule = self.rule("R", kind="refuse", **self.every_effect())
        with Form(rule) as form:
            form.kind = "fee"
            form.percent = 5
        self.assertEqual(rule.percent, 5)
        for name in set(self.every_effect()) - {"percent", "amount"}:
            self.assertFalse(rule[name], name)

    def test_every_condition_is_frozen(self):
        ref = self.env.ref
        size = ref("return_policy.reason_no_reason_size")
        rule = self.rule(
            "R",
            kind="fee",
            product_domain=FRESH,
            amount_from=10,
            amount_to=99.99,
            reason_ids=[Command.link(size.id)],
            for_remedy_ids=[Command.link(ref("return_policy.remedy_exchange").id)],
            **CONDITIONS,
        )
        self.assertEqual(
            rule._to_rule(),
            Rule(
                key=rule.id,
                name="R",
                kind="fee",
                domain=FRESH,
                amount_from=1000,
                amount_to=9999,
                reasons=frozenset(("no_reason_size",)),
                for_remedies=frozenset(("exchange",)),
                **CONDITIONS,
            ),
        )
        self.assertEqual(rule.ordered_to, date(2026, 11, 11))

    def test_a_rule_without_conditions_fits_everything(self):
        rule = self.rule("R", customer_domain=False, product_domain=False)
        self.assertEqual(rule._to_rule().domain, "[]")
        self.assertEqual(rule._to_rule().customer_domain, "")
        self.assertTrue(rule._to_rule().is_plain)
        self.assertEqual(rule._to_rule().returns_days, 0)

    def test_amounts_count_in_the_smallest_unit_of_the_companys_currency(self):
        yen = self.env["res.currency"].create(
            {"name": "JPX", "symbol": "J", "rounding": 1.0}
        )
        other = self.env["res.company"].create(
            {"name": "Tokyo shop", "currency_id": yen.id}
        )
        rule = self.rule("R", kind="keep_item")
        rule.policy_id = self.env["return.policy"].create(
            {"name": "Tokyo", "company_id": other.id}
        )
        rule.amount = 1500
        self.assertEqual(rule._to_rule().amount, 1500)

    def test_only_managers_write_rules(self):
        rule = self.rule("R")
        for role in ("agent", "warehouse", "lead"):
            user = self.make_user(f"rule_{role}", f"return_policy.group_return_{role}")
            seen = rule.with_user(user)
            self.assertEqual(seen.sentence, "Refuse “no reason” — art. 6(2)")
            with self.assertRaises(AccessError):
                seen.kind = "fee"
            with self.assertRaises(AccessError):
                seen.create({"policy_id": self.policy.id, "name": "S", "kind": "fee"})
            with self.assertRaises(AccessError):
                seen.unlink()
        self.assertEqual(self.policy.rule_ids, rule)
        self.assertEqual(rule.kind, "refuse")
        manager = self.make_user("rule_manager", "return_policy.group_return_manager")
        rule.with_user(manager).write({"product_domain": FRESH})
        self.assertEqual(rule.product_domain, FRESH)
