from odoo.fields import Command, Datetime
from odoo.tests import tagged

from .common_member import MemberCase


@tagged("post_install", "-at_install")
class TestMemberPromise(MemberCase):
    def _verdict(self, order, **asked):
        line = order.order_line[0].sudo()
        return line._return_verdicts(**asked)[line.id]

    def _promised(self, order):
        return (
            order.member_tier_ids,
            order.member_extra_days,
            order.member_free_freight,
        )

    def test_the_tier_held_at_the_order_is_promised_and_named(self):
        self._give(self.gold)
        order = self._order(self.partner)
        self.assertEqual(self._promised(order), (self.gold, 7, True))
        said = "Gold: 7 days longer and free return freight"
        self.assertEqual(order.member_promise, said)
        decision = self._verdict(order)
        self.assertEqual(decision.promised, ["window", "freight"])
        self.assertEqual(decision.freight_payer, "merchant")
        self.assertEqual(self._window_days(order), 14)
        self.assertIn(said, order.order_line[0].return_verdict_text)
        self.assertNotIn("the shop pays", order.order_line[0].return_verdict_text)

    def test_it_is_said_in_chinese(self):
        self._give(self.gold)
        self.gold.with_context(lang="zh_CN").name = "黄金会员"
        order = self._order(self.partner).with_context(lang="zh_CN")
        self.assertIn("黄金会员", order.member_promise)
        self.assertIn(order.member_promise, order.order_line[0].return_verdict_text)

    def test_a_tier_gained_lost_or_changed_later_leaves_the_order_as_it_is(self):
        before = self._order(self.partner)
        self._give(self.gold)
        held = self._order(self.partner)
        self._give(self.basic)
        self.gold.write({"extra_window_days": 1, "free_return_freight": False})
        after = self._order(self.partner)
        nothing = (self.gold.browse(), 0, False)
        self.assertEqual(self._promised(before), nothing)
        self.assertEqual(self._promised(held), (self.gold, 7, True))
        self.assertEqual(self._promised(after), nothing)
        self.assertEqual(
            [self._window_days(order) for order in (before, held, after)], [7, 14, 7]
        )
        self.assertFalse(before.member_promise)

    def test_confirming_again_promises_nothing_else(self):
        self._give(self.silver)
        order = self._order(self.partner, delivered=False)
        self._give(self.gold)
        order._action_cancel()
        order.action_draft()
        order.action_confirm()
        self.assertEqual(self._promised(order), (self.silver, 3, False))

    def test_the_promise_is_no_part_of_a_copy(self):
        self._give(self.gold)
        copy = self._order(self.partner, delivered=False).copy()
        self.assertEqual(self._promised(copy), (self.gold.browse(), 0, False))

    def test_an_order_of_a_platform_counts_the_tier_of_its_own_date(self):
        self._give(self.gold)
        early = Datetime.subtract(Datetime.now(), days=2)
        late = self._order(self.partner, platform_order_ref="A1", date_order=early)
        self.assertEqual(self._promised(late), (self.gold.browse(), 0, False))
        now = self._order(self.partner, platform_order_ref="A2")
        self.assertEqual(self._promised(now), (self.gold, 7, True))

    def test_who_is_no_member_is_promised_nothing(self):
        self._give(self.gold)
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        order = self._order(stranger)
        self.assertEqual(self._promised(order), (self.gold.browse(), 0, False))
        self.assertEqual(self._window_days(order), 7)

    def test_an_archived_membership_or_program_gives_nothing(self):
        self._give(self.gold)
        self.member.card_id.active = False
        order = self._order(self.partner, delivered=False)
        self.assertFalse(order.member_tier_ids)
        self.member.card_id.active = True
        self.program.active = False
        order = self._order(self.partner, delivered=False)
        self.assertFalse(order.member_tier_ids)

    def test_the_tier_of_another_company_gives_nothing(self):
        self._give(self.gold)
        other = self.env["res.company"].create({"name": "Other"})
        self.program.company_id = other
        order = self._order(self.partner, delivered=False)
        self.assertFalse(order.member_tier_ids)

    def test_of_two_programs_both_tiers_are_kept(self):
        self._give(self.silver)
        club = self._program("Club", "Friend")
        club.points_tier_ids.free_return_freight = True
        self._join(self.partner, club)
        order = self._order(self.partner)
        both = self.silver | club.points_tier_ids
        self.assertEqual(self._promised(order), (both, 3, True))
        self.assertEqual(
            order.member_promise,
            "Friend, Silver: 3 days longer and free return freight",
        )

    def test_excluded_goods_stay_excluded(self):
        self._give(self.gold)
        cherry = self._order(self.partner).order_line[1]
        self.assertEqual(cherry.return_verdict, "refused")
        self.assertNotIn("Gold", cherry.return_verdict_text)

    def test_the_search_finds_what_only_the_promise_keeps_open(self):
        self._give(self.gold)
        order = self._order(self.partner)
        plain = self._order(self.env["res.partner"].create({"name": "Stranger"}))
        lines = (order | plain).order_line.filtered("product_id")
        lines.return_received_at = Datetime.subtract(Datetime.now(), days=10)
        dress = order.order_line[0]
        self.assertEqual(dress.return_verdict, "allowed")
        found = lines.search(
            [("id", "in", lines.ids), ("return_verdict", "=", "allowed")]
        )
        self.assertEqual(found, dress)
        found = lines.search(
            [("id", "in", lines.ids), ("return_last_moment", ">=", Datetime.now())]
        )
        self.assertEqual(found, order.order_line)

    def test_after_the_days_promised_it_is_closed_and_said_why(self):
        self._give(self.gold)
        order = self._order(self.partner)
        order.order_line.return_received_at = Datetime.subtract(Datetime.now(), days=40)
        text = order.order_line[0].return_verdict_text
        self.assertIn("window of 14 days ended", text)
        self.assertIn("Gold: 7 days longer", text)
        self.assertNotIn("free return freight", text)

    def test_points_wait_for_the_longer_window(self):
        self._give(self.gold)
        order = self._order(self.partner)
        plain = self._order(self.env["res.partner"].create({"name": "Stranger"}))
        waits, plainly = (
            each.order_line[0]._points_available_on(Datetime.now())
            for each in (order, plain)
        )
        self.assertEqual((waits - plainly).days, 7)

    def test_request_and_log_say_who_pays_and_why(self):
        self._give(self.gold)
        order = self._order(self.partner)
        ticket = self._ticket(sale_order_id=order.id)
        action = ticket.with_user(self.agent).action_new_return_request()
        request = self._open_request(
            action, reason_id=self.env.ref("return_policy.reason_no_reason").id
        )
        request.action_submit()
        self.assertEqual(request.line_ids.freight_payer, "merchant")
        self.assertIn("Gold: 7 days longer", request.line_ids.verdict_text)
        self.assertIn("We pay the way back.", request.sudo()._buyer_summary())
        inputs = request.log_ids[0].inputs
        self.assertEqual(
            inputs["facts"]["promise"],
            {"name": "Gold", "extra_days": 7, "free_freight": True},
        )
        self.assertEqual(inputs["decision"]["promised"], ["window", "freight"])
        self.assertEqual(
            request.with_user(self.agent).member_promise, order.member_promise
        )

    def test_the_tester_names_what_was_promised(self):
        self._give(self.gold)
        order = self._order(self.partner)
        policy = order.return_policy_version_id.policy_id
        case = self.env["return.policy.test"].create(
            {
                "policy_id": policy.id,
                "sale_order_id": order.id,
                "sale_line_id": order.order_line[0].id,
            }
        )
        effects = dict(case._result()["effects"])
        self.assertEqual(effects["Promised"], order.member_promise)
        self.assertEqual(effects["Window"], "14 days")

    def test_many_orders_are_promised_and_judged_in_as_many_queries_as_few(self):
        self._give(self.gold)
        counts = [self._queries(number) for number in (3, 12)]
        self.assertEqual(counts[0], counts[1])

    def _queries(self, number):
        partners = self.env["res.partner"].create(
            [{"name": f"Member {count}"} for count in range(number)]
        )
        for partner in partners:
            self._give(self.gold, self._join(partner, self.program))
        orders = self.env["sale.order"].create(
            [
                {
                    "partner_id": partner.id,
                    "order_line": [Command.create({"product_id": self.dress.id})],
                }
                for partner in partners
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        orders.sudo()._promise()
        self.env.flush_all()
        self.assertEqual(orders.member_tier_ids, self.gold)
        return self.cr.sql_log_count - before

    def test_agents_read_the_promise_without_rights_on_tiers(self):
        self._give(self.gold)
        order = self._order(self.partner).with_user(self.agent)
        self.assertIn("Gold", order.member_promise)
        self.assertIn("Gold", order.order_line[0].return_verdict_text)
