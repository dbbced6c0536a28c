"""A policy is made from a preset, with its legal floor in plain words before it."""

import re

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..policy.law import FLOORS
from .policy_common import PolicyCase


@tagged("post_install", "-at_install")
class TestPolicyNew(PolicyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Shanghai"
        cls.manager = cls.make_user("maker", "return_policy.group_return_manager")
        cls.europe = cls.env.ref("return_policy.preset_eu_14")

    def words(self, preset):
        """Return the floor of a preset as plain text, one line a row."""
        html = self.env.ref(f"return_policy.{preset}").floor_html
        rows = re.findall(r"<tr>(.*?)</tr>|<h5>(.*?)</h5>", str(html))
        return [
            " | ".join(filter(None, re.split(r"<[^>]+>", row or title)))
            for row, title in rows
        ]

    def test_the_dialog_makes_a_draft_of_the_preset_and_opens_it(self):
        dialog = Form(self.env["return.policy.new"].with_user(self.manager))
        dialog.preset_id = self.europe
        self.assertEqual(dialog.name, "EU 14-day withdrawal")
        self.assertEqual(dialog.tz, "Europe/Berlin")
        self.assertEqual(dialog.source, self.europe.source)
        self.assertEqual(str(dialog.checked_on), "2026-11-21")
        dialog.name = "Europe shop"
        dialog.tz = "Europe/Paris"
        action = dialog.save().action_create()
        policy = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(policy.name, "Europe shop")
        self.assertEqual(policy.tz, "Europe/Paris")
        self.assertEqual(policy.company_id, self.company)
        self.assertEqual(policy.country_group_ids, self.env.ref("base.europe"))
        self.assertEqual(policy.source, self.europe.source)
        self.assertEqual(policy.checked_on, self.europe.checked_on)
        self.assertFalse(policy.version_ids)
        self.assertTrue(policy.has_changes)
        policy.tz = self.europe.tz
        self.assertEqual(policy._to_terms(), self.europe._to_terms())
        self.assertEqual(self.company.return_policy_id, self.policy)
        policy.with_user(self.manager).action_publish()
        self.assertFalse(policy.has_changes)

    def test_the_dialog_starts_with_the_preset_of_the_companys_country(self):
        self.company.country_id = self.env.ref("base.uk")
        self.company.partner_id.tz = "Europe/London"
        dialog = Form(self.env["return.policy.new"].with_user(self.manager))
        self.assertEqual(dialog.preset_id, self.env.ref("return_policy.preset_uk_14"))
        self.assertEqual(dialog.tz, "Europe/London")

    def test_the_policy_of_a_preset_is_named_in_every_language_in_use(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.europe.with_context(lang="zh_CN").name = "欧盟十四天"
        dialog = self.env["return.policy.new"].create({"preset_id": self.europe.id})
        policy = self.env["return.policy"].browse(dialog.action_create()["res_id"])
        self.assertEqual(policy.name, "EU 14-day withdrawal")
        self.assertEqual(policy.with_context(lang="zh_CN").name, "欧盟十四天")

    def test_only_managers_make_policies(self):
        count = self.env["return.policy"].search_count([])
        dialog = self.env["return.policy.new"].create({"preset_id": self.europe.id})
        for group in (
            "return_policy.group_return_agent",
            "return_policy.group_return_warehouse",
            "return_policy.group_return_lead",
            "base.group_system",
            "base.group_portal",
        ):
            user = self.make_user(f"new_{group}", group)
            with self.subTest(group):
                with self.assertRaises(AccessError):
                    self.env["return.policy.new"].with_user(user).create(
                        {"preset_id": self.europe.id}
                    )
                with self.assertRaises(AccessError):
                    dialog.with_user(user).action_create()
        self.assertEqual(self.env["return.policy"].search_count([]), count)

    def test_a_manager_makes_no_policy_for_a_company_of_others(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        stranger = self.make_user(
            "new_stranger",
            "return_policy.group_return_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        model = self.env["return.policy.new"].with_user(stranger)
        with self.assertRaises(AccessError):
            model.create(
                {"preset_id": self.europe.id, "company_id": self.company.id}
            ).action_create()
        made = model.create({"preset_id": self.europe.id}).action_create()["res_id"]
        self.assertEqual(self.env["return.policy"].browse(made).company_id, other)

    def test_the_floor_of_china_in_words(self):
        self.assertEqual(
            self.words("preset_cn_7"),
            [
                "Return window | At least 7 days for a return without a reason, from "
                "the day after receipt | 7-day return rules, art. 10",
                "Last day | A window which would end on a day off ends on the next day "
                "that is none | Civil Code, art. 203",
                "Faulty goods | At least 7 days to return them | Consumer Law, art. 24",
                "Refund | Within 7 days after the goods came back | 7-day return "
                "rules, art. 13",
                "Means of refund | Money back, the way it was paid, is always on offer "
                "| 7-day return rules, art. 14",
                "Restocking fee | None within the window of the law | 7-day return "
                "rules, art. 17",
                "Return freight | The merchant pays the way back of faulty goods | "
                "Consumer Law, art. 24",
                "A return without a reason may be refused only for",
                "Custom-made | 7-day return rules, art. 6(1)",
                "Fresh or perishable | 7-day return rules, art. 6(2)",
                "Downloaded or unsealed media, software | only once the buyer opened "
                "it | 7-day return rules, art. 6(3)",
                "Newspapers and periodicals | 7-day return rules, art. 6(4)",
                "Opening affects safety, hygiene or quality | only if the buyer "
                "confirmed it at the purchase | 7-day return rules, art. 7(1)",
                "Loses value once activated or tried | only if the buyer confirmed it "
                "at the purchase | 7-day return rules, art. 7(2)",
                "Near expiry or flawed, disclosed at the sale | only if the buyer "
                "confirmed it at the purchase | 7-day return rules, art. 7(3)",
                "Buyer is no consumer | 7-day return rules, art. 2",
            ],
        )

    def test_every_duty_and_ground_of_a_floor_is_named_with_its_article(self):
        for preset in self.env["return.policy.preset"].search([]):
            floor = FLOORS.get(preset.preset)
            if not floor:
                continue
            with self.subTest(preset.name):
                text = str(preset.floor_html)
                named = {
                    name
                    for name in floor.articles
                    if f" {floor.articles[name]}</td>" in text
                }
                # these two stand with the grounds themselves
                self.assertEqual(
                    set(floor.articles) - named - {"refusal", "confirmation"}, set()
                )
                for clause in floor.clauses.values():
                    self.assertIn(f" {clause.article}</td>", text)

    def test_the_clock_of_the_refund_in_words(self):
        clocks = {
            "preset_eu_14": "Within 14 days of the buyer's notice; it may wait for the "
            "goods or the proof that they were sent",
            "preset_uk_14": "Within 14 days after the goods, or the proof that they "
            "were sent, came in",
        }
        for preset, words in clocks.items():
            self.assertIn(f"Refund | {words} | ", "\n".join(self.words(preset)))

    def test_a_promise_of_the_shop_has_no_floor(self):
        html = self.env.ref("return_policy.preset_store_30").floor_html
        self.assertEqual(
            str(html), "<p>No law is checked: what the shop promises binds it.</p>"
        )
