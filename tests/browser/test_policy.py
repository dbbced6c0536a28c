"""A merchant makes a policy by clicking, in English and in Chinese, and lives by it."""

from datetime import timedelta

from odoo import Command
from odoo.fields import Datetime
from odoo.tests import tagged

from ..acceptance import shop
from .driver import Journey

POLICIES = "/odoo/action-return_policy.return_policy_action"
ORDERS = "/odoo/action-sale.action_orders"
RULES = "div[name=rule_ids] .o_data_row"


@tagged("post_install", "-at_install")
class TestPolicy(Journey):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = shop.open_company(cls.env)
        cls.manager = shop.hire(cls.env, cls.company)["manager"]
        cls.manager.group_ids += cls.env.ref("sales_team.group_sale_manager")
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.buyer = cls.env["res.partner"].create(
            {"name": "张三", "country_id": cls.env.ref("base.cn").id}
        )
        cls.shoes = cls.env["product.product"].create(
            {"name": "跑鞋", "type": "consu", "list_price": 199, "taxes_id": []}
        )

    def sell(self):
        """Return an order that was placed, shipped and signed for ten days ago."""
        signed = Datetime.now() - timedelta(days=10)
        order = self.env["sale.order"].create(
            {
                "partner_id": self.buyer.id,
                "company_id": self.company.id,
                "order_line": [Command.create({"product_id": self.shoes.id})],
            }
        )
        order.action_confirm()
        moves = order.picking_ids.move_ids
        moves.quantity = 1
        moves.picked = True
        order.picking_ids._action_done()
        moves.date = signed - timedelta(days=1)
        order.order_line.return_received_at = signed
        return order

    def test_preset_rules_floor_rehearsal_publication_and_two_orders(self):
        before = self.sell()
        self.manager.lang = "en_US"
        with self.screen("live_manager") as screen:
            self._draft_from_the_preset(screen)
            self._add_rules(screen)
            self._floor_refuses(screen)
        policy = self.env["return.policy"].search(
            [("company_id", "=", self.company.id)], order="id desc", limit=1
        )
        self.manager.lang = "zh_CN"
        with self.screen("live_manager") as screen:
            self._mend_the_rule(screen, policy)
            self._rehearse(screen, policy)
            self._publish(screen, policy)
        self.env.invalidate_all()
        rehearsed = self.env["return.rehearsal"].search([("policy_id", "=", policy.id)])
        changes = [(case.before, case.after) for case in rehearsed.change_ids]
        self.assertEqual(changes, [("refused", "allowed")])
        self.assertEqual(policy.version_id.number, 1)
        after = self.sell()
        self.assertEqual(before.return_policy_version_id.policy_id.window_days, 7)
        self.assertNotEqual(before.return_policy_version_id.policy_id, policy)
        self.assertEqual(after.return_policy_version_id, policy.version_id)
        self.assertEqual(before.order_line.return_verdict, "refused")
        self.assertEqual(after.order_line.return_verdict, "allowed")
        with self.screen("live_manager") as screen:
            self._look_at_the_orders(screen, before, after)

    def _draft_from_the_preset(self, screen):
        screen.open(POLICIES, ".o_list_view")
        screen.click("New from a Preset")
        screen.see("Civil Code, art. 203", css=".modal td")
        screen.shot("policy-1-preset")
        screen.click(css=".modal button[name=action_create]")
        screen.see(css=".o_form_view div[name=rule_ids]")
        screen.shot("policy-2-draft")

    def _add_rules(self, screen):
        screen.click("Add a line", css="div[name=rule_ids] a")
        screen.fill(".modal div[name=name] input", "Shoes")
        screen.pick(".modal div[name=kind]", "Return window")
        screen.fill(".modal div[name=window_days] input", "15")
        screen.shot("policy-3-window-rule")
        screen.click(css=".modal .o_form_button_save")
        screen.gone(".modal")
        screen.click("Add a line", css="div[name=rule_ids] a")
        screen.fill(".modal div[name=name] input", "Sale goods")
        screen.pick(".modal div[name=kind]", "Refuse")
        screen.click(css=".modal .o_form_button_save")
        screen.gone(".modal")
        screen.click(css=".o_form_view .o_form_button_save")
        screen.see("no legal ground", css=f"{RULES} *")
        screen.shot("policy-4-rules")

    def _floor_refuses(self, screen):
        screen.click(css="button[name=action_open_publish]")
        screen.see("Sale goods", css=".modal .o_data_row *")
        screen.see("6, 7", css=".modal .o_data_row *")
        screen.gone(".modal button[name=action_publish]")
        screen.shot("policy-5-floor")

    def _mend_the_rule(self, screen, policy):
        screen.open(f"{POLICIES}/{policy.id}", RULES)
        screen.click(css=f"{RULES}:nth-child(2) td[name=sentence]")
        screen.pick(".modal div[name=legal_code]", "定作")
        screen.choose(".modal div[name=reason_ids] input", "拍错")
        screen.shot("policy-6-mended-zh")
        screen.click(css=".modal .o_form_button_save")
        screen.gone(".modal")
        screen.click(css=".o_form_view .o_form_button_save")
        screen.see("第6(1)条", css=f"{RULES} *")

    def _rehearse(self, screen, policy):
        screen.open(f"{POLICIES}/{policy.id}", "button[name=action_rehearse]")
        screen.click(css="button[name=action_rehearse]")
        screen.click(css="button[name=action_start]")
        screen.see(css=".o_arrow_button_current[data-value=done]")
        screen.shot("policy-7-rehearsal-zh")

    def _publish(self, screen, policy):
        screen.open(f"{POLICIES}/{policy.id}", "button[name=action_open_publish]")
        screen.click(css="button[name=action_open_publish]")
        screen.fill(".modal div[name=note] input", "鞋类放宽到十五天")
        screen.shot("policy-8-publish-zh")
        screen.click(css=".modal button[name=action_publish]")
        screen.gone(".modal")
        screen.shot("policy-9-published-zh")

    def _look_at_the_orders(self, screen, before, after):
        screen.open(f"{ORDERS}/{before.id}", "div[name=return_chip]")
        screen.shot("policy-10-order-before-zh")
        screen.open(f"{ORDERS}/{after.id}", "div[name=return_chip]")
        screen.shot("policy-11-order-after-zh")
