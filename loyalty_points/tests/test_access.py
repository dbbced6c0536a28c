from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestAccess(PointsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._released((100, 1))
        cls.card = cls.env["loyalty.card"].search([("partner_id", "=", cls.buyer.id)])
        cls.entry = cls.entries.search([("order_id", "=", cls.order.id)], limit=1)

    def _user(self, groups):
        company = self.env.company
        return new_test_user(
            self.env,
            f"points {groups}",
            groups,
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )

    def test_portal_and_plain_users_see_no_entry(self):
        for groups in ("base.group_portal", "base.group_public", "base.group_user"):
            with self.assertRaises(AccessError):
                self.entry.with_user(self._user(groups)).read(["points"])

    def test_a_points_user_reads_and_changes_nothing(self):
        user = self._user("loyalty_points.group_points_user")
        self.assertEqual(self.entry.with_user(user).points, self.entry.points)
        self.assertEqual(self.card.with_user(user).points, 100)
        self.assertEqual(self.buyer.with_user(user).points_available, 100)
        with self.assertRaises(AccessError):
            self.card.with_user(user).points = 500
        with self.assertRaises(AccessError):
            self.program.with_user(user).points_per_unit = 100
        with self.assertRaises(AccessError):
            self.env["loyalty.card.update.balance"].with_user(user).create(
                {"card_id": self.card.id, "new_balance": 5, "description": "x"}
            )
        self.assertEqual(self._balance(), (100, 0))

    def test_a_salesperson_spends_by_orders_only(self):
        user = self._user("sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.card.with_user(user).points = 500
        with self.assertRaises(UserError):
            self.card.with_user(user).points_pending = 500
        order = (
            self.env["sale.order"]
            .with_user(user)
            .create(
                {
                    "partner_id": self.buyer.id,
                    "order_line": [
                        (0, 0, {"product_id": self.product.id, "price_unit": 50})
                    ],
                }
            )
        )
        order._update_programs_and_rewards()
        order._apply_program_reward(self.program.reward_ids, self.card)
        order.action_confirm()
        self.assertEqual(self._balance(), (0, 0))
        order._action_cancel()
        self.assertEqual(self._balance(), (100, 0))

    def test_warehouse_and_accounting_need_no_rights_on_points(self):
        stock = self._user("stock.group_stock_user")
        accountant = self._user("account.group_account_invoice")
        order = self._order((30, 1))
        picking = order.picking_ids.with_user(stock)
        picking.move_ids.write({"quantity": 1, "picked": True})
        picking.button_validate()
        self.assertEqual(self._balance(), (100, 30))
        note = self._credit(order, post=False)
        note.with_user(accountant).action_post()
        self.assertEqual(self._balance(), (100, 0))
        note.with_user(accountant).button_draft()
        self.assertEqual(self._balance(), (100, 30))

    def test_a_points_manager_sets_up_and_adjusts(self):
        user = self._user("loyalty_points.group_points_manager")
        self.program.with_user(user).points_pending_days = 14
        wizard = (
            self.env["loyalty.card.update.balance"]
            .with_user(user)
            .create(
                {"card_id": self.card.id, "new_balance": 90, "description": "Mistake"}
            )
        )
        wizard.action_update_card_point()
        self.assertEqual(self._balance(), (90, 0))
        with self.assertRaises(UserError):
            self.entry.with_user(user).create({})
        with self.assertRaises(UserError):
            self.entry.with_user(user).sudo().unlink()
        program = (
            self.env["loyalty.program"]
            .with_user(user)
            .create(
                {
                    "name": "Club",
                    "program_type": "loyalty",
                    "points_ledger": True,
                    "reward_ids": [Command.create({"required_points": 50})],
                }
            )
        )
        self.assertEqual(program.reward_ids.required_points, 50)

    def test_another_company_sees_nothing(self):
        other = self.setup_other_company()["company"]
        user = new_test_user(
            self.env,
            "points elsewhere",
            "loyalty_points.group_points_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        entries = self.env["loyalty.points.entry"].with_user(user)
        self.assertFalse(entries.search([("order_id", "=", self.order.id)]))
        with self.assertRaises(AccessError):
            self.entry.with_user(user).read(["points"])


@tagged("post_install", "-at_install")
class TestAccessOverRpc(PointsCommon, HttpCase):
    def _call(self, model, method, *args):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": list(args), "kwargs": {}},
        )

    def test_the_buyer_changes_and_reads_nothing_over_rpc(self):
        order = self._released((100, 1))
        card, program = self._card(), self.program
        entries = self._booked(order, "earn").ids
        user = new_test_user(self.env, "portal buyer", "base.group_portal")
        self.authenticate(user.login, user.login)
        calls = [
            ("loyalty.points.entry", "search_read", []),
            ("loyalty.points.entry", "create", {"card_id": card.id, "points": 9}),
            (
                "loyalty.points.entry",
                "unlink",
                entries,
            ),
            ("loyalty.card", "write", [card.id], {"points": 900}),
            ("loyalty.card", "read", [card.id], ["points"]),
            ("loyalty.program", "action_points_entries", [program.id]),
            ("sale.order", "action_points_entries", [order.id]),
            ("res.partner", "action_points_cards", [self.buyer.id]),
            ("loyalty.card.update.balance", "create", {"card_id": card.id}),
            ("loyalty.points.entry", "_cron_release"),
            ("loyalty.points.entry", "_append", [{}]),
            ("loyalty.card", "_points_close_books", {}),
            ("sale.order.line", "_points_earn", order.order_line.ids),
        ]
        for model, method, *args in calls:
            with self.subTest(f"{model}.{method}"), self.assertRaises(JsonRpcException):
                self._call(model, method, *args)
        self.assertEqual(self._balance(), (100, 0))
