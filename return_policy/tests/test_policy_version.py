"""A version says for good what was published, to everybody who may read it."""

from dataclasses import fields

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..models.return_policy_text import SECTIONS
from ..policy.terms import Terms
from .policy_common import PolicyCase

GROUP = "return_policy.group_return_"
# How the terms of the test below read, less those that depend on the database.
WORDS = {
    "Approve Automatically": "Yes",
    "Assumed Transit": "Never",
    "Bonus for Store Credit": "2.5 %",
    "Buyer Keeps Goods up to": "Never",
    "Buyers Are Told Beforehand": "Yes",
    "Deduct Free Delivery Lost": "Yes",
    "Fee per Piece": "None",
    "Flat Bonus": "None",
    "Give Delivery Costs Back": "When the merchant is liable",
    "Last Day": "Moves past days off",
    "Legal Floor": "China: 7 days without a reason",
    "Photos Asked for": "2",
    "Quality Window": "7 days",
    "Refund": "After inspection",
    "Refund Counted from": "the goods came back",
    "Refund within": "7 days",
    "Restocking Fee": "None",
    "Return Freight Paid by": "Buyer",
    "Return Window": "7 days",
    "Settle Promotions Again": "Yes",
    "Time Zone": "Asia/Shanghai",
    "Video Asked for": "No",
}


@tagged("post_install", "-at_install")
class TestPolicyVersion(PolicyCase):
    def test_a_published_version_cannot_be_changed_by_anybody(self):
        for env in (self.env, self.env(su=True)):
            version = self.version.with_env(env)
            with self.assertRaisesRegex(UserError, "cannot be changed"):
                version.note = "better"
            with self.assertRaisesRegex(UserError, "cannot be changed"):
                version.is_retroactive = True
            with self.assertRaisesRegex(UserError, "cannot be deleted"):
                version.unlink()
        self.assertTrue(self.version.exists())
        self.assertFalse(self.version.note == "better")
        self.assertFalse(self.version.is_retroactive)

    def test_each_term_is_read_in_one_section(self):
        named = [name for names in SECTIONS.values() for name in names]
        terms = [item.name for item in fields(Terms) if item.init]
        self.assertEqual(sorted(named), sorted(terms))

    def test_a_version_reads_as_it_was_published(self):
        self.policy.write(
            {
                "auto_approve": True,
                "auto_approve_max": 100,
                "transit_days": 0,
                "bonus_percent": 2.5,
                "evidence_photos": 2,
            }
        )
        rule = self.rule("Fresh food")
        self.policy.action_publish()
        version = self.policy.version_id
        sentence = rule.sentence
        rule.unlink()
        self.policy.write({"refund_on": "approval", "auto_approve_max": 5})
        shown = {
            label: words
            for section in version._in_words()["sections"].values()
            for label, words in section.values()
        }
        self.assertEqual(
            shown,
            WORDS
            | {
                "Automatic up to": self.company.currency_id.format(100),
                "Remedies on Offer": ", ".join(
                    self.env["return.remedy"].search([]).mapped("name")
                ),
            },
        )
        self.assertIn("After inspection", version.terms_html)
        self.assertIn(sentence, version.terms_html)

    def test_a_version_without_rules_says_so(self):
        self.assertIn(
            "No rules: the terms hold for every case.", self.version.terms_html
        )

    def test_a_version_counts_what_stands_under_it(self):
        lines = self.delivered() | self.delivered()
        request = self.env["return.request"].create(
            {
                "sale_order_id": lines[0].order_id.id,
                "line_ids": [
                    Command.create(
                        {"sale_line_id": lines[0].id, "remedy": "return_refund"}
                    )
                ],
            }
        )
        request.action_submit()
        self.assertEqual(self.version.order_count, 2)
        self.assertEqual(self.version.request_count, 1)
        orders = self.version.action_view_orders()
        found = self.env[orders["res_model"]].search(orders["domain"])
        self.assertEqual(found, lines.order_id)
        requests = self.version.action_view_requests()
        found = self.env[requests["res_model"]].search(requests["domain"])
        self.assertEqual(found, request)

    def test_people_read_versions_and_count_what_they_may_see(self):
        salesman = self.make_user("version_salesman", "sales_team.group_sale_salesman")
        order = self.order()
        for role in ("agent", "warehouse", "lead", "manager"):
            user = self.make_user(f"version_{role}", f"{GROUP}{role}")
            version = self.version.with_user(user)
            self.assertEqual(version.display_name, "7-day return v1")
            self.assertIn("After inspection", version.terms_html)
            if role != "warehouse":
                self.assertEqual(version.order_count, 1)
            self.assertEqual(version.request_count, 0)
        seen = self.version.with_user(salesman)
        self.assertEqual(seen.display_name, "7-day return v1")
        self.assertIn("After inspection", seen.terms_html)
        order.user_id = self.env.ref("base.user_admin")
        self.assertEqual(seen.order_count, 0)
        with self.assertRaises(AccessError):
            seen.read(["request_count"])
        portal = self.make_user("version_portal", "base.group_portal")
        for method in ("action_view_orders", "action_view_requests", "action_compare"):
            with self.assertRaises(AccessError):
                getattr(self.version.with_user(portal), method)()
