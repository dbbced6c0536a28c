"""Who may give how much away, and who agrees above it."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestRequestCeiling(ReturnCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._user("chief", "return_policy.group_return_manager")
        cls.company.write({"return_agent_max": 50, "return_lead_max": 150})

    def _asked(self, quantity=1, remedy="refund_only", **vals):
        return self._request(
            self._order(),
            quantity,
            line_vals={"remedy": remedy, **vals},
            reason_id=self.reason_quality.id,
        )

    def _activities(self, request):
        return request.sudo().activity_ids

    def _events(self, request):
        return request.sudo().log_ids.sorted("id").mapped("event")

    def test_above_the_agents_ceiling_a_lead_agrees_with_one_click(self):
        request = self._asked()
        self.assertTrue(request.action_approve())
        self.assertEqual(
            (request.state, request.approval_level, request.next_actor),
            ("submitted", "lead", "lead"),
        )
        self.assertEqual(request.amount_given_away, 100)
        activity = self._activities(request)
        self.assertEqual(len(activity), 1)
        self.assertTrue(activity.user_id.has_group("return_policy.group_return_lead"))
        self.assertFalse(request.with_user(self.agent).may_agree)
        request.action_approve()
        self.assertEqual(self._events(request), ["submitted", "approval_asked"])
        self.assertEqual(self._activities(request), activity)
        leads = request.with_user(self.lead)
        self.assertTrue(leads.may_agree)
        leads.action_approve()
        self.assertEqual((request.state, request.approval_level), ("approved", False))
        self.assertFalse(self._activities(request))
        log = request.sudo().log_ids.filtered(lambda e: e.event == "approved")
        self.assertEqual(log.user_id, self.lead)
        self.assertEqual(request.sudo().credit_note_ids.amount_total, 100)

    def test_above_the_leads_ceiling_a_manager_agrees(self):
        request = self._asked(2)
        request.with_user(self.agent).action_approve()
        self.assertEqual(request.approval_level, "manager")
        self.assertEqual(request.next_actor, "manager")
        request.with_user(self.lead).action_approve()
        self.assertEqual(request.state, "submitted")
        self.assertEqual(self._events(request), ["submitted", "approval_asked"])
        request.with_user(self.manager).action_approve()
        self.assertEqual(request.state, "approved")

    def test_the_ceiling_itself_may_be_given(self):
        for amount, state in ((50, "approved"), (50.01, "submitted")):
            request = self._asked(remedy="partial_refund", amount_agreed=amount)
            request.action_approve()
            self.assertEqual(request.state, state)
        request.line_ids.amount_agreed = 49
        request.action_approve()
        self.assertEqual((request.state, request.approval_level), ("approved", False))
        self.assertFalse(self._activities(request))

    def test_goods_that_come_back_are_not_given_away(self):
        request = self._asked(2, remedy="return_refund")
        request.action_approve()
        self.assertEqual(request.state, "approved")

    def test_what_is_sent_again_is_worth_what_was_paid(self):
        request = self._asked(2, remedy="reship")
        self.assertEqual(request.amount_given_away, 200)
        request.action_approve()
        self.assertEqual(request.approval_level, "manager")

    def test_what_the_buyer_keeps_is_given_away(self):
        self._policy(keep_item_max=500)
        request = self._asked(remedy="return_refund")
        self.assertTrue(request.line_ids.keeps_item)
        request.action_approve()
        self.assertEqual(request.approval_level, "lead")
        request.line_ids.keeps_item = False
        request.action_approve()
        self.assertEqual((request.state, request.goods_state), ("approved", "awaiting"))

    def test_a_refused_line_gives_nothing_away(self):
        order = self._order((self.product, 1), (self._product("Cup", 30.0), 1))
        request = self._request(order, line_vals={"remedy": "refund_only"})
        lamp = request.line_ids[0]
        lamp.write({"answer": "refuse", "answer_reason": "Worn"})
        self.assertEqual(request.amount_given_away, 30)
        request.action_approve()
        self.assertEqual((request.state, request.amount_total), ("approved", 30))

    def test_no_ceiling_means_any_amount(self):
        self.company.write({"return_agent_max": 0, "return_lead_max": 0})
        request = self._asked(2)
        request.action_approve()
        self.assertEqual(request.state, "approved")

    def test_an_offer_above_the_ceiling_waits_inside(self):
        request = self._asked(remedy="return_refund")
        request.line_ids.amount_agreed = 60
        request.action_offer()
        self.assertEqual(
            (request.state, request.offer_state, request.approval_level),
            ("submitted", "proposed", "lead"),
        )
        self.assertEqual(request.amount_given_away, 60)
        request.with_user(self.lead).action_approve()
        self.assertEqual(
            (request.state, request.offer_state, request.approval_level),
            ("needs_info", "open", False),
        )
        request.action_offer_accepted("By phone")
        self.assertEqual((request.state, request.amount_total), ("approved", 60))

    def test_who_does_not_agree_says_why(self):
        request = self._asked()
        request.action_approve()
        with self.assertRaises(AccessError), self.cr.savepoint():
            request.with_user(self.agent).action_deny("No")
        leads = request.with_user(self.lead)
        self.assertEqual(leads.action_deny()["context"]["default_purpose"], "deny")
        self.assertEqual(request.approval_level, "lead")
        leads.action_deny("Offer them half")
        self.assertEqual(
            (request.state, request.approval_level, request.next_actor),
            ("submitted", False, "agent"),
        )
        self.assertFalse(self._activities(request))
        log = request.sudo().log_ids.sorted("id")[-1]
        self.assertEqual(
            (log.event, log.reason), ("approval_denied", "Offer them half")
        )
        leads.action_deny("Offer them half")
        self.assertEqual(len(request.sudo().log_ids), 3)

    def test_a_lead_does_not_speak_for_the_manager(self):
        request = self._asked(2)
        request.action_approve()
        with self.assertRaises(AccessError), self.cr.savepoint():
            request.with_user(self.lead).action_deny("No")
        self.env.invalidate_all()
        self.assertEqual(request.approval_level, "manager")

    def test_a_proposed_offer_that_is_denied_can_be_approved_otherwise(self):
        request = self._asked(remedy="return_refund")
        request.line_ids.amount_agreed = 60
        request.action_offer()
        request.with_user(self.lead).action_deny("Take it back instead")
        self.assertEqual(request.offer_state, "none")
        request.action_approve()
        self.assertEqual((request.state, request.goods_state), ("approved", "awaiting"))

    def test_the_ceiling_is_in_the_companys_money(self):
        currency = self.env["res.currency"].create(
            {"name": "XTS", "symbol": "X", "rounding": 0.01}
        )
        self.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "company_id": self.company.id,
                "name": "2020-01-01",
                "rate": 2,
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "X", "currency_id": currency.id}
        )
        for amount, state in ((100, "done"), (100.02, "submitted")):
            order = self._order((self.product, 2), invoice=False, deliver=False)
            order = order.copy({"pricelist_id": pricelist.id})
            order.order_line.price_unit = 200
            order.action_confirm()
            self._deliver(order)
            self.assertEqual(order.currency_id, currency)
            request = self._request(
                order,
                1,
                line_vals={"remedy": "partial_refund", "amount_agreed": amount},
            )
            request.action_approve()
            self.assertEqual(request.state, state)

    def test_the_policy_itself_has_no_ceiling_here(self):
        self._policy(auto_approve=True, keep_item_max=500)
        request = self._request(self._order(), 2)
        self.assertTrue(request.line_ids.keeps_item)
        self.assertEqual(request.state, "approved")

    def test_agents_are_not_allowed_more_than_leads(self):
        for vals in ({"return_lead_max": 49}, {"return_agent_max": -1}):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.company.write(vals)
        self.company.return_lead_max = 0
        request = self._asked(2)
        request.action_approve()
        self.assertEqual(request.approval_level, "lead")

    def test_an_override_above_the_ceiling_is_kept_and_asked(self):
        request = self._asked(2)
        request.sudo().line_ids.verdict = "refused"
        request.with_user(self.lead)._override("Regular customer")
        self.assertEqual(
            (request.state, request.approval_level), ("submitted", "manager")
        )
        log = request.sudo().log_ids.sorted("id")[-1]
        self.assertEqual(
            (log.event, log.reason), ("approval_asked", "Regular customer")
        )

    def test_what_is_bulk_approved_waits_where_it_has_to(self):
        requests = self._asked() | self._asked(remedy="return_refund") | self._asked()
        requests.action_approve()
        self.assertEqual(
            requests.mapped("state"), ["submitted", "approved", "submitted"]
        )
        self.assertEqual(requests.mapped("approval_level"), ["lead", False, "lead"])
        with self.assertRaises(UserError), self.cr.savepoint():
            requests.with_user(self.lead).action_refuse("No")
        waiting = requests.filtered("approval_level").with_user(self.lead)
        waiting.action_approve()
        self.assertEqual(set(requests.mapped("state")), {"approved"})
