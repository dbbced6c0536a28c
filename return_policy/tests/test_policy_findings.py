"""What is odd about a draft is said in one sentence, which names the rule."""

from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from ..policy.checks import Problem
from .findings_common import FindingsCase

# the kind and values of a rule, the sentence after its name
PROBLEMS = [
    (
        {"kind": "bonus", "percent": 5, "for_remedies": "exchange"},
        "error",
        "does nothing: its effect has no value which it could have.",
    ),
    (
        {"kind": "remedies", "remedies": "repair", "for_remedies": "exchange"},
        "error",
        "offers none of the remedies which it is for.",
    ),
    (
        {"kind": "window", "window_days": 9, "goods": "unshipped", "days_to": 3},
        "error",
        "can never fit: goods which are not shipped have no days since receipt.",
    ),
    (
        {"kind": "window", "window_days": 9, "goods": "shipped", "days_from": 3},
        "error",
        "can never fit: goods on the way have no days since receipt.",
    ),
    (
        {"kind": "window", "window_days": 9, "goods": "unshipped", "seal": "opened"},
        "error",
        "can never fit: nobody opened goods which are not shipped.",
    ),
    (
        {"kind": "refuse", "legal_code": "A6_1"},
        "warning",
        "refuses all goods on a ground which only some have. Fill in its field "
        "“Products”.",
    ),
    (
        {"kind": "window", "window_days": 9, "ordered_to": date(2026, 11, 21)},
        "warning",
        "is over: no new order is bought on its dates.",
    ),
]
# What only SQL or an upgrade can bring about: code, the sentence after its name
UNSEEN = [
    ("no_effect", "does nothing: its effect has no value which it could have."),
    ("days_crossed", "can never fit: its days end before they begin."),
    ("amounts_crossed", "can never fit: its prices end before they begin."),
    (
        "dates_crossed",
        "can never fit: its dates of purchase end before they begin.",
    ),
    ("returns_days", "counts the customer's returns: say in how many days."),
    (
        "returns_min",
        "says in how many days returns are counted, and not how many: it fits every "
        "customer.",
    ),
]
UNSEEN_TERMS = [
    ("zone", "Choose a time zone: days are counted in it."),
    ("refund_on", "Choose the step at which the money goes back."),
    ("freight_payer", "Choose who pays the way back."),
]


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 04:00:00")
class TestPolicyFindings(FindingsCase):
    def test_a_condition_that_broke_in_an_upgrade_is_an_error(self):
        policy = self.drafts["CN-7"].copy()
        rule = self.make_rule(policy, kind="window", window_days=9)
        self.break_rule(rule)
        self.assertEqual(
            self.found(policy, "error"),
            [
                (
                    "Rule “Odd”: the field Products holds a condition that cannot be "
                    "used: Product Variant has no field “field_of_a_removed_addon”.",
                    rule.id,
                )
            ],
        )

    def break_rule(self, rule):
        self.env.cr.execute(
            "UPDATE return_policy_rule SET product_domain = %s WHERE id = %s",
            ["[('field_of_a_removed_addon', '=', 1)]", rule.id],
        )
        rule.invalidate_recordset()

    def test_conditions_which_fit_nothing_today_are_worth_a_look(self):
        policy = self.drafts["CN-7"].copy()
        self.buyer.company_id = self.env["res.company"].create({"name": "Elsewhere"})
        for vals, sentence in (
            ({"product_domain": "[('name', '=', 'None')]"}, "your products today"),
            ({"customer_domain": "[('name', '=', 'Buyer')]"}, "your customers today"),
            ({"order_domain": "[('name', '=', 'None')]"}, "your orders today"),
        ):
            with self.subTest(vals=vals):
                rule = self.make_rule(policy, kind="window", window_days=9, **vals)
                self.assertEqual(
                    self.found(policy, "warning"),
                    [(f"Rule “Odd” fits none of {sentence}.", rule.id)],
                )
                rule.unlink()
        self.make_rule(
            policy,
            kind="window",
            window_days=9,
            product_domain=f"[('id', '=', {self.product.id})]",
        )
        self.assertEqual(policy._findings(), [])

    def test_rules_that_make_no_sense_are_named(self):
        for vals, severity, sentence in PROBLEMS:
            with self.subTest(vals=vals):
                policy = self.drafts["CN-7"].copy()
                rule = self.make_rule(policy, **vals)
                self.assertEqual(
                    self.found(policy, severity), [(f"Rule “Odd” {sentence}", rule.id)]
                )

    def test_what_screens_keep_out_is_named_all_the_same(self):
        draft = self.drafts["CN-7"]
        for problem, sentence in UNSEEN:
            with self.subTest(problem=problem):
                said = draft._problem_in_words(
                    Problem("error", problem, rule_key=1, rule="Odd")
                )
                self.assertEqual(said, f"Rule “Odd” {sentence}")
        for code, sentence in UNSEEN_TERMS:
            with self.subTest(code=code):
                said = draft._problem_in_words(Problem("error", code))
                self.assertEqual(said, sentence)

    def test_a_campaign_ends_with_its_last_day_in_the_zone_of_the_policy(self):
        policy = self.drafts["CN-7"].copy()
        self.make_rule(
            policy, kind="window", window_days=9, ordered_to=date(2026, 11, 22)
        )
        self.assertEqual(policy._findings(), [])
        policy.tz = "Pacific/Auckland"
        with freeze_time("2026-11-22 11:00:00"):
            self.assertEqual(len(policy._findings()), 1)

    def test_rules_that_stand_in_each_others_way_are_named(self):
        policy = self.drafts["CN-7"].copy()
        self.make_rule(policy, "Nine", kind="window", window_days=9)
        second = self.make_rule(policy, "Ten", kind="window", window_days=10)
        self.assertEqual(
            self.found(policy, "error"),
            [
                (
                    "Rule “Ten” contradicts rule “Nine”, which fits the same cases and "
                    "comes first. Remove one, or change what it fits.",
                    second.id,
                )
            ],
        )
        second.days_from = 3
        self.assertEqual(
            self.found(policy, "warning"),
            [
                (
                    "Rule “Ten” never gets its turn: rule “Nine” comes first and fits "
                    "whenever it does. Drag it above.",
                    second.id,
                )
            ],
        )

    def test_terms_that_make_no_sense_are_named(self):
        for code, vals, severity, sentence in (
            (
                "STORE",
                {"remedies": "none"},
                "error",
                "Choose at least one remedy to offer.",
            ),
            (
                "EU-14",
                {"informs_buyer": False},
                "warning",
                "Buyers are not told of their right beforehand: the law gives them "
                "months more to return, and you pay the way back.",
            ),
            (
                "CN-7",
                {"auto_approve": True, "refund_on": "approval"},
                "warning",
                "Any amount goes back at once, without goods and without a person: set "
                "a ceiling for automatic approval, or a later step for the refund.",
            ),
        ):
            with self.subTest(vals=vals):
                policy = self.drafts[code].copy(self.linked(vals))
                self.assertEqual(self.found(policy, severity), [(sentence, 0)])

    def test_terms_nobody_vouches_for_are_worth_a_look(self):
        policy = self.drafts["CN-7"].copy(
            {"source": False, "checked_on": False, "transit_days": 0}
        )
        self.assertEqual(
            [sentence for sentence, _key in self.found(policy, "warning")],
            [
                "Receipt is never assumed: without a signing date the return window "
                "stays open.",
                "Nothing says on which law or agreement the terms rest.",
                "Nothing says when the terms were last held against the law.",
            ],
        )

    def test_a_look_at_the_law_holds_for_a_year(self):
        policy = self.drafts["CN-7"].copy({"checked_on": date(2025, 11, 22)})
        self.assertEqual(policy._findings(), [])
        policy.checked_on = date(2025, 11, 21)
        self.assertEqual(
            self.found(policy, "warning"),
            [
                (
                    "The terms were last held against the law on 11/21/2025, more than "
                    "a year ago.",
                    0,
                )
            ],
        )
