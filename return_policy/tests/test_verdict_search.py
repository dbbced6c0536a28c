"""Searching by the verdict finds exactly the lines whose field says so."""

import json
from ast import literal_eval
from datetime import timedelta

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Command, Domain
from odoo.tests import tagged

from .policy_common import PolicyCase, at

NOW = "2026-11-21 10:00:00"
OPERATORS = ("<", "<=", ">", ">=", "=", "!=")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestVerdictSearch(PolicyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fresh = cls.make_product("Crab", return_exclusion="A6_2")
        cls.sealed = cls.make_product("Album", return_exclusion="A6_3")

    def lines_of_all_kinds(self):
        """Return order lines in every state a verdict can have, on both sides of it."""
        found = self.order().order_line  # not shipped
        found |= self.order(confirm=False).order_line
        for day in (1, 13, 14, 15, 20, 21):
            found |= self.delivered(
                self.product,
                self.fresh,
                self.sealed,
                signed=at(f"2026-11-{day:02} 09:00:00"),
            )
        for day in ("2026-11-02", "2026-11-04", "2026-11-05", "2026-11-18"):
            order = self.order()
            self.deliver(order, on=f"{day} 02:00:00")
            found |= order.order_line
        found |= self.given_by_hand()
        found |= self.without_policy()
        noted = self.order()
        noted.order_line = [
            Command.create({"display_type": "line_note", "name": "Thank you"})
        ]
        return found | noted.order_line

    def given_by_hand(self):
        """Return the line of a service that was delivered, nobody knows when."""
        service = self.make_product("Lesson", type="service")
        line = self.order(service).order_line
        line.qty_delivered = 1
        return line

    def without_policy(self):
        line = self.order().order_line
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET return_policy_version_id = NULL WHERE id = %s",
            [line.order_id.id],
        )
        self.env.invalidate_all()
        return line

    def found(self, among, *condition):
        return among.search([("id", "in", among.ids), condition])

    def check_exact(self, records):
        """Compare every search with the fields, values beside each last moment too."""
        for outcome in ("allowed", "refused", "review", "none"):
            having = records.filtered(lambda rec, o=outcome: rec.return_verdict == o)
            self.assertTrue(having, outcome)
            self.assertEqual(
                self.found(records, "return_verdict", "=", outcome), having
            )
            self.assertEqual(
                self.found(records, "return_verdict", "!=", outcome), records - having
            )
        both = ["allowed", "review"]
        self.assertEqual(
            self.found(records, "return_verdict", "in", both),
            records.filtered(lambda rec: rec.return_verdict in both),
        )
        self.assertFalse(self.found(records, "return_verdict", "=", False))
        self.check_moments(records)

    def check_moments(self, records):
        ends = {rec: rec.return_last_moment for rec in records}
        second = timedelta(seconds=1)
        values = {
            end + step * second for end in ends.values() if end for step in (-1, 0, 1)
        }
        for value in sorted(values):
            expected = {
                "<": lambda end, value=value: end and end < value,
                "<=": lambda end, value=value: end and end <= value,
                ">": lambda end, value=value: end and end > value,
                ">=": lambda end, value=value: end and end >= value,
                "=": lambda end, value=value: end == value,
                "!=": lambda end, value=value: end != value,
            }
            for operator, fits in expected.items():
                self.assertEqual(
                    self.found(records, "return_last_moment", operator, value),
                    records.filtered(lambda rec, fits=fits: fits(ends[rec])),
                    f"{operator} {value}",
                )
        unset = records.filtered(lambda rec: not ends[rec])
        self.assertTrue(unset)
        found = self.found(records, "return_last_moment", "=", False)
        self.assertEqual(found, unset)
        self.assertEqual(
            self.found(records, "return_last_moment", "!=", False), records - unset
        )

    def test_lines_are_found_exactly_by_their_verdict_and_last_moment(self):
        self.check_exact(self.lines_of_all_kinds())

    def test_orders_are_found_exactly_by_their_most_urgent_line(self):
        self.check_exact(self.lines_of_all_kinds().order_id)

    def test_longer_windows_of_rules_and_terms_are_not_cut_off(self):
        self.rule("Shoes", kind="window", window_days=15)
        self.policy.action_publish()
        self.check_exact(self.lines_of_all_kinds())
        self.policy.window_days = 19
        self.policy.transit_days = 0
        self.policy.action_publish()
        self.check_exact(self.lines_of_all_kinds())

    def test_versions_for_placed_orders_are_searched_too(self):
        lines = self.lines_of_all_kinds()
        self.policy.window_days = 15
        self.policy.action_publish(is_retroactive=True)
        self.env.invalidate_all()
        self.check_exact(lines)
        self.policy.transit_days = 0
        self.policy.action_publish(is_retroactive=True)
        self.env.invalidate_all()
        self.check_exact(lines)

    def test_buyers_nobody_told_of_their_right_are_found_for_a_year(self):
        preset = self.env.ref("return_policy.preset_eu_14")
        policy = preset._make_policy(self.company, informs_buyer=False)
        policy.action_publish()
        self.company.return_policy_id = policy
        lines = self.lines_of_all_kinds()
        old = self.delivered(signed=at("2025-11-20 09:00:00"))
        older = self.delivered(signed=at("2025-10-20 09:00:00"))
        self.assertEqual((old | older).mapped("return_verdict"), ["allowed", "refused"])
        self.check_exact(lines | old | older)

    def test_lines_under_a_broken_rule_are_to_be_judged(self):
        line = self.delivered(signed=at("2026-11-01 09:00:00"))
        broken = {
            "key": 1,
            "name": "x",
            "kind": "refuse",
            "domain": "[('gone', '=', 1)]",
        }
        self.env.cr.execute(
            "UPDATE return_policy_version"
            " SET snapshot = jsonb_set(snapshot, '{rules}', %s) WHERE id = %s",
            [json.dumps([broken]), self.version.id],
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self.assertEqual(line.return_verdict, "review")
        self.assertEqual(self.found(line, "return_verdict", "=", "review"), line)
        self.assertFalse(self.found(line, "return_verdict", "=", "refused"))

    def test_what_dates_rule_out_is_not_judged(self):
        for _number in range(3):
            self.delivered(signed=at("2026-10-01 09:00:00"))
        fresh = self.delivered(signed=at("2026-11-20 09:00:00"))
        horizon = self.env["return.policy.version"]._return_horizon(at(NOW))
        lines = self.env["sale.order.line"].search(
            (horizon.open | horizon.waiting | horizon.loose)
            & Domain("order_id.return_policy_version_id", "=", self.version.id)
        )
        self.assertEqual(lines, fresh)

    def test_queries_do_not_grow_with_the_number_of_lines(self):
        domain = [("return_verdict", "=", "allowed"), ("return_last_moment", ">=", NOW)]
        lines, counts = self.env["sale.order.line"], []
        lines.search(domain)  # reads the versions, once a worker
        for more in (5, 40):
            self.delivered(*[self.product] * more, signed=at("2026-11-20 09:00:00"))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            lines.search(domain)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 50)

    def test_lines_are_grouped_by_their_verdict(self):
        lines = self.lines_of_all_kinds()
        groups = lines._read_group(
            [("id", "in", lines.ids)], ["return_verdict"], ["id:recordset"]
        )
        self.assertEqual(
            {outcome: set(found.ids) for outcome, found in groups},
            {
                outcome: set(found.ids)
                for outcome, found in lines.grouped("return_verdict").items()
            },
        )
        described = lines.fields_get(["return_verdict"], ["groupable", "searchable"])
        self.assertEqual(
            described["return_verdict"], {"groupable": True, "searchable": True}
        )

    def filters(self, view):
        """Return {name: (domain, group by)} of a search view."""
        arch = self.env[self.env.ref(view).model].get_view(
            self.env.ref(view).id, "search"
        )["arch"]
        return {
            node.get("name"): (
                literal_eval(node.get("domain") or "[]"),
                literal_eval(node.get("context") or "{}").get("group_by"),
            )
            for node in etree.fromstring(arch).iter("filter")
            if "uid" not in (node.get("domain") or "")
        }

    def test_every_filter_of_the_lines_screen_finds_what_it_says(self):
        lines = self.lines_of_all_kinds()
        view = "return_policy.sale_order_line_view_search_returnable"
        for domain, groupby in self.filters(view).values():
            lines.search(domain)
            if groupby:
                lines.formatted_read_group([], [groupby], ["__count"])
        domain = self.filters(view)["ends_soon"][0]
        soon = lines.search([("id", "in", lines.ids), *domain])
        ends = {line.return_last_moment for line in soon}
        # the 14th and 15th are over at the 21st and 22nd, 24:00 in Shanghai
        self.assertEqual(ends, {at("2026-11-21 15:59:59"), at("2026-11-22 15:59:59")})

    def test_the_filters_of_the_orders_screen_find_what_they_say(self):
        lines = self.lines_of_all_kinds()
        orders = lines.order_id
        filters = self.filters("sale.view_sales_order_filter")
        found = {
            name: orders.search([("id", "in", orders.ids), *filters[name][0]])
            for name in ("returnable", "return_ends_soon", "return_review")
        }
        verdicts = {
            "returnable": lambda line: line.return_verdict == "allowed",
            "return_review": lambda line: line.return_verdict == "review",
        }
        for name, fits in verdicts.items():
            self.assertEqual(found[name], lines.filtered(fits).order_id.sorted())
        limit = at("2026-11-24 00:00:00")
        self.assertEqual(
            found["return_ends_soon"],
            orders.sorted().filtered(
                lambda order: (
                    order.return_last_moment and order.return_last_moment < limit
                )
            ),
        )

    def test_every_role_finds_what_it_may_read_and_buyers_cannot_search(self):
        buyer = self.make_user("search_portal", "base.group_portal")
        line = self.delivered(
            partner_id=buyer.partner_id.id, signed=at("2026-11-20 09:00:00")
        )
        for login, groups in (
            ("search_agent", "return_policy.group_return_agent"),
            ("search_lead", "return_policy.group_return_lead"),
            ("search_sale", "sales_team.group_sale_salesman_all_leads"),
        ):
            seen = line.with_user(self.make_user(login, groups))
            self.assertEqual(self.found(seen, "return_verdict", "=", "allowed"), line)
            self.assertEqual(
                self.found(seen.order_id, "return_verdict", "=", "allowed"),
                line.order_id,
            )
        for field in ("return_verdict", "return_last_moment"):
            for records in (line, line.order_id):
                with self.assertRaises(AccessError):
                    self.found(records.with_user(buyer), field, "!=", False)

    def test_lines_of_other_companies_are_not_found(self):
        line = self.delivered(signed=at("2026-11-20 09:00:00"))
        other = self.env["res.company"].create({"name": "Other shop"})
        stranger = self.make_user(
            "search_stranger",
            "return_policy.group_return_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        found = line.with_user(stranger).search([("return_verdict", "=", "allowed")])
        self.assertNotIn(line, found)
