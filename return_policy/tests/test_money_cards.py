"""Store credit with its bonus, and cards that get back what they had paid."""

from contextlib import contextmanager

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ReturnCase


class CardCase(ReturnCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False
        cls.liability = cls.env["account.account"].create(
            {
                "name": "Store credit",
                "code": "RETURNTEST2",
                "account_type": "liability_current",
            }
        )

    @classmethod
    def _wallet_program(cls, **vals):
        product = cls._product("eWallet", 0, type="service")
        product.property_account_income_id = cls.liability
        return cls.env["loyalty.program"].create(
            {
                "name": "Wallet",
                "program_type": "ewallet",
                "applies_on": "future",
                "trigger": "auto",
                "reward_ids": [
                    (
                        0,
                        0,
                        {
                            "reward_type": "discount",
                            "discount_mode": "per_point",
                            "discount": 1,
                            "discount_line_product_id": product.id,
                        },
                    )
                ],
                **vals,
            }
        )

    def _card(self, program, points):
        return self.env["loyalty.card"].create(
            {"program_id": program.id, "partner_id": self.partner.id, "points": points}
        )

    def _balance(self, account):
        lines = self.env["account.move.line"].search(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")]
        )
        return round(sum(lines.mapped("balance")), 2)

    @contextmanager
    def _refused(self, text):
        with self.assertRaises(UserError) as caught:
            yield
        self.assertRegex(str(caught.exception), text)


@tagged("post_install", "-at_install")
class TestStoreCredit(CardCase):
    def _credited(self, order, quantity=1):
        return self._inspected(
            order, quantity, line_vals={"remedy": "store_credit"}
        ).sudo()

    def test_store_credit_fills_the_wallet_with_its_bonus_at_once(self):
        program = self._wallet_program()
        self._policy(bonus_percent=10, bonus_flat=2)
        request = self._credited(self._order((self.product, 2)))
        refund = request.refund_ids
        self.assertRecordValues(
            refund,
            [
                {
                    "tender": "store_credit",
                    "state": "confirmed",
                    "amount": 100,
                    "bonus": 12,
                    "points": 112,
                }
            ],
        )
        card = refund.card_id
        self.assertEqual((card.program_id, card.partner_id), (program, self.partner))
        self.assertEqual(card.points, 112)
        self.assertRecordValues(
            card.history_ids, [{"issued": 112, "order_id": request.sale_order_id.id}]
        )
        self.assertEqual(refund.move_id.amount_residual, 0)
        self.assertEqual(self._balance(self.liability), -112)
        self.assertEqual(request.state, "done")
        self.assertEqual(request.amount_refunded, 100)

    def test_the_bonus_is_that_of_the_day_the_buyer_asked(self):
        self._wallet_program()
        self._policy(bonus_percent=10)
        order = self._order((self.product, 1))
        request = self._approved(order, 1, line_vals={"remedy": "store_credit"})
        self._policy(bonus_percent=50)
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        self.assertEqual(request.sudo().refund_ids.points, 110)

    def test_the_same_card_is_used_again_and_opened_again(self):
        program = self._wallet_program()
        card = self._card(program, 5)
        card.write({"active": False, "expiration_date": "2020-01-01"})
        request = self._credited(self._order((self.product, 1)))
        self.assertEqual(request.refund_ids.card_id, card)
        self.assertEqual((card.points, card.active), (105, True))
        self.assertGreater(card.expiration_date, fields.Date.today())

    def test_without_a_wallet_nothing_is_approved(self):
        order = self._order((self.product, 1))
        request = self._request(
            order, 1, line_vals={"remedy": "store_credit"}, submit=False
        )
        with self._refused("no eWallet program"):
            request.action_submit()
            request.with_user(self.lead)._override("credit it")
        self.assertEqual(request.state, "draft")
        self.assertFalse(request.sudo().picking_ids)

    def test_the_program_chosen_in_the_settings_is_taken(self):
        self._wallet_program()
        chosen = self._wallet_program(name="VIP")
        self.company.return_ewallet_program_id = chosen
        request = self._credited(self._order((self.product, 1)))
        self.assertEqual(request.refund_ids.card_id.program_id, chosen)

    def test_a_wallet_in_another_currency_gets_the_worth_of_today(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "rate": 0.5, "company_id": self.company.id}
        )
        self._wallet_program(currency_id=euro.id, company_id=False)
        request = self._credited(self._order((self.product, 1)))
        self.assertEqual(request.refund_ids.points, 50)

    def test_goods_for_money_and_goods_for_credit_share_one_request(self):
        self._wallet_program()
        order = self._order((self.product, 1), (self._product("Cup", 50), 1))
        request = self._request(order, 1, submit=False)
        request.line_ids[:1].remedy = "store_credit"
        request.action_submit()
        if request.state == "submitted":
            request.with_user(self.lead)._override("both")
        self._receive(request)
        request.with_user(self.keeper).action_inspect()
        refunds = request.sudo().refund_ids
        self.assertEqual(
            {refund.tender: refund.amount for refund in refunds},
            {"store_credit": 100, "manual": 50},
        )
        self.assertEqual(refunds.move_id.amount_total, 150)
        self.assertEqual(refunds.move_id.amount_residual, 50)

    def test_goods_paid_but_never_billed_become_credit_too(self):
        self._wallet_program()
        order = self._order((self.product, 1), deliver=False, invoice=False)
        self._pay_online(order)
        request = self._request(order, 1, line_vals={"remedy": "store_credit"})
        if request.state == "submitted":
            request.with_user(self.lead)._override("credit it")
        refund = request.sudo().refund_ids
        self.assertRecordValues(refund, [{"tender": "store_credit", "points": 100}])
        self.assertEqual(self._balance(self.liability), -100)


