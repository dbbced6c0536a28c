"""Each rule reads as one plain sentence, in draft and when it is frozen."""

from odoo.fields import Command
from odoo.tests import tagged

from ..policy.terms import Rule
from .policy_common import PolicyCase

ALL = frozenset(("return_refund", "exchange"))
# effects, without conditions
EFFECTS = (
    (Rule(1, "R", "refuse", legal_code="A6_2"), "Refuse “no reason” — art. 6(2)"),
    (Rule(1, "R", "refuse"), "Refuse “no reason” — no legal ground"),
    (
        Rule(1, "R", "refuse", reasons=frozenset(("no_reason_size",))),
        "Refuse “Size or colour does not suit” — no legal ground",
    ),
    (
        Rule(1, "R", "refuse", legal_code="A7_1", needs_confirmation=True),
        "Refuse “no reason” where the buyer confirmed it at the purchase — art. 7(1)",
    ),
    (Rule(1, "R", "window", days=1), "Window 1 day"),
    (Rule(1, "R", "window", days=15), "Window 15 days"),
    (
        Rule(1, "R", "remedies", remedies=ALL),
        "Offer only “Return and refund” and “Exchange”",
    ),
    (Rule(1, "R", "approval", "auto"), "Approve automatically"),
    (Rule(1, "R", "approval", "review"), "A person approves"),
    (Rule(1, "R", "approval", "refuse"), "Approve nothing"),
    (Rule(1, "R", "fee", percent=1000), "Fee 10 %"),
    (Rule(1, "R", "fee", percent=1250), "Fee 12.5 %"),
    (Rule(1, "R", "fee", amount=500), "Fee {5} per piece"),
    (Rule(1, "R", "fee", percent=500, amount=500), "Fee 5 % and {5} per piece"),
    (Rule(1, "R", "fee"), "No fee"),
    (Rule(1, "R", "freight", "consumer"), "The buyer pays the way back"),
    (Rule(1, "R", "freight", "merchant"), "The merchant pays the way back"),
    (
        Rule(1, "R", "freight", "insurance"),
        "The freight insurance pays the way back",
    ),
    (Rule(1, "R", "evidence", photos=2), "Ask for photos (2)"),
    (Rule(1, "R", "evidence", video=True), "Ask for a video"),
    (
        Rule(1, "R", "evidence", photos=2, video=True),
        "Ask for photos (2) and a video",
    ),
    (Rule(1, "R", "evidence"), "Ask for no photos or video"),
    (Rule(1, "R", "refund_on", "approval"), "Refund at approval"),
    (
        Rule(1, "R", "refund_on", "scanned"),
        "Refund when the carrier scanned the parcel",
    ),
    (Rule(1, "R", "refund_on", "received"), "Refund when the goods are received"),
    (Rule(1, "R", "refund_on", "inspected"), "Refund after inspection"),
    (Rule(1, "R", "keep_item", amount=1500), "The buyer keeps goods up to {15}"),
    (Rule(1, "R", "keep_item"), "The goods always come back"),
    (Rule(1, "R", "bonus", percent=500), "Bonus of 5 % for store credit"),
    (Rule(1, "R", "bonus", amount=1000), "Bonus of {10} for store credit"),
    (
        Rule(1, "R", "bonus", percent=500, amount=1000),
        "Bonus of 5 % and {10} for store credit",
    ),
    (Rule(1, "R", "bonus"), "No bonus for store credit"),
    (Rule(1, "R", ""), "Does nothing yet"),
)
# conditions, of a rule “Shoes” on the window
CONDITIONS = (
    ({"domain": "[('name', '=', 'x')]"}, "for Shoes"),
    ({"customer_domain": "[('name', '=', 'x')]"}, "for Shoes"),
    ({"domain": "[]", "order_domain": "[]"}, ""),
    (
        {"name": "", "domain": "[('id', '=', 1)]", "order_domain": "[('id', '=', 1)]"},
        "for certain products, certain orders",
    ),
    ({"name": "", "customer_domain": "[('id', '=', 1)]"}, "for certain customers"),
    (
        {"reasons": frozenset(("quality_fake", "quality_fault"))},
        "for the reason “Quality fault” or “Fake”",
    ),
    ({"reasons": frozenset(("gone",))}, "for the reason “gone”"),
    ({"for_remedies": frozenset(("exchange",))}, "for “Exchange”"),
    ({"amount_from": 1000}, "from {10}"),
    ({"amount_to": 10000}, "up to {100}"),
    ({"amount_from": 1000, "amount_to": 10000}, "from {10} to {100}"),
    ({"goods": "unshipped"}, "before shipping"),
    ({"goods": "shipped"}, "while on the way"),
    ({"goods": "received"}, "once received"),
    ({"seal": "sealed"}, "when unopened"),
    ({"seal": "opened"}, "when opened"),
    ({"days_from": 8}, "from day 8 after receipt"),
    ({"days_to": 14}, "up to day 14 after receipt"),
    ({"days_from": 8, "days_to": 14}, "from day 8 to day 14 after receipt"),
    (
        {"returns_min": 3, "returns_days": 90},
        "after 3 or more returns in 90 days",
    ),
    ({"ordered_from": "2026-11-01"}, "when bought from 1 Nov 2026"),
    ({"ordered_to": "2026-11-11"}, "when bought up to 11 Nov 2026"),
    (
        {"ordered_from": "2026-11-01", "ordered_to": "2026-11-11"},
        "when bought 1 Nov 2026 – 11 Nov 2026",
    ),
    (
        {"domain": "[('id', '=', 1)]", "seal": "opened", "days_from": 8},
        "for Shoes, when opened, from day 8 after receipt",
    ),
)
GROUNDS = (
    ("CN-7", "A6_2", " — art. 6(2)"),
    ("EU-14", "A6_2", " — art. 16(d)"),
    ("UK-14", "A6_2", " — reg. 28(1)(c)"),
    ("UK-14", "B2B", " — reg. 4"),
    ("EU-14", "A7_2", " — no legal ground"),
    ("CN-7", "E16_B", " — no legal ground"),
    ("STORE", "A6_2", ""),
    ("STORE", "", ""),
)


