"""Trying a policy: the verdict on one case, which rules spoke, why others did not."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .policy_common import LAST_SECOND, NEXT_SECOND, SIGNED, PolicyCase, at

SHIPPED = at("2026-11-01 02:00:00")
OPEN = "Returnable without a reason until 10 Nov 2026 24:00 (signed for on 3 Nov 2026)"


@tagged("post_install", "-at_install")
class TestVerdictTester(PolicyCase):
    def case(self, user=None, **vals):
        cases = self.env["return.policy.test"].with_user(user or self.env.user)
        vals = {
            "policy_id": self.policy.id,
            "asked_at": LAST_SECOND,
            "product_id": self.product.id,
            "partner_id": self.buyer.id,
            "ordered_at": at("2026-10-31 02:00:00"),
            "shipped_at": SHIPPED,
            "received_at": SIGNED,
            "amount": 99,
            **vals,
        }
        return cases.create(vals)

    def whys(self, **vals):
        """Return [(rule, fired, why)] of a case."""
        return [
            (rule["name"], rule["fired"], rule["why"])
            for rule in self.case(**vals)._result()["rules"]
        ]

    def test_a_typed_case_is_judged_under_the_draft(self):
        result = self.case()._result()
        self.assertEqual((result["outcome"], result["sentence"]), ("allowed", OPEN))
        late = self.case(asked_at=NEXT_SECOND)._result()
        self.assertEqual((late["outcome"], late["chip"]), ("refused", "Ended 10 Nov"))
        self.policy.window_days = 15
        self.assertEqual(
            self.case(asked_at=NEXT_SECOND)._result()["chip"], "Until 18 Nov"
        )

    def test_a_version_is_tried_as_it_was_published(self):
        self.policy.window_days = 15
        version = self.version.id
        result = self.case(asked_at=NEXT_SECOND, version_id=version)._result()
        self.assertEqual(result["outcome"], "refused")
        self.assertEqual(result["findings"], [])

    def test_an_order_line_is_judged_by_its_own_facts(self):
        line = self.delivered()
        case = self.case(sale_order_id=line.order_id.id)
        self.assertEqual(case.sale_line_id, line)
        self.assertEqual(case._result()["sentence"], OPEN)
        for asked_at in (LAST_SECOND, NEXT_SECOND):
            decision = self.judge(line, asked_at)
            case.asked_at = asked_at
            self.assertEqual(case._result()["outcome"], decision.outcome)
        line.order_id._action_cancel()
        self.assertEqual(
            case._result()["sentence"], "This line sold nothing that could come back."
        )

    def test_effects_and_amounts_are_told(self):
        self.policy.preset = "STORE"
        self.rule("Fee", kind="fee", percent=10, amount=1)
        self.rule("Proof", kind="evidence", evidence_photos=2)
        self.rule("Way", kind="freight", freight_payer="merchant")
        result = self.case(quantity=2)._result()
        money = self.company.currency_id.format
        self.assertEqual(
            result["amounts"],
            [
                ("Paid", money(99)),
                ("Fee", money(-11.9)),
                ("Given back", money(87.1)),
            ],
        )
        effects = dict(result["effects"])
        self.assertEqual(effects["Window"], "7 days")
        self.assertEqual(effects["Approval"], "By a person")
        self.assertEqual(effects["Refund"], "After inspection")
        self.assertEqual(effects["Way back"], "the shop pays the way back")
        fee = f"fee 10 % and {money(1)} per piece, 2 photos needed"
        self.assertEqual(effects["Besides"], fee)
        late = self.case(asked_at=NEXT_SECOND)._result()
        self.assertEqual(late["amounts"], [])

    def test_a_bonus_is_added_for_store_credit_only(self):
        self.rule("Credit", kind="bonus", percent=5)
        credit = self.env.ref("return_policy.remedy_store_credit").id
        money = self.company.currency_id.format
        self.assertEqual(
            self.case(remedy_id=credit)._result()["amounts"],
            [
                ("Paid", money(99)),
                ("Bonus", money(4.95)),
                ("Given back", money(103.95)),
            ],
        )
        self.assertEqual(len(self.case()._result()["amounts"]), 2)

    def test_each_rule_says_whether_it_spoke_and_why_not(self):
        size = self.env.ref("return_policy.reason_no_reason_size")
        exchange = self.env.ref("return_policy.remedy_exchange")
        approve = {"kind": "approval", "approval": "auto"}
        crab = "[('name', '=', 'Crab')]"
        table = [
            ("Product", {"product_domain": crab}, "Fits other products"),
            ("Customer", {"customer_domain": crab}, "Fits other customers"),
            ("Order", {"order_domain": crab}, "Fits other orders"),
            ("Reason", {"reason_ids": size.ids}, "For other reasons"),
            ("Remedy", {"for_remedy_ids": exchange.ids}, "For other remedies"),
            ("Days", {"days_from": 8}, "For other days since receipt"),
            ("Amount", {"amount_from": 100}, "For other amounts"),
            ("Goods", {"goods": "unshipped"}, "For goods at another place"),
            ("Seal", {"seal": "opened"}, "For another state of the package"),
            (
                "Returns",
                {"returns_min": 2, "returns_days": 30},
                "For customers who returned more often",
            ),
            ("Ordered", {"ordered_from": "2026-11-01"}, "For orders of other days"),
        ]
        for name, condition, _why in table:
            self.rule(name, **approve, **condition)
        self.rule("First", **approve)
        self.rule("Second", **approve)
        expected = [(name, False, why) for name, _condition, why in table]
        expected += [
            ("First", True, "Applies"),
            ("Second", False, "“First” comes first"),
        ]
        self.assertEqual(self.whys(returns_count=1, seal="sealed"), expected)
        spoken = {name: fired for name, fired, _why in self.whys(returns_count=2)}
        self.assertTrue(spoken["Returns"])

    def test_refusals_say_why_they_do_not_hold(self):
        self.rule("Business", legal_code="B2B", customer_domain="[('id', '>', 0)]")
        self.rule("Sealed media", legal_code="A6_3")
        self.rule("Cosmetics", legal_code="A7_1", needs_confirmation=True)
        sealed = {"seal": "sealed"}
        self.assertEqual(
            self.whys(**sealed),
            [
                ("Business", False, "The buyer is a consumer"),
                ("Sealed media", False, "The goods are not opened"),
                ("Cosmetics", False, "No purchase confirmation is recorded"),
            ],
        )
        confirmed = self.whys(is_confirmed=True, **sealed)
        self.assertEqual(confirmed[2], ("Cosmetics", True, "Applies"))
        company = self.env["res.partner"].create({"name": "Ltd", "is_company": True})
        business = self.whys(partner_id=company.id, **sealed)
        self.assertEqual(business[0], ("Business", True, "Applies"))
        crab = self.make_product("Crab", return_exclusion="A6_2")
        excluded = self.whys(product_id=crab.id, **sealed)
        why = "Not asked: the product itself is excluded"
        self.assertEqual([step[2] for step in excluded[1:2]], [why])

    def test_remedies_stand_side_by_side(self):
        offered = self.env.ref("return_policy.remedy_return_refund")
        self.rule("Only", kind="remedies", remedy_ids=[Command.set(offered.ids)])
        rows = self.case()._result()["remedies"]
        self.assertEqual(len(rows), 9)
        self.assertEqual(
            [(row["name"], row["outcome"]) for row in rows[:3]],
            [
                ("Return and refund", "allowed"),
                ("Refund only", "refused"),
                ("Exchange", "refused"),
            ],
        )
        self.assertEqual(
            [row["name"] for row in rows if row["is_asked"]], [offered.name]
        )
        self.assertEqual(
            rows[2]["sentence"],
            "“Exchange” is not offered; offered: “Return and refund”",
        )

    def test_open_points_of_the_draft_are_named(self):
        self.policy.window_days = 3
        result = self.case()._result()
        sentences = [finding.sentence for finding in result["findings"]]
        self.assertIn(
            "The return window must be at least 7 days (7-day return rules, art. 10).",
            sentences,
        )
        self.assertEqual(result["sentence"], OPEN)  # the floor holds all the same
        self.assertIn("The draft has open points", self.case().result_html)

    def test_the_screen_shows_it_all(self):
        self.rule("First", kind="approval", approval="auto")
        case = self.case()
        shown = (case.outcome, case.chip, case.sentence)
        self.assertEqual(shown, ("allowed", "Until 10 Nov", OPEN))
        for words in ("First", "Applies", "Exchange", "After inspection"):
            self.assertIn(words, case.result_html)

    def test_agents_try_policies_and_nobody_outside_does(self):
        line = self.delivered()
        for role in ("agent", "lead", "manager"):
            user = self.make_user(f"try_{role}", f"return_policy.group_return_{role}")
            case = self.case(user, sale_order_id=line.order_id.id)
            self.assertEqual(case._result()["sentence"], OPEN)
        for login, group in (
            ("try_portal", "base.group_portal"),
            ("try_user", "base.group_user"),
            ("try_store", "return_policy.group_return_warehouse"),
        ):
            with self.assertRaises(AccessError):
                self.case(self.make_user(login, group))

    def test_lines_and_policies_of_other_companies_cannot_be_tried(self):
        line = self.delivered()
        other = self.env["res.company"].create({"name": "Other shop"})
        stranger = self.make_user(
            "try_stranger",
            "return_policy.group_return_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        policy = self.env["return.policy"].search([("company_id", "=", other.id)])
        with self.assertRaises(AccessError):
            self.case(stranger)._result()
        with self.assertRaises(AccessError):
            self.case(stranger, policy_id=policy.id, sale_line_id=line.id)._result()
