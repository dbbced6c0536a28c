"""Points in the hands of people: the buyer's page, a friend's link, two desks."""

from datetime import timedelta

from odoo import Command
from odoo.fields import Datetime
from odoo.tests import new_test_user, tagged

from ..acceptance import shop
from .orders import OrderJourney

PAGE = "/my/points"
BALANCE = "#points_balance"
ROW = ".o_points_row"


@tagged("post_install", "-at_install")
class TestPoints(OrderJourney):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False
        cls.program = shop.member_program(cls.env, cls.company)
        reward = {
            "reward_type": "discount",
            "discount_mode": "per_order",
            "discount": 10,
            "required_points": 1000,
        }
        cls.program.write(
            {
                "portal_point_name": "积分",
                "points_referral": True,
                "points_adjust_max": 100,
                "reward_ids": [Command.create(reward)],
                "points_tier_ids": [
                    Command.create({"name": "银卡", "enter_at": 1000}),
                    Command.create({"name": "金卡", "enter_at": 5000}),
                ],
            }
        )
        cls.coat = cls.make("羊绒大衣", 1200.0)
        cls.order = cls.sell((cls.coat, 1))
        cls.member = cls.env["loyalty.membership"].search(
            [("partner_id", "=", cls.buyer.partner_id.id)]
        )
        for role in ("agent", "manager"):
            new_test_user(
                cls.env,
                f"points_{role}",
                f"base.group_user,loyalty_points.group_points_{role}",
                lang="en_US",
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            )

    def _nights_pass(self, order):
        """Let the window of an order close and the jobs of the night run."""
        # committing is the job's business; here one transaction sees everything
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 60)
        order.order_line.return_received_at = Datetime.now() - timedelta(days=40)
        entries = self.env["loyalty.points.entry"]
        lots = entries.search([("order_id", "=", order.id), ("remaining", ">", 0)])
        yesterday = Datetime.now() - timedelta(days=1)
        lots._maintain("available_on", dict.fromkeys(lots.ids, yesterday))
        entries._cron_release()
        self.env["loyalty.referral"]._cron_reward()
        self.env.invalidate_all()

    # -- the buyer ------------------------------------------------------------------

    def test_a_buyer_follows_points_by_telephone(self):
        with self.screen("wang_fang", phone=True) as screen:
            screen.open("/my", f"a[href='{PAGE}']")
            screen.click(css=f"a[href='{PAGE}']")
            screen.see("1200 积分", css=f"{BALANCE} .h4")
            screen.see("0 积分", css=f"{BALANCE} .h2")
            screen.see("+1200", css=f"{ROW} td")
            screen.see(css="#points_friends .o_points_copy")
            screen.fits()
            screen.shot("points-1-pending")
        self._nights_pass(self.order)
        with self.screen("wang_fang", phone=True) as screen:
            screen.open(PAGE, BALANCE)
            screen.see("1200 积分", css=f"{BALANCE} .h2")
            screen.gone(f"{BALANCE} .h4")
            screen.see("银卡", css="#points_tier .h4")
            screen.see(css="#points_tier [role=progressbar][aria-valuenow='24']")
            screen.shot("points-2-released")
        self._spend()
        note = self.order.invoice_ids._reverse_moves()
        note._post()
        number = note.name
        with self.screen("wang_fang", phone=True) as screen:
            screen.open(PAGE, BALANCE)
            screen.see("-1000 积分", css=f"{BALANCE} .text-danger")
            screen.see("-1000", css=f"{ROW} td")
            screen.see(number, css=f"{ROW} a")
            screen.fits()
            screen.shot("points-3-spent-and-refunded")

    def _spend(self):
        """Pay a part of an order with points, as the shop does for the buyer."""
        order = self.env["sale.order"].create(
            {
                "partner_id": self.buyer.partner_id.id,
                "company_id": self.company.id,
                "order_line": [Command.create({"product_id": self.coat.id})],
            }
        )
        order._update_programs_and_rewards()
        order._apply_program_reward(self.program.reward_ids, self.member.card_id)
        order.action_confirm()
        self.assertEqual(self.member.card_id.points, 200)

    # -- the desk -------------------------------------------------------------------

    def test_an_agent_asks_for_points_and_a_manager_approves(self):
        with self.screen("points_agent") as screen:
            screen.open("/odoo/points-adjustments", ".o_list_button_add")
            screen.click(css=".o_list_button_add")
            screen.choose("[name=card_id] input", "王芳")
            screen.fill("[name=points] input", "150")
            screen.click("Adjust", css="button")
            screen.see(css="[name=reason].o_field_invalid")
            screen.shot("points-4-no-reason")
            screen.fill("[name=reason] input", "Late parcel")
            screen.click("Adjust", css="button")
            screen.see(css=".o_arrow_button_current[data-value=waiting]")
            screen.shot("points-5-above-the-ceiling")
        asked = self.env["loyalty.points.adjustment"].search([])
        self.assertEqual((asked.points, asked.state), (150, "waiting"))
        self.assertEqual(self.member.card_id.points, 0)
        with self.screen("points_manager") as screen:
            screen.open(f"/odoo/points-adjustments/{asked.id}", ".o_form_view")
            screen.click("Approve", css="button")
            screen.see(css=".o_arrow_button_current[data-value=booked]")
            screen.shot("points-6-approved")
        self.env.invalidate_all()
        self.assertEqual(self.member.card_id.points, 150)
        with self.screen("wang_fang", phone=True) as screen:
            screen.open(PAGE, BALANCE)
            screen.see("Late parcel", css=f"{ROW} div")

    # -- the friend -----------------------------------------------------------------

    def test_a_friend_of_the_same_telephone_waits_for_a_manager(self):
        friend = new_test_user(
            self.env,
            "wang_lei",
            groups="base.group_portal",
            name="王磊",
            lang="zh_CN",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        ).partner_id
        friend.phone = self.buyer.partner_id.phone
        self._accept("wang_lei")
        order = self.sell((self.coat, 1), partner=friend)
        self._release_from_the_queue()
        self._nights_pass(order)
        with self.screen("wang_lei", phone=True) as screen:
            screen.open(PAGE, BALANCE)
            screen.see("1300 积分", css=f"{BALANCE} .h2")
            screen.see("+100", css=f"{ROW} td")
            screen.fits()
            screen.shot("points-10-friend")

    def _accept(self, login):
        link = f"/points/invited/{self.member.referral_code}"
        with self.screen(phone=True) as screen:
            screen.open(link, "#points_invitation")
            screen.see(self.member.referral_code, css="#points_invitation b")
            screen.fits()
            screen.shot("points-7-invitation")
            screen.see(css=f"a[href='/web/login?redirect={link}']")
        with self.screen(login, phone=True) as screen:
            screen.open(link, "#points_invitation")
            screen.click(css="form[action$=accept] button")
            screen.see(css="#points_invitation a[href='/my']")
            screen.fits()
            screen.shot("points-8-accepted")

    def _release_from_the_queue(self):
        with self.screen("points_manager") as screen:
            screen.open("/odoo/points-referrals", ".o_data_row")
            screen.see("same phone", css=".o_data_row td")
            screen.click("王磊", css=".o_data_row td")
            screen.fill("[name=reason] input", "Brothers, both known to us")
            screen.shot("points-9-queue")
            screen.click("Release", css="button")
            screen.see("No referral waits for you", css=".o_view_nocontent p")
        self.env.invalidate_all()
        self.assertEqual(self.member.referral_ids.state, "ordered")