@tagged("post_install", "-at_install")
class TestInKind(CardCase):
    def _bought(self, cards, *lines):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.partner.id,
                "order_line": [
                    (0, 0, {"product_id": product.id, "product_uom_qty": quantity})
                    for product, quantity in lines
                ],
            }
        )
        order._update_programs_and_rewards()
        for card in cards:
            if not card.program_id.is_nominative:
                order._try_apply_code(card.code)
            order._apply_program_reward(card.program_id.reward_ids, card)
        order.action_confirm()
        self._deliver(order)
        self._invoice(order, pay=bool(order.amount_total))
        return order

    def test_a_wallet_gets_back_its_share_in_kind_and_never_as_cash(self):
        card = self._card(self._wallet_program(), 100)
        order = self._bought(card, (self.product, 3))
        self.assertEqual((card.points, order.amount_total), (0, 200))
        amounts = []
        for _piece in range(3):
            request = self._inspected(order, 1).sudo()
            by_tender = {r.tender: r.amount for r in request.refund_ids}
            amounts.append((by_tender["manual"], by_tender["in_kind"], card.points))
            self.assertEqual(request.credit_note_ids.amount_total, by_tender["manual"])
        self.assertEqual(
            amounts, [(66.67, 33.33, 33.33), (66.66, 33.34, 66.67), (66.67, 33.33, 100)]
        )
        self.assertEqual(self._balance(self.liability), 0)
        self.assertEqual(sum(card.history_ids.mapped("issued")), 100)

    def test_a_card_that_ran_out_is_opened_again(self):
        card = self._card(self._wallet_program(), 300)
        order = self._bought(card, (self.product, 2))
        self.assertEqual(order.amount_total, 0)
        card.write({"active": False, "expiration_date": "2020-01-01"})
        request = self._inspected(order, 2).sudo()
        self.assertEqual((card.points, card.active), (300, True))
        self.assertEqual(request.refund_ids.mapped("tender"), ["in_kind"])
        self.assertEqual(request.state, "done")

    def test_points_that_paid_go_back_in_whole_points(self):
        program = self._wallet_program(
            program_type="loyalty", applies_on="both", name="Points"
        )
        program.reward_ids.discount = 0.1
        card = self._card(program, 500)
        order = self._bought(card, (self.product, 2))
        self.assertEqual((card.points, order.amount_total), (0, 150))
        request = self._inspected(order, 1).sudo()
        self.assertEqual(card.points, 250)
        self.assertEqual(
            {refund.tender: refund.amount for refund in request.refund_ids},
            {"manual": 75, "in_kind": 25},
        )

    def test_two_wallets_get_back_each_its_own(self):
        first = self._card(self._wallet_program(), 100)
        second = self._card(self._wallet_program(name="VIP"), 50)
        order = self._bought(first | second, (self.product, 3))
        self.assertEqual((first.points, second.points), (0, 0))
        self.assertEqual(order.amount_total, 150)
        for _piece in range(3):
            request = self._inspected(order, 1).sudo()
            gave = {r.card_id: r.amount for r in request.refund_ids}
            self.assertEqual(round(sum(gave.values()), 2), 100)
            self.assertEqual(len(gave), 3)
        self.assertEqual((first.points, second.points), (100, 50))
        refunds = order.sudo().return_refund_ids
        money = refunds.filtered(lambda refund: not refund.card_id)
        self.assertEqual(round(sum(money.mapped("amount")), 2), 150)
        self.assertEqual(self._balance(self.liability), 0)

    def test_a_gift_card_gets_back_what_it_paid_and_the_rest_is_money(self):
        voucher = self._product("Voucher", 50, type="service")
        earned = [(0, 0, {"product_ids": [(6, 0, voucher.ids)]})]
        program = self._wallet_program(program_type="gift_card", rule_ids=earned)
        card = self._card(program, 80)
        order = self._bought(card, (self.product, 2))
        self.assertEqual((card.points, order.amount_total), (0, 120))
        request = self._inspected(order, 1).sudo()
        self.assertEqual(
            {refund.tender: refund.amount for refund in request.refund_ids},
            {"manual": 60, "in_kind": 40},
        )
        self.assertEqual(card.points, 40)
