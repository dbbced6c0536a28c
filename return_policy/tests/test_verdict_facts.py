"""The facts behind a verdict: customers, orders, days off, returns, versions."""

from datetime import timedelta

from odoo.fields import Command, Datetime
from odoo.tests import tagged

from .policy_common import LAST_SECOND, NEXT_SECOND, SIGNED, PolicyCase, at


@tagged("post_install", "-at_install")
class TestVerdictFacts(PolicyCase):
    def approve(self, name, **vals):
        return self.rule(name, kind="approval", approval="auto", **vals)

    def facts(self, line, asked_at=LAST_SECOND):
        version = line.order_id.return_policy_version_id._to_version()
        return line._return_facts(version, asked_at)[line.id]

    def matched(self, line):
        """Return the names of the rules which fit the line by their domains."""
        rules = line.order_id.return_policy_version_id._to_version().rules
        keys = self.facts(line)["matched"]
        return {rule.name for rule in rules if rule.key in keys}

    def test_a_rule_fits_where_product_customer_and_order_fit(self):
        shanghai = self.env["res.partner"].create({"name": "B", "city": "Shanghai"})
        dress, city = "[('name', '=', 'Dress')]", "[('city', '=', 'Shanghai')]"
        dear = "[('amount_total', '>', 150)]"
        self.approve("Every")
        self.approve("Dress", product_domain=dress)
        self.approve("City", customer_domain=city)
        self.approve("Dear", order_domain=dear)
        self.approve("Dear there", order_domain=dear, customer_domain=city)
        self.approve(
            "All three", order_domain=dear, customer_domain=city, product_domain=dress
        )
        self.policy.action_publish()
        coat = self.make_product("Coat")
        table = [
            (self.order(self.product), {"Every", "Dress"}),
            (self.order(coat), {"Every"}),
            (self.order(coat, partner_id=shanghai.id), {"Every", "City"}),
            (
                self.order(coat, coat, partner_id=shanghai.id),
                {"Every", "City", "Dear", "Dear there"},
            ),
        ]
        for order, names in table:
            self.assertEqual(self.matched(order.order_line[0]), names)
        both = self.order(coat, self.product, partner_id=shanghai.id).order_line
        self.assertEqual(len(self.matched(both[1])), 6)
        self.assertNotIn("All three", self.matched(both[0]))

    def test_equal_sets_of_rules_are_one_object(self):
        self.approve("Dress", product_domain="[('name', '=', 'Dress')]")
        self.approve("City", customer_domain="[('city', '=', 'Shanghai')]")
        self.policy.action_publish()
        lines = self.order(self.product, self.product).order_line
        lines |= self.order(self.product).order_line
        version = self.policy.version_id._to_version()
        facts = lines._return_facts(version)
        self.assertEqual(len({id(known["matched"]) for known in facts.values()}), 1)

    def test_a_condition_does_not_depend_on_who_asks(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.product.with_context(lang="zh_CN").name = "裙子"
        self.approve("Dress", product_domain="[('name', '=', 'Dress')]")
        self.policy.action_publish()
        line = self.order().order_line
        for lang in ("en_US", "zh_CN"):
            self.assertEqual(self.matched(line.with_context(lang=lang)), {"Dress"})

    def test_a_business_is_no_consumer_nor_are_its_people(self):
        shop = self.env["res.partner"].create({"name": "Ltd", "is_company": True})
        clerk = shop.create({"name": "Clerk", "parent_id": shop.id})
        for partner, is_consumer in ((self.buyer, True), (shop, False), (clerk, False)):
            line = self.order(partner_id=partner.id).order_line
            self.assertIs(self.facts(line)["is_consumer"], is_consumer)

    def test_the_moments_of_order_and_notice_are_facts(self):
        line = self.order().order_line
        line.order_id.date_order = at("2026-10-30 12:00:00")
        line.order_id.return_informed_on = at("2026-10-31 12:00:00")
        facts = self.facts(line)
        self.assertEqual(facts["ordered_at"].isoformat(), "2026-10-30T12:00:00+00:00")
        self.assertEqual(facts["informed_at"].isoformat(), "2026-10-31T12:00:00+00:00")

    def test_when_the_buyer_was_told_is_asked_only_where_it_matters(self):
        order = self.order()
        self.assertFalse(order.return_asks_informed)
        preset = self.env.ref("return_policy.preset_eu_14")
        for informs in (True, False):
            policy = preset._make_policy(self.company, informs_buyer=informs)
            policy.action_publish()
            self.company.return_policy_id = policy
            self.assertIs(self.order().return_asks_informed, not informs)

    def test_a_buyer_who_is_told_late_may_return_late(self):
        preset = self.env.ref("return_policy.preset_eu_14")
        policy = preset._make_policy(
            self.company, informs_buyer=False, tz="Europe/Berlin"
        )
        policy.action_publish()
        self.company.return_policy_id = policy
        line = self.delivered()
        # the 17th of the next year is a Wednesday
        self.assertEqual(line.return_last_moment, at("2027-11-17 22:59:59"))
        line.order_id.return_informed_on = at("2026-12-01 12:00:00")
        self.assertEqual(line.return_last_moment, at("2026-12-15 22:59:59"))

    def request(self, line, submitted_at, state="submitted"):
        request = self.env["return.request"].create(
            {
                "sale_order_id": line.order_id.id,
                "reason_id": self.env.ref("return_policy.reason_no_reason").id,
                "line_ids": [
                    Command.create({"sale_line_id": line.id, "qty_requested": 1})
                ],
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE return_request SET submitted_at = %s, state = %s WHERE id = %s",
            [submitted_at, state, request.id],
        )
        self.env.invalidate_all()

    def test_returns_of_the_whole_customer_are_counted_back_from_the_moment(self):
        self.approve("Often", returns_min=2, returns_days=30)
        self.approve("Lately", returns_min=1, returns_days=7)
        self.policy.action_publish()
        child = self.buyer.create({"name": "Child", "parent_id": self.buyer.id})
        stranger = self.buyer.create({"name": "Stranger"})
        day = timedelta(days=1)
        for partner, moment, state in (
            (self.buyer, LAST_SECOND - 30 * day, "done"),
            (child, LAST_SECOND - 7 * day, "refused"),
            (self.buyer, LAST_SECOND - 7 * day, "cancelled"),
            (self.buyer, LAST_SECOND - 31 * day, "done"),
            (self.buyer, LAST_SECOND, "submitted"),
            (stranger, LAST_SECOND - day, "done"),
        ):
            line = self.delivered(partner_id=partner.id)
            self.request(line, moment, state)
        line = self.delivered()
        self.assertEqual(self.facts(line)["returns"], {30: 2, 7: 1})
        second = timedelta(seconds=1)
        later = self.facts(line, LAST_SECOND + second)["returns"]
        self.assertEqual(later, {30: 2, 7: 1})
        asked_at = {line.id: LAST_SECOND + 25 * day}
        self.assertEqual(self.facts(line, asked_at)["returns"], {30: 1, 7: 0})

    def test_returns_are_read_only_where_a_rule_asks(self):
        self.assertEqual(self.facts(self.delivered())["returns"], {})

    def test_each_line_may_be_asked_about_at_its_own_moment(self):
        one, other = self.delivered(self.product, self.product)
        moments = {one.id: LAST_SECOND, other.id: NEXT_SECOND}
        verdicts = (one | other)._return_verdicts(asked_at=moments)
        self.assertEqual(
            [verdicts[line.id].outcome for line in (one, other)],
            ["allowed", "refused"],
        )

    def close(self, start, end, **vals):
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Closed",
                "calendar_id": self.company.resource_calendar_id.id,
                "date_from": start,
                "date_to": end,
                **vals,
            }
        )

    def test_a_day_off_of_the_company_moves_the_last_day(self):
        # the 10th in Shanghai, whatever zone the calendar has
        moved = LAST_SECOND + timedelta(days=1)
        for calendar in (
            self.company.resource_calendar_id,
            self.env["resource.calendar"],
        ):
            leave = self.close(
                "2026-11-09 16:00:00", "2026-11-10 15:59:59", calendar_id=calendar.id
            )
            line = self.delivered()
            self.assertEqual(line.return_last_moment, moved)
            leave.unlink()

    def test_days_off_of_others_and_halves_of_days_move_nothing(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        employee = self.env["resource.resource"].create({"name": "Keeper"})
        whole = "2026-11-09 16:00:00", "2026-11-10 15:59:59"
        self.close(*whole, calendar_id=other.resource_calendar_id.id)
        self.close(*whole, resource_id=employee.id)
        self.close(*whole, time_type="other")
        self.close("2026-11-09 23:00:00", "2026-11-10 04:00:00")  # until noon
        self.close("2026-11-10 04:00:00", "2026-11-10 10:00:00")  # from noon
        line = self.delivered()
        self.assertEqual(line.return_last_moment, LAST_SECOND)

    def test_working_days_are_those_of_the_working_hours(self):
        workdays = self.company._return_workdays("Asia/Shanghai")
        self.assertEqual(workdays.weekdays, frozenset(range(5)))
        calendar = self.company.resource_calendar_id
        calendar.attendance_ids.filtered(lambda item: item.dayofweek == "4").unlink()
        self.assertEqual(
            self.company._return_workdays("Asia/Shanghai").weekdays,
            frozenset(range(4)),
        )
        calendar.attendance_ids.unlink()
        self.assertEqual(
            self.company._return_workdays("Asia/Shanghai").weekdays,
            frozenset(range(5)),
        )

    def test_a_later_version_helps_a_placed_order_only_where_it_says_so(self):
        line = self.delivered()
        self.policy.window_days = 15
        self.policy.action_publish()
        self.assertEqual(self.judge(line, NEXT_SECOND).outcome, "refused")
        self.policy.window_days = 9
        self.policy.action_publish(is_retroactive=True)
        better = self.judge(line, NEXT_SECOND)
        self.assertEqual((better.outcome, better.version.number), ("allowed", 3))
        self.assertEqual(
            line._return_verdict_sentence(better),
            "Returnable without a reason until 12 Nov 2026 24:00 (signed for on 3 Nov "
            "2026)",
        )

    def test_a_worse_later_version_changes_nothing(self):
        self.policy.window_days = 15
        self.policy.action_publish()
        line = self.delivered()
        self.policy.window_days = 7
        self.policy.action_publish(is_retroactive=True)
        decision = self.judge(line, NEXT_SECOND)
        self.assertEqual((decision.outcome, decision.version.number), ("allowed", 2))
        new = self.delivered()
        self.assertEqual(self.judge(new, NEXT_SECOND).outcome, "refused")

    def test_a_draft_may_judge_instead_of_the_version_taken(self):
        line, unheld = self.delivered(), self.delivered()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET return_policy_version_id = NULL WHERE id = %s",
            [unheld.order_id.id],
        )
        self.env.invalidate_all()
        self.policy.window_days = 15
        draft = self.policy._to_version(9)
        verdicts = (line | unheld)._return_verdicts(asked_at=NEXT_SECOND, version=draft)
        self.assertEqual(
            [verdicts[item.id].outcome for item in (line, unheld)],
            ["allowed", "allowed"],
        )

    def test_lines_of_two_companies_are_judged_by_the_days_of_their_own(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        self.close("2026-11-09 16:00:00", "2026-11-10 15:59:59")
        mine = self.delivered()
        env = self.env(context={"allowed_company_ids": [other.id, self.company.id]})
        order = env["sale.order"].create(
            {
                "partner_id": self.buyer.id,
                "company_id": other.id,
                "order_line": [Command.create({"product_id": self.product.id})],
            }
        )
        order.action_confirm()
        order.order_line.return_received_at = SIGNED
        verdicts = (mine | order.order_line)._return_verdicts(asked_at=LAST_SECOND)
        ends = [
            Datetime.to_string(verdicts[line.id].last_moment.replace(tzinfo=None))
            for line in (mine, order.order_line)
        ]
        self.assertEqual(ends, ["2026-11-11 16:00:00", "2026-11-10 16:00:00"])
