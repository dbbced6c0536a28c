"""Refusals and what a person judges, by the law of each preset."""

from odoo.tests import tagged

from ..policy.terms import Rule
from .verdict_text_common import (
    CARRIER,
    INSIDE,
    JUDGED,
    OPEN_TO_10,
    QUALITY,
    VerdictTextCase,
)


@tagged("post_install", "-at_install")
class TestVerdictTextRefused(VerdictTextCase):
    def test_grounds_name_the_article_of_the_law_of_the_policy(self):
        fresh = "Not returnable without a reason: fresh or perishable goods (%s)"
        laws = {
            "CN-7": ("No: art. 6(2)", "7-day return rules, art. 6(2)"),
            "EU-14": ("No: art. 16(d)", "Directive 2011/83/EU, art. 16(d)"),
            "UK-14": (
                "No: reg. 28(1)(c)",
                "Consumer Contracts Regulations 2013, reg. 28(1)(c)",
            ),
            "STORE": ("Not returnable", "shop policy"),
        }
        for preset, (chip, law) in laws.items():
            self.check("excluded", chip, fresh % law, preset=preset, exclusion="A6_2")

    def test_grounds_say_that_they_were_confirmed_or_opened(self):
        self.check(
            "excluded",
            "No: art. 7(2)",
            "Not returnable without a reason: goods that lose value once activated or "
            "tried, as the buyer confirmed at the purchase (7-day return rules, art. "
            "7(2))",
            exclusion="A7_2",
            confirmed_at=INSIDE,
        )
        self.check(
            "in_window",
            "Until 10 Nov",
            OPEN_TO_10 + "2026); no purchase confirmation is recorded, so the "
            "exclusion (7-day return rules, art. 7(2)) does not hold",
            exclusion="A7_2",
        )
        self.check(
            "excluded",
            "No: art. 16(e)",
            "Not returnable without a reason: goods whose safety or quality suffers "
            "from opening, and opened (Directive 2011/83/EU, art. 16(e))",
            preset="EU-14",
            exclusion="A7_1",
            seal="opened",
        )
        self.check(
            "ask_opened",
            "To be judged",
            JUDGED + "ask whether it was opened; sealed goods may come back, opened "
            "ones may not (7-day return rules, art. 6(3))",
            exclusion="A6_3",
        )

    def test_every_ground_has_its_words(self):
        lines = self.env["sale.order.line"]
        codes = self.env["product.template"]._fields["return_exclusion"]
        for code, _label in [*codes.selection, ("B2B", "")]:
            self.assertTrue(lines._return_ground(code), code)

    def test_rules_that_refuse_are_named(self):
        self.check(
            "rule_refused",
            "No: art. 6(1)",
            "Not returnable without a reason: rule “Engraved” (7-day return rules, art."
            " 6(1))",
            Rule(1, "Engraved", "refuse", legal_code="A6_1"),
        )
        self.check(
            "rule_refused",
            "Not returnable",
            "Not returnable without a reason: rule “Outlet” (shop policy)",
            Rule(1, "Outlet", "approval", value="refuse"),
            preset="STORE",
        )
        self.check(
            "below_floor",
            "To be judged",
            JUDGED + "rule “Outlet” refuses what the law gives (7-day return rules, "
            "art. 6, 7)",
            Rule(1, "Outlet", "approval", value="refuse"),
        )
        self.check(
            "rule_review",
            "To be judged",
            JUDGED + "rule “Used up” objects, but a fault is never refused by itself",
            Rule(1, "Used up", "refuse", reasons=frozenset(("quality",))),
            reason=QUALITY,
        )
        self.check(
            "rule_broken",
            "To be judged",
            JUDGED + "rule “Season” can no longer be evaluated; repair it and publish "
            "the policy again",
            broken_rule="Season",
        )

    def test_a_remedy_that_is_not_offered_names_those_that_are(self):
        only = Rule(
            1, "Only", "remedies", remedies=frozenset(("return_refund", "exchange"))
        )
        offered = "offered: “Return and refund” and “Exchange”"
        self.check(
            "remedy",
            "Not offered",
            f"“Repair” is not offered; {offered}",
            only,
            remedy="repair",
        )
        self.check(
            "remedy",
            "To be judged",
            f"{JUDGED}“Repair” is not offered; {offered}",
            only,
            remedy="repair",
            reason=QUALITY,
        )
        self.check(
            "shipped",
            "Shipped",
            "Too late to cancel: the goods are shipped; they may be returned once they "
            "arrived",
            remedy="cancel",
        )

    def test_what_a_person_judges(self):
        self.check(
            "refund_only",
            "To be judged",
            JUDGED + "a refund without the goods coming back",
            remedy="refund_only",
        )
        self.check(
            "by_person",
            "To be judged",
            JUDGED + "“Repair” is agreed with the buyer case by case",
            remedy="repair",
        )
        self.check(
            "other_regime",
            "To be judged",
            JUDGED + "the return window does not bind this reason",
            reason=CARRIER,
        )
