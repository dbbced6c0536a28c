"""What a rehearsal counts, and which cases it lists."""

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..policy.clock import DAY
from .policy_common import at
from .rehearsal_common import NOW, RehearsalCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRehearsal(RehearsalCase):
    def changes(self, rehearsal):
        """Return {order line: change}."""
        return {change.sale_line_id: change for change in rehearsal.change_ids}

    def test_each_verdict_is_counted_before_and_with_the_draft(self):
        self.sell_all()
        self.change_draft()
        rehearsal = self.rehearse()
        self.assertEqual(rehearsal.state, "done")
        self.assertEqual((rehearsal.done_count, rehearsal.progress), (6, 100))
        self.assertEqual(
            self.matrix(rehearsal),
            {
                ("refused", "allowed"): (1, 99),
                ("allowed", "refused"): (1, 20),
                ("allowed", "allowed"): (2, 99 + 7),
                ("refused", "refused"): (1, 99),
                ("review", "review"): (1, 500),
            },
        )
        self.assertEqual(rehearsal.change_count, 4)
        kinds = {
            line: change.change for line, change in self.changes(rehearsal).items()
        }
        self.assertEqual(
            kinds,
            {
                self.late: "verdict",
                self.fresh: "verdict",
                self.open: "approval",
                self.unshipped: "approval",
            },
        )

    def test_a_listed_change_tells_both_verdicts(self):
        self.sell_all()
        self.change_draft()
        changes = self.changes(self.rehearse())
        late = changes[self.late]
        self.assertEqual((late.before, late.after), ("refused", "allowed"))
        self.assertEqual((late.approval_before, late.approval_after), (False, "auto"))
        self.assertEqual(
            late.text_before,
            "The return window of 7 days ended on 10 Nov 2026 24:00 "
            "(signed for on 3 Nov 2026)",
        )
        self.assertEqual(
            late.text_after,
            "Returnable without a reason until 18 Nov 2026 24:00 "
            "(signed for on 3 Nov 2026)",
        )
        self.assertEqual(late.amount, 99)
        self.assertEqual(late.sale_order_id, self.late.order_id)
        self.assertEqual(late.partner_id, self.buyer)
        self.assertEqual(late.product_id, self.product)
        self.assertEqual(late.asked_at, at(NOW))
        fresh = changes[self.fresh]
        self.assertEqual((fresh.rule_before, fresh.rule_after)[1], "Fresh fish")
        self.assertIn("Fresh fish", fresh.text_after)
        self.assertEqual(late.action_view_case()["res_id"], self.late.order_id.id)

    def test_a_longer_window_alone_is_a_change_of_the_last_day(self):
        self.sell_all()
        self.policy.window_days = 15
        changes = self.changes(self.rehearse())
        self.assertEqual(
            {line: change.change for line, change in changes.items()},
            {self.late: "verdict", self.fresh: "window", self.open: "window"},
        )

    def test_fee_and_freight_are_changes_of_terms(self):
        self.policy.window_days = 15
        self.policy.action_publish()
        line = self.sold(self.product, "2026-11-03 10:00:00", ordered=at(NOW) - DAY)
        self.policy.write({"fee_percent": 12.5, "freight_payer": "insurance"})
        change = self.changes(self.rehearse())[line]
        self.assertEqual(change.change, "terms")
        self.assertEqual(
            change.terms_text,
            "Restocking Fee: None → 12.5 %; "
            "Return Freight Paid by: Buyer → Freight insurance",
        )

    def test_no_edit_no_change(self):
        self.sell_all()
        rehearsal = self.rehearse()
        self.assertEqual(rehearsal.change_count, 0)
        self.assertFalse(rehearsal.change_ids)
        self.assertEqual(sum(rehearsal.cell_ids.mapped("case_count")), 6)

    def test_orders_outside_the_days_do_not_count(self):
        self.sold(self.product, None, ordered=at("2026-08-17 03:59:59"))
        first = self.sold(self.product, None, ordered=at("2026-08-17 04:00:00"))
        last = self.sold(self.product, None, ordered=at("2026-11-15 03:59:59"))
        self.sold(self.product, None, ordered=at(NOW))
        self.policy.auto_approve = True
        rehearsal = self.rehearse()
        self.assertEqual(rehearsal.days, 90)
        self.assertEqual(rehearsal.change_ids.sale_line_id, first | last)

    def test_a_past_moment_sees_what_was_shipped_by_then(self):
        line = self.sold(self.product, "2026-11-03 10:00:00")
        line.order_id.picking_ids.move_ids.date = at("2026-11-02 02:00:00")
        self.policy.auto_approve = True
        codes = {
            "2026-11-01 04:00:00": "not_shipped",
            "2026-11-03 04:00:00": "not_received",
            "2026-11-05 04:00:00": "in_window",
        }
        for moment, code in codes.items():
            rehearsal = self.rehearse(asked_at=at(moment))
            self.assertEqual(rehearsal.change_ids.rule_after, code, moment)
            self.assertEqual(rehearsal.change_ids.asked_at, at(moment))

    def test_only_orders_of_the_policy_count(self):
        mine = self.sold(self.product, None)
        other = self.env["return.policy"].create(
            {"name": "For Germany", "country_ids": [self.env.ref("base.de").id]}
        )
        other.action_publish()
        german = self.buyer.copy({"country_id": self.env.ref("base.de").id})
        self.buyer, buyer = german, self.buyer
        theirs = self.sold(self.product, None)
        self.assertEqual(theirs.order_id.return_policy_version_id, other.version_id)
        self.buyer = buyer
        (self.policy | other).auto_approve = True
        self.assertEqual(self.rehearse().change_ids.sale_line_id, mine)
        self.assertEqual(
            self.rehearse(policy_id=other.id).change_ids.sale_line_id, theirs
        )

    def test_an_order_without_a_version_counts_where_it_would_be_taken(self):
        line = self.sold(self.product, None)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET return_policy_version_id = NULL WHERE id = %s",
            [line.order_id.id],
        )
        line.order_id.invalidate_recordset()
        change = self.rehearse().change_ids
        self.assertEqual(change.sale_line_id, line)
        self.assertEqual((change.before, change.after), ("review", "allowed"))
        self.assertIn("no return policy was published", change.text_before)

    def test_a_policy_never_published_is_tried_on_what_it_would_take(self):
        buyer = self.buyer
        here = self.sold(self.product, None)
        self.buyer = buyer.copy({"country_id": self.env.ref("base.de").id})
        there = self.sold(self.product, None)
        vals = {"auto_approve": True, "name": "New"}
        german = self.env["return.policy"].create(
            {**vals, "country_ids": [self.env.ref("base.de").id]}
        )
        anywhere = self.env["return.policy"].create(vals)
        lines = self.rehearse(policy_id=german.id).change_ids.sale_line_id
        self.assertEqual(lines, there)
        lines = self.rehearse(policy_id=anywhere.id).change_ids.sale_line_id
        self.assertEqual(lines, here | there)
        german.action_publish()
        lines = self.rehearse(policy_id=anywhere.id).change_ids.sale_line_id
        self.assertEqual(lines, here)

    def test_other_companies_do_not_count(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", other.id)])
        self.sold(self.product, None)
        order = self.order(company_id=other.id, warehouse_id=warehouse.id)
        order.date_order = at("2026-11-01 02:00:00")
        policy = other.return_policy_id
        self.assertEqual(order.return_policy_version_id.policy_id, policy)
        (self.policy | policy).auto_approve = True
        rehearsal = self.rehearse(policy_id=policy.id)
        self.assertEqual(rehearsal.company_id, other)
        self.assertEqual(rehearsal.change_ids.sale_line_id, order.order_line)

    def test_amounts_are_in_the_currency_of_the_company(self):
        currency = self.env["res.currency"].search(
            [("id", "!=", self.company.currency_id.id), ("active", "=", False)], limit=1
        )
        currency.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "name": "2026-01-01", "rate": 4.0}
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Abroad", "currency_id": currency.id}
        )
        order = self.order(pricelist_id=pricelist.id)
        order.order_line.price_unit = 396
        order.date_order = at("2026-11-01 02:00:00")
        self.assertEqual(self.matrix(self.rehearse()), {("allowed",) * 2: (1, 99)})

    def test_later_versions_for_placed_orders_are_the_terms_before(self):
        line = self.sold(self.product, "2026-11-03 10:00:00")
        self.policy.window_days = 15
        self.policy.action_publish(is_retroactive=True)
        self.policy.window_days = 9
        change = self.changes(self.rehearse())[line]
        self.assertEqual((change.before, change.after), ("allowed", "refused"))

    def test_later_edits_do_not_touch_what_was_rehearsed(self):
        self.sell_all()
        self.change_draft()
        rehearsal = self.rehearsal()
        rehearsal._freeze()
        rehearsal._move_to("running")
        self.assertFalse(rehearsal.is_outdated)
        self.policy.write({"window_days": 30, "auto_approve": False})
        self.policy.rule_ids.unlink()
        rehearsal._process()
        self.assertEqual(self.matrix(rehearsal)["allowed", "refused"], (1, 20))
        self.assertTrue(rehearsal.is_outdated)

    def test_a_broken_rule_of_the_draft_sends_everything_to_a_person(self):
        self.sell_all()
        rule = self.change_draft()
        self.env.cr.execute(
            "UPDATE return_policy_rule SET product_domain = %s WHERE id = %s",
            ["[('no_such_field', '=', 1)]", rule.id],
        )
        rule.invalidate_recordset()
        rehearsal = self.rehearse()
        self.assertEqual(set(rehearsal.cell_ids.mapped("after")), {"review"})
        self.assertEqual(sum(rehearsal.cell_ids.mapped("case_count")), 6)
        self.assertIn("Fresh fish", rehearsal.change_ids[0].text_after)

    def test_an_empty_period_is_done_at_once(self):
        rehearsal = self.rehearse(days=1)
        self.assertEqual((rehearsal.state, rehearsal.progress), ("done", 100))
        self.assertIn("Nothing of this period was judged", rehearsal.summary)

    def test_the_summary_shows_counts_and_money(self):
        self.sell_all()
        self.change_draft()
        summary = self.rehearse().summary
        for text in ("Not returnable", "Who approves", "Order lines: who approves"):
            self.assertIn(text, summary)
        self.assertIn("824.00", summary)

    def test_a_moment_to_come_is_refused(self):
        rehearsal = self.rehearsal(asked_at=at("2026-11-15 04:00:01"))
        with self.assertRaisesRegex(UserError, "lies in the future"):
            rehearsal.action_start()
        self.assertEqual(rehearsal.state, "draft")

    @mute_logger("odoo.sql_db")
    def test_senseless_questions_are_refused(self):
        for vals in ({"days": 0}, {"days": 4000}, {"with_lines": False}):
            with self.assertRaises(CheckViolation), self.cr.savepoint():
                self.rehearsal(**vals).flush_recordset()
