"""A draft below the law is told so in one sentence, with article and rule."""

from freezegun import freeze_time

from odoo.tests import tagged

from .findings_common import FindingsCase

CN = "7-day return rules"
EU = "Directive 2011/83/EU"
UK = "Consumer Contracts Regulations 2013"

# law, one of the terms, its value, the sentence
TERMS = [
    (
        "CN-7",
        "window_days",
        6,
        f"The return window must be at least 7 days ({CN}, art. 10).",
    ),
    (
        "EU-14",
        "window_days",
        13,
        f"The return window must be at least 14 days ({EU}, art. 9).",
    ),
    (
        "UK-14",
        "window_days",
        7,
        f"The return window must be at least 14 days ({UK}, reg. 30).",
    ),
    (
        "CN-7",
        "window_rolls",
        "calendar",
        "A return window may not end on a day off: choose another “Last Day” (Civil "
        "Code, art. 203).",
    ),
    (
        "EU-14",
        "window_rolls",
        "holiday",
        "A return window may not end on a day off: choose another “Last Day” "
        "(Regulation 1182/71, art. 3(4)).",
    ),
    (
        "CN-7",
        "quality_days",
        3,
        "The quality window must be at least 7 days (Consumer Law, art. 24).",
    ),
    (
        "EU-14",
        "quality_days",
        730,
        "The quality window must be at least 731 days (Directive (EU) 2019/771, art. "
        "10).",
    ),
    (
        "UK-14",
        "quality_days",
        29,
        "The quality window must be at least 30 days (Consumer Rights Act 2015, s. "
        "22).",
    ),
    (
        "CN-7",
        "refund_days",
        8,
        f"The money must be back within 7 days ({CN}, art. 13).",
    ),
    (
        "EU-14",
        "refund_clock",
        "goods_back",
        f"The 14 days for the refund count from the buyer's notice ({EU}, art. 13(1)).",
    ),
    (
        "EU-14",
        "outbound_freight",
        "merchant",
        "When everything is returned, the price of standard delivery must be given "
        f"back ({EU}, art. 13(1)-(2)).",
    ),
    (
        "UK-14",
        "outbound_freight",
        "none",
        "When everything is returned, the price of standard delivery must be given "
        f"back ({UK}, reg. 34).",
    ),
    (
        "CN-7",
        "fee_percent",
        10,
        f"No restocking fee may be kept in the first 7 days ({CN}, art. 17). Take it "
        "off the policy; a rule may keep one from day 8.",
    ),
    (
        "UK-14",
        "fee_flat",
        1,
        f"No restocking fee may be kept in the first 14 days ({UK}, reg. 34). Take it "
        "off the policy; a rule may keep one from day 15.",
    ),
    (
        "CN-7",
        "remedies",
        "exchange",
        f"“Return and refund” must be among the remedies ({CN}, art. 14).",
    ),
]
# law, values of the rule, the sentence after its name
RULES = [
    (
        "CN-7",
        {"kind": "window", "window_days": 6},
        f"gives less than the 7 days of the return window ({CN}, art. 10).",
    ),
    (
        "EU-14",
        {"kind": "window", "window_days": 365, "reasons": "quality_fault"},
        "gives less than the 731 days of the quality window (Directive (EU) 2019/771, "
        "art. 10).",
    ),
    (
        "CN-7",
        {"kind": "fee", "percent": 10},
        f"keeps a restocking fee in the first 7 days ({CN}, art. 17). Let it begin on "
        "day 8.",
    ),
    (
        "CN-7",
        {"kind": "remedies", "remedies": "exchange"},
        f"takes away “Return and refund” in the first 7 days ({CN}, art. 14). Offer "
        "it, or let the rule begin on day 8.",
    ),
    (
        "CN-7",
        {"kind": "freight", "freight_payer": "consumer", "reasons": "quality_fault"},
        "makes the buyer pay the way back for reasons which somebody else answers for "
        "(Consumer Law, art. 24). Take those reasons off the rule.",
    ),
    (
        "CN-7",
        {"kind": "refuse", "legal_code": False},
        f"refuses returns without a reason which the law gives ({CN}, art. 6, 7). "
        "Refuse on a legal ground which this law knows, or let the rule begin after "
        "the window of the law.",
    ),
    (
        "UK-14",
        {"kind": "approval", "approval": "refuse"},
        f"refuses returns without a reason which the law gives ({UK}, reg. 28). "
        "Refuse on a legal ground which this law knows, or let the rule begin after "
        "the window of the law.",
    ),
    (
        "CN-7",
        {"kind": "refuse", "legal_code": "A7_1"},
        f"refuses without asking for the buyer's recorded confirmation ({CN}, art. 7, "
        "20). Tick “Needs Purchase Confirmation” on the rule.",
    ),
    (
        "EU-14",
        {"kind": "refuse", "legal_code": "A6_3"},
        f"refuses goods which may still be sealed ({EU}, art. 16(i)). Let it fit "
        "opened goods only.",
    ),
    (
        "CN-7",
        {"kind": "refuse", "legal_code": "B2B"},
        f"refuses buyers who are no consumers, and does not say who they are ({CN}, "
        "art. 2). Fill in its field “Customers”.",
    ),
]


@tagged("post_install", "-at_install")
@freeze_time("2026-11-22 04:00:00")
class TestPolicyFloor(FindingsCase):
    def test_every_preset_stands_on_its_law(self):
        for code, policy in self.drafts.items():
            with self.subTest(code=code):
                self.assertEqual(policy._findings(), [])

    def test_terms_below_the_law_are_named_with_their_article(self):
        for code, name, value, sentence in TERMS:
            with self.subTest(code=code, name=name):
                policy = self.drafts[code].copy(self.linked({name: value}))
                self.assertEqual(self.found(policy, "error"), [(sentence, 0)])

    def test_rules_below_the_law_are_named_with_their_article(self):
        for code, vals, sentence in RULES:
            with self.subTest(code=code, vals=vals):
                policy = self.drafts[code].copy()
                rule = self.make_rule(policy, **vals)
                self.assertEqual(
                    self.found(policy, "error"), [(f"Rule “Odd” {sentence}", rule.id)]
                )

    def test_a_fee_waits_months_where_nobody_tells_the_buyer(self):
        policy = self.drafts["EU-14"].copy({"informs_buyer": False})
        rule = self.make_rule(policy, kind="fee", percent=10, days_from=15)
        self.assertEqual(
            self.found(policy, "error"),
            [
                (
                    "Rule “Odd” keeps a restocking fee in the first 386 days "
                    "(Directive 2011/83/EU, art. 13(1)). Let it begin on day 387.",
                    rule.id,
                )
            ],
        )
        rule.days_from = 387
        self.assertEqual(self.found(policy, "error"), [])

    def test_a_shop_without_a_law_is_bound_by_none(self):
        policy = self.drafts["STORE"].copy({"window_days": 0, "fee_percent": 50})
        self.make_rule(policy, kind="refuse", legal_code=False)
        self.assertEqual(self.found(policy, "error"), [])