@tagged("post_install", "-at_install")
class TestPolicyRuleText(PolicyCase):
    def say(self, rule, preset="CN-7"):
        rules = self.env["return.policy.rule"]
        currency = self.company.currency_id
        return rules._describe(rule, rules._names_for(preset, currency))

    def money(self, text):
        """Replace {5} by the amount as the company's currency is written."""
        for units in (5, 10, 15, 100):
            amount = self.company.currency_id.format(units)
            text = text.replace(f"{{{units}}}", amount)
        return text

    def test_every_effect_reads_as_a_sentence(self):
        for rule, sentence in EFFECTS:
            with self.subTest(sentence):
                self.assertEqual(self.say(rule), self.money(sentence))

    def test_every_condition_is_said(self):
        for vals, condition in CONDITIONS:
            with self.subTest(condition):
                rule = Rule(**{"key": 1, "name": "Shoes", "kind": "window", **vals})
                said = self.say(rule).removeprefix("Window 0 days").strip()
                self.assertEqual(said, self.money(condition))

    def test_a_ground_is_named_by_the_article_of_the_policys_law(self):
        for preset, code, ground in GROUNDS:
            with self.subTest(preset=preset, code=code):
                rule = Rule(1, "R", "refuse", legal_code=code)
                self.assertEqual(self.say(rule, preset), f"Refuse “no reason”{ground}")

    def test_the_draft_reads_like_the_version_made_of_it(self):
        drafts = (
            self.rule("Fresh food", product_domain="[('name', 'ilike', 'fresh')]")
            | self.rule("Opened", kind="fee", percent=10, seal="opened", days_from=8)
            | self.rule(
                "Small sums",
                kind="approval",
                approval="auto",
                amount_to=100,
                for_remedy_ids=[
                    Command.link(self.env.ref("return_policy.remedy_return_refund").id)
                ],
            )
        )
        sentences = drafts.mapped("sentence")
        self.assertEqual(
            sentences,
            [
                "Refuse “no reason” on Fresh food — art. 6(2)",
                "Fee 10 % when opened, from day 8 after receipt",
                self.money(
                    "Approve automatically up to {100}, for “Return and refund”"
                ),
            ],
        )
        frozen = self.policy._to_version(9).rules
        self.assertEqual([self.say(rule) for rule in frozen], sentences)

    def test_the_sentence_follows_the_policys_law(self):
        rule = self.rule("R")
        self.assertEqual(rule.sentence, "Refuse “no reason” — art. 6(2)")
        self.policy.preset = "EU-14"
        self.assertEqual(rule.sentence, "Refuse “no reason” — art. 16(d)")

    def test_sentences_of_a_policy_need_no_query_per_rule(self):
        rules = self.env["return.policy.rule"]
        for count in (3, 30):
            for number in range(count):
                rules |= self.rule(
                    f"R{number}",
                    kind="evidence",
                    reason_ids=[
                        Command.link(self.env.ref("return_policy.reason_quality").id)
                    ],
                )
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertQueryCount(13):
                rules.mapped("sentence")

    def test_lists_dates_and_numbers_are_written_as_the_reader_does(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["res.lang"]._activate_lang("de_DE")
        rule = self.rule("R", kind="fee", percent=12.5)
        self.assertIn("12,5 %", rule.with_context(lang="de_DE").sentence)
        self.assertIn("12.5", rule.with_context(lang="zh_CN").sentence)
