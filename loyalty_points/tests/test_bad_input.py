from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .common import PointsCommon

MOST = 2**31 - 1


@tagged("post_install", "-at_install")
class TestBadInput(PointsCommon):
    """Nothing is lost, and nobody makes points out of nothing."""

    def setUp(self):
        super().setUp()
        self.source = self._released((150, 1))
        self.card = self._card()
        company = self.env.company
        self.seller = new_test_user(
            self.env,
            "points seller",
            "sales_team.group_sale_salesman_all_leads",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def test_a_salesperson_cannot_take_the_ledger_off_a_card(self):
        for values in (
            {"points_ledger": False},
            {"points_ledger": False, "points": 900},
        ):
            with self.assertRaises(UserError):
                self.card.with_user(self.seller).write(values)
        self.assertTrue(self.card.points_ledger)
        self.assertEqual(self._balance(), (150, 0))

    def test_a_salesperson_cannot_choose_what_a_line_earns(self):
        order = self._order((10, 1))
        line = order.order_line.with_user(self.seller)
        frozen = {
            "points_program_id": self.program.id,
            "points_rate": 1000,
            "points_basis": "unit",
            "points_earn_at": "delivery",
        }
        for name, value in frozen.items():
            with self.assertRaises(UserError):
                line.write({name: value})
            with self.assertRaises(UserError):
                line.create(
                    {
                        "order_id": order.id,
                        "product_id": self.product.id,
                        name: value,
                    }
                )
        self._deliver(order)
        self.assertEqual(self._balance(), (150, 10))

    def test_a_reward_never_costs_less_than_nothing(self):
        order = self._order((50, 1))
        values = {
            "order_id": order.id,
            "name": "Present",
            "product_id": self.product.id,
            "price_unit": 0,
            "coupon_id": self.card.id,
            "reward_id": self.program.reward_ids.id,
            "reward_identifier_code": "present",
        }
        lines = self.env["sale.order.line"].with_user(self.seller)
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            lines.create({**values, "points_cost": -500})
        line = lines.create({**values, "points_cost": 100})
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            line.points_cost = -1
        self.assertEqual(self._balance(), (50, 0))

    def test_a_manager_types_in_nothing_that_follows_from_the_card(self):
        manager = new_test_user(
            self.env, "points manager", "loyalty_points.group_points_manager"
        )
        member = self.card.sudo().points_membership_ids.with_user(manager)
        for name, value in {
            "active": False,
            "partner_id": self.seller.partner_id.id,
            "program_id": self._program().id,
            "referral_code": "MINE",
        }.items():
            with self.assertRaises(UserError):
                member.write({name: value})
        self.assertEqual(member.sudo().partner_id, self.buyer)

    def test_negative_limits_of_a_program_are_refused(self):
        for name in (
            "points_minimum_amount",
            "points_minimum",
            "points_per_unit",
            "points_pending_days",
            "points_max_day",
            "points_adjust_max",
            "points_referrer",
            "points_value",
            "points_notice_days",
        ):
            with (
                self.subTest(name),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.program.sudo()[name] = -1
                self.env.flush_all()

    def test_days_of_a_program_are_those_of_a_hundred_years_at_most(self):
        for name in (
            "points_pending_days",
            "points_notice_days",
            "points_tier_grace",
            "points_tier_warn_days",
        ):
            program = self.program.sudo()
            program[name] = 36_500
            self.env.flush_all()
            with (
                self.subTest(name),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                program[name] = 36_501
                self.env.flush_all()

    def test_the_currency_stays_once_somebody_has_paid_in_it(self):
        yen = self.env.ref("base.JPY")
        yen.active = True
        other = self.env["res.company"].create({"name": "J", "currency_id": yen.id})
        for values in ({"currency_id": yen.id}, {"company_id": other.id}):
            with (
                self.assertRaisesRegex(UserError, "have paid in USD"),
                self.env.cr.savepoint(),
            ):
                self.program.sudo().write(values)
        self.assertEqual(self.program.currency_id.name, "USD")
        self.program.sudo().company_id = False
        self.assertEqual(self._balance(), (150, 0))
        fresh = self._program(name="Fresh")
        fresh.currency_id = yen
        self.assertEqual(fresh.currency_id, yen)

    def test_a_program_of_no_company_goes_on_for_all_of_them(self):
        self.program.sudo().company_id = False
        self._credit(self._released((50, 2)), 1)
        self.assertEqual(self._balance(), (200, 0))
        self.assertFalse(self.card.company_id)
        self.entries._cron_expire()
        self.assertFalse(self.env["loyalty.card"].sudo()._points_prove(self.program))

    def test_conditional_rules_stay_out_of_a_program_with_a_ledger(self):
        program = self._program(name="Was core's", points_ledger=False)
        program.rule_ids = [Command.create({"reward_point_amount": 2})]
        program.write({"applies_on": "both", "trigger": "auto", "points_ledger": True})
        old = program.with_context(active_test=False).rule_ids
        self.assertFalse(old.filtered("active"))
        with self.assertRaises(ValidationError):
            old.action_unarchive()
        with self.assertRaises(ValidationError):
            self.env["loyalty.rule"].sudo().create({"program_id": self.program.id})

    def test_more_points_than_fit_are_noted_and_stop_no_delivery(self):
        order = self._delivered((2e9, 1), (3e9, 1))
        self.assertEqual(self._balance(), (150, MOST))
        earned = self._booked(order, "earn")
        self.assertEqual(
            [(entry.points, entry.shortfall) for entry in earned],
            [(2_000_000_000, 0), (MOST - 2_000_000_000, -2_000_000_000)],
        )
        self._pass_time(order.order_line)
        again = self._released((1e9, 1))
        self.assertEqual(self._balance(), (150 + MOST + 1_000_000_000, 0))
        rows = self.env["loyalty.points.report"].sudo()
        rows = rows.search([("program_id", "=", self.program.id)])
        self.assertEqual(rows[0].closing, 150 + MOST + 1_000_000_000)
        self._credit(order)
        self._credit(again)
        self.assertEqual(self._balance(), (150, 0))

    def test_archived_products_and_buyers_are_refunded_all_the_same(self):
        order = self._delivered((60, 1))
        self.product.active = False
        self.buyer.active = False
        self._credit(order)
        self.assertEqual(self._balance(), (150, 0))
        order._action_cancel()
        self.assertEqual(self._balance(), (150, 0))

    def test_a_deleted_contact_leaves_card_and_entries(self):
        gone = self.env["res.partner"].create({"name": "Gone"})
        card = self.card.sudo().create(
            {"program_id": self.program.id, "partner_id": gone.id, "points": 7}
        )
        gone.unlink()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((card.points, len(card.points_entry_ids)), (7, 1))
        self.assertFalse(card._points_prove(self.program))

    def test_a_clock_that_jumps_back_after_the_earning_loses_nothing(self):
        self.program.sudo().write({"points_expiry": "days", "points_expiry_count": 30})
        with freeze_time("2026-06-15 12:00:00"):
            order = self._delivered((50, 2))
        with freeze_time("2026-03-01 12:00:00"):
            self._credit(order, 1)
            self.entries._release_due(10)
            self.entries._expire_due(10)
            self.assertEqual(self._balance(), (150, 50))
        with freeze_time("2026-06-23 12:00:00"):
            self.entries._release_due(10)
            self.assertEqual(self._balance(), (200, 0))
        with freeze_time("2026-03-01 12:00:00"):
            self.entries._expire_due(10)
            self._credit(order, 1)
            self.assertEqual(self._balance(), (150, 0))
        self.assertFalse(self.card.sudo()._points_prove(self.program))
