"""The verdict on order lines: facts from orders, stock and products."""

import json

from odoo.fields import Command
from odoo.tests import tagged

from .policy_common import LAST_SECOND, NEXT_SECOND, PolicyCase, at


@tagged("post_install", "-at_install")
class TestVerdict(PolicyCase):
    def said(self, line, decision):
        return line._return_verdict_sentence(decision)

    def test_a_signed_parcel_is_returnable_to_the_end_of_the_seventh_day(self):
        line = self.delivered()
        inside = self.judge(line, LAST_SECOND)
        self.assertEqual((inside.outcome, inside.code), ("allowed", "in_window"))
        self.assertEqual(
            self.said(line, inside),
            "Returnable without a reason until 10 Nov 2026 24:00 (signed for on 3 Nov "
            "2026)",
        )
        late = self.judge(line, NEXT_SECOND)
        self.assertEqual((late.outcome, late.code), ("refused", "window_closed"))
        self.assertEqual(
            self.said(line, late),
            "The return window of 7 days ended on 10 Nov 2026 24:00 (signed for on 3 "
            "Nov 2026)",
        )

    def test_fields_show_the_verdict_of_today(self):
        line = self.delivered()
        self.assertEqual(line.return_last_moment, LAST_SECOND)
        self.assertEqual(line.return_verdict, "refused")
        self.assertEqual(line.return_rule_code, "window_closed")
        self.assertEqual(line.return_chip, "Ended 10 Nov")

    def test_a_later_signing_date_moves_the_window(self):
        line = self.delivered()
        line.return_received_at = at("2026-11-03 17:00:00")
        self.assertEqual(line.return_last_moment, at("2026-11-11 15:59:59"))

    def test_without_a_signing_date_ten_days_of_transit_are_assumed_and_said(self):
        line = self.delivered(signed=False)
        decision = self.judge(line, at("2026-11-12 00:00:00"))
        self.assertEqual(
            self.said(line, decision),
            "Returnable without a reason until 18 Nov 2026 24:00 (taken as signed for "
            "on 11 Nov 2026)",
        )
        early = self.judge(line, at("2026-11-05 00:00:00"))
        self.assertEqual(
            self.said(line, early),
            "Returnable without a reason until 18 Nov 2026 24:00 (taken as signed for "
            "on 11 Nov 2026); the window has not begun",
        )

    def test_unshipped_goods_are_refunded_without_a_return(self):
        line = self.order().order_line
        self.assertEqual(line.return_verdict, "allowed")
        self.assertEqual(
            line.return_verdict_text, "Not shipped yet: refundable without a return"
        )
        self.assertEqual(self.judge(line).remedy, "refund_only")

    def test_a_product_of_article_6_is_refused(self):
        fresh = self.make_product("Crab", return_exclusion="A6_2")
        line = self.delivered(fresh)
        decision = self.judge(line)
        self.assertEqual(
            (decision.outcome, decision.clause, decision.rule_code),
            ("refused", "A6_2", "A6_2"),
        )
        self.assertEqual(
            line.return_verdict_text,
            "Not returnable without a reason: fresh or perishable goods (7-day return "
            "rules, art. 6(2))",
        )
        self.assertEqual(line.return_chip, "No: art. 6(2)")

    def test_a_category_excludes_what_lies_below_it(self):
        food = self.env["product.category"].create(
            {"name": "Food", "return_exclusion": "A6_2"}
        )
        fruit = food.create({"name": "Fruit", "parent_id": food.id})
        tinned = food.create(
            {"name": "Tinned", "parent_id": food.id, "return_exclusion": "A7_3"}
        )
        lines = self.delivered(
            self.make_product("Lychee", categ_id=fruit.id),
            self.make_product("Tin", categ_id=tinned.id),
            self.make_product("Cake", categ_id=fruit.id, return_exclusion="A6_1"),
            self.make_product("Nothing", categ_id=False),
            self.product,
        )
        verdicts = lines._return_verdicts(asked_at=LAST_SECOND)
        self.assertEqual(
            [
                (verdicts[line.id].clause, verdicts[line.id].unconfirmed)
                for line in lines
            ],
            [("A6_2", ""), ("", "A7_3"), ("A6_1", ""), ("", ""), ("", "")],
        )

    def test_article_7_refuses_only_with_the_recorded_confirmation(self):
        sealed = self.make_product("Lipstick", return_exclusion="A7_1")
        line = self.delivered(sealed)
        silent = self.judge(line)
        self.assertEqual((silent.outcome, silent.unconfirmed), ("allowed", "A7_1"))
        self.assertEqual(
            self.said(line, silent),
            "Returnable without a reason until 10 Nov 2026 24:00 (signed for on 3 Nov "
            "2026); no purchase confirmation is recorded, so the exclusion (7-day "
            "return rules, art. 7(1)) does not hold",
        )
        self.confirm_purchase(line)
        confirmed = self.judge(line)
        self.assertEqual((confirmed.outcome, confirmed.clause), ("refused", "A7_1"))
        self.assertEqual(
            line.return_verdict_text,
            "Not returnable without a reason: goods whose safety or quality suffers "
            "from opening, as the buyer confirmed at the purchase (7-day return rules, "
            "art. 7(1))",
        )

    def test_the_confirmation_of_one_line_does_not_bind_another(self):
        sealed = self.make_product("Lipstick", return_exclusion="A7_1")
        one, other = self.delivered(sealed, sealed)
        self.confirm_purchase(one)
        self.assertEqual(self.judge(one).outcome, "refused")
        self.assertEqual(self.judge(other).outcome, "allowed")

    def test_a_fault_is_left_to_a_person_and_paid_by_the_merchant(self):
        fresh = self.make_product("Crab", return_exclusion="A6_2")
        line = self.delivered(fresh)
        fault = self.env.ref("return_policy.reason_quality_fault")
        soon = self.judge(line, reason=fault)
        self.assertEqual(
            (soon.outcome, soon.approval, soon.freight_payer),
            ("allowed", "review", "merchant"),
        )
        late = self.judge(line, NEXT_SECOND, reason=fault)
        self.assertEqual(
            self.said(line, late),
            "To be judged by a person: the quality window ended on 10 Nov 2026 24:00 "
            "(signed for on 3 Nov 2026); repair, replacement or return (Consumer Law, "
            "art. 24)",
        )

    def test_other_reasons_are_judged_by_a_person_at_any_time(self):
        line = self.delivered()
        for name in ("logistics_damaged", "promise_said", "warranty_fault"):
            reason = self.env.ref(f"return_policy.reason_{name}")
            decision = self.judge(line, at("2027-03-01 00:00:00"), reason=reason)
            self.assertEqual(
                (decision.outcome, decision.code), ("review", "other_regime")
            )

    def test_a_rule_holds_for_the_products_it_names(self):
        self.rule(
            "Crabs and lychees",
            product_domain="['|', ('name', 'ilike', 'crab'), ('name', '=', 'Lychee')]",
        )
        self.policy.action_publish()
        crab, lychee = self.make_product("Hairy crab"), self.make_product("Lychee")
        lines = self.delivered(crab, lychee, self.product)
        outcomes = lines._return_verdicts(asked_at=LAST_SECOND)
        self.assertEqual(
            [outcomes[line.id].outcome for line in lines],
            ["refused", "refused", "allowed"],
        )
        self.assertEqual(
            self.said(lines[0], outcomes[lines[0].id]),
            "Not returnable without a reason: rule “Crabs and lychees” (7-day return "
            "rules, art. 6(2))",
        )

    def test_a_rule_holds_for_the_reasons_below_the_ones_it_names(self):
        parent = self.env.ref("return_policy.reason_no_reason")
        size = self.env.ref("return_policy.reason_no_reason_size")
        price = self.env.ref("return_policy.reason_no_reason_price")
        self.rule(
            "Prices",
            kind="approval",
            approval="review",
            reason_ids=[Command.link(price.id)],
            sequence=1,
        )
        self.rule(
            "All else",
            kind="approval",
            approval="auto",
            reason_ids=[Command.link(parent.id)],
            sequence=2,
        )
        self.policy.action_publish()
        line = self.delivered()
        self.assertEqual(self.judge(line, reason=size).approval, "auto")
        self.assertEqual(self.judge(line, reason=parent).approval, "auto")
        self.assertEqual(self.judge(line, reason=price).approval, "review")

    def test_small_sums_are_approved_by_themselves_where_the_policy_says_so(self):
        self.policy.auto_approve = True
        self.policy.auto_approve_max = 99
        self.policy.action_publish()
        dear = self.make_product("Coat", list_price=99.01)
        cheap, costly = self.delivered(self.product, dear)
        self.assertEqual(self.judge(cheap).approval, "auto")
        self.assertEqual(self.judge(costly).approval, "review")

    def test_a_rule_on_a_field_that_is_gone_leaves_everything_to_a_person(self):
        self.rule("Seasonal", product_domain="[('name', '=', 'x')]")
        self.policy.action_publish()
        line = self.delivered()
        self.env.cr.execute(
            "UPDATE return_policy_version"
            " SET snapshot = jsonb_set(snapshot, '{rules,0,domain}', %s)"
            " WHERE id = %s",
            [json.dumps("[('season_gone', '=', 'x')]"), self.policy.version_id.id],
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        decision = self.judge(line)
        self.assertEqual((decision.outcome, decision.code), ("review", "rule_broken"))
        self.assertEqual(
            self.said(line, decision),
            "To be judged by a person: rule “Seasonal” can no longer be evaluated; "
            "repair it and publish the policy again",
        )

    def test_lines_that_sold_nothing_have_no_verdict(self):
        order = self.order(confirm=False)
        order.order_line = [
            Command.create({"display_type": "line_section", "name": "Gifts"}),
            Command.create({"display_type": "line_note", "name": "Thank you"}),
        ]
        self.assertEqual(order.order_line.mapped("return_verdict"), ["none"] * 3)
        order.action_confirm()
        lines = order.order_line
        self.assertEqual(lines.mapped("return_verdict"), ["allowed", "none", "none"])
        self.assertEqual(lines[1:].mapped("return_verdict_text"), ["", ""])
        order._action_cancel()
        self.assertEqual(lines.mapped("return_verdict"), ["none"] * 3)

    def test_an_archived_product_keeps_its_verdict_and_its_rules(self):
        self.rule("Crabs", product_domain="[('name', 'ilike', 'crab')]")
        self.policy.action_publish()
        crab = self.make_product("Crab")
        lines = self.delivered(crab, self.product)
        (crab | self.product).action_archive()
        outcomes = lines._return_verdicts(asked_at=LAST_SECOND)
        self.assertEqual(
            [outcomes[line.id].outcome for line in lines], ["refused", "allowed"]
        )

    def test_what_came_back_cannot_be_returned_again(self):
        line = self.delivered()
        picking = line.order_id.picking_ids
        back = picking.move_ids.copy(
            {
                "origin_returned_move_id": picking.move_ids.id,
                "location_id": picking.location_dest_id.id,
                "location_dest_id": picking.location_id.id,
                "to_refund": True,
                "picking_id": False,
            }
        )
        back._action_confirm()
        back.quantity = 1
        back.picked = True
        back._action_done()
        self.assertEqual(line.qty_delivered, 0)
        decision = self.judge(line)
        self.assertEqual((decision.outcome, decision.code), ("refused", "nothing_left"))
        self.assertEqual(
            self.said(line, decision),
            "Nothing left to return: all that was delivered has come back",
        )
