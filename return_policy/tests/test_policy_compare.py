"""Two versions, or a version and the draft, side by side: only what differs."""

import re
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .policy_common import PolicyCase

GROUP = "return_policy.group_return_"


@tagged("post_install", "-at_install")
class TestPolicyCompare(PolicyCase):
    def compare(self, action):
        """Return the rows of the table which an action shows, as lists of cells."""
        model = self.env[action["res_model"]].with_context(**action["context"])
        html = Form(model).changes_html
        return [
            [
                re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", cell)).strip()
                for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
            ]
            for row in re.findall(r"<tr.*?</tr>", html, re.DOTALL)
        ]

    def test_only_what_differs_is_shown_in_words(self):
        self.policy.write(
            {
                "window_days": 15,
                "refund_on": "received",
                "fee_flat": 0,
                "checked_on": date(2026, 11, 22),
            }
        )
        self.assertEqual(
            self.compare(self.policy.action_compare()),
            [
                ["", "7-day return v1", "Draft of 7-day return"],
                ["Return Window", "7 days", "15 days"],
                ["Refund", "After inspection", "When the goods are received"],
                ["Checked On", "11/21/2026", "11/22/2026"],
            ],
        )

    def test_rules_are_marked_as_added_removed_changed_and_moved(self):
        gone = self.rule("Fresh food", sequence=1)
        changed = self.rule("Shoes", kind="window", window_days=15, sequence=2)
        first = self.rule("Music", kind="window", window_days=20, sequence=3)
        second = self.rule("Books", kind="window", window_days=30, sequence=4)
        for rule in changed | first | second:
            rule.product_domain = f"[('name', '!=', '{rule.name}')]"
        self.policy.action_publish()
        gone.unlink()
        changed.window_days = 16
        second.sequence = 2
        first.sequence = 4
        self.rule("Bags", kind="fee", percent=5, days_from=8, sequence=9)
        rows = self.compare(self.policy.action_compare())[1:]
        self.assertEqual(
            sorted(rows),
            [
                ["Added", "", "Fee 5 % from day 8 after receipt"],
                ["Changed", "Window 15 days for Shoes", "Window 16 days for Shoes"],
                [
                    "Moved",
                    "Window 20 days for Music · asked after “Shoes”",
                    "Window 20 days for Music · asked after “Books”",
                ],
                ["Removed", "Refuse “no reason” — art. 6(2)", ""],
            ],
        )

    def test_a_condition_that_no_sentence_tells_is_shown_as_it_is(self):
        rule = self.rule("Shoes", kind="window", window_days=15)
        self.policy.action_publish()
        rule.product_domain = "[('list_price', '>', 9)]"
        rows = self.compare(self.policy.action_compare())[1:]
        self.assertEqual(
            rows,
            [
                [
                    "Changed",
                    "Window 15 days · Products: []",
                    "Window 15 days for Shoes · Products: [('list_price', '&gt;', 9)]",
                ]
            ],
        )

    def test_without_a_difference_it_says_so(self):
        action = self.policy.action_compare()
        model = self.env[action["res_model"]].with_context(**action["context"])
        self.assertIn("No difference.", Form(model).changes_html)

    def test_a_policy_never_published_has_nothing_to_compare_with(self):
        draft = self.policy.copy()
        action = draft.action_compare()
        model = self.env[action["res_model"]].with_context(**action["context"])
        self.assertIn("this is the first version", Form(model).changes_html)

    def test_the_publish_dialog_shows_what_changes(self):
        self.policy.window_days = 15
        action = self.policy.action_open_publish()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        self.assertIn("15 days", dialog.changes_html)
        self.assertNotIn("After inspection", dialog.changes_html)

    def test_two_versions_are_put_in_the_order_of_their_time(self):
        self.policy.window_days = 15
        self.policy.action_publish()
        new = self.policy.version_id
        rows = [
            ["", "7-day return v1", "7-day return v2"],
            ["Return Window", "7 days", "15 days"],
        ]
        for versions in (new | self.version, self.version | new, new):
            self.assertEqual(self.compare(versions.action_compare()), rows)

    def test_more_than_two_versions_are_too_many(self):
        self.policy.action_publish()
        self.policy.action_publish()
        with self.assertRaisesRegex(UserError, "Choose two versions"):
            self.policy.version_ids.action_compare()

    def test_people_of_returns_compare_and_nobody_else(self):
        self.policy.window_days = 15
        self.policy.action_publish()
        for role in ("agent", "warehouse", "lead", "manager"):
            user = self.make_user(f"compare_{role}", f"{GROUP}{role}")
            action = self.policy.version_id.with_user(user).action_compare()
            model = self.env[action["res_model"]].with_user(user)
            form = Form(model.with_context(**action["context"]))
            self.assertIn("15 days", form.changes_html)
        salesman = self.make_user("compare_sales", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.env["return.policy.compare"].with_user(salesman).create({})

    def test_versions_of_other_companies_stay_unread(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        stranger = self.make_user(
            "compare_stranger",
            f"{GROUP}manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        own = other.return_policy_id.version_id
        model = self.env["return.policy.compare"].with_user(stranger)
        for vals in (
            {"old_version_id": self.version.id, "new_version_id": own.id},
            {"old_version_id": own.id, "new_version_id": self.version.id},
            {"old_version_id": own.id, "policy_id": self.policy.id},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                model.create(vals).read(["changes_html"])
