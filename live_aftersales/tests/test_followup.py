from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command, Date
from odoo.tests import new_test_user, tagged

from .common import LiveCase


@tagged("post_install", "-at_install")
class TestFollowup(LiveCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.env.ref("live_aftersales.plan_after_settlement")
        cls.env.company.live_followup_plan_id = cls.plan

    def _settled(self, **vals):
        """Grant the refund of a faulty dress which the buyer keeps."""
        order = self._order(self.buyer.partner_id)
        ticket = self._ticket(sale_order_id=order.id)
        line = {"sale_line_id": order.order_line[0].id, "remedy": "refund_only"}
        request = self._open_request(
            ticket.action_new_return_request(),
            reason_id=self.env.ref("return_policy.reason_quality").id,
            line_ids=[Command.create(line)],
            **vals,
        )
        request.action_submit()
        request.action_approve()
        return request

    def _send_refunds(self):
        with self.enter_registry_test_mode():
            self.env.ref("return_policy.ir_cron_send_refunds").method_direct_trigger()

    def _confirm(self, request):
        self._send_refunds()
        request.refund_ids.with_user(self.agent).action_confirm("AS-1")
        self.assertEqual(request.state, "done")

    def test_settled_return_gives_each_step_to_the_agent_of_the_ticket(self):
        request = self._settled()
        self.assertEqual(request.refund_ids.tender, "platform")
        self._confirm(request)
        steps = request.ticket_id.followup_ids.sorted("date_deadline")
        today = Date.context_today(request)
        self.assertEqual(
            [(step.activity_type_id.name, step.date_deadline) for step in steps],
            [
                ("Ask whether the refund arrived", today + timedelta(days=1)),
                (
                    "Ask how the buyer feels about the solution",
                    today + timedelta(days=3),
                ),
                ("Invite to the host's next session", today + timedelta(days=14)),
            ],
        )
        self.assertEqual(steps.user_id, self.agent)
        self.assertEqual(steps.live_plan_id, self.plan)
        self.assertEqual(steps.live_return_request_id, request)
        self.assertIn("Did the money arrive", steps[0].note)

    def test_running_it_again_plans_nothing_twice(self):
        request = self._settled()
        self._confirm(request)
        before = request.followup_ids
        request._schedule_followups()
        before[0].with_user(self.agent).action_feedback("Yes")
        request._schedule_followups()
        self.assertEqual(request.followup_ids, before)

    def test_done_follow_up_stays_on_the_ticket_with_its_result(self):
        request = self._settled()
        self._confirm(request)
        step = request.ticket_id.followup_ids[0]
        step.with_user(self.agent).action_feedback("Arrived, content")
        ticket = request.ticket_id
        ticket.invalidate_recordset()
        self.assertEqual(len(ticket.followup_ids), 3)
        self.assertEqual(step.state, "done")
        self.assertEqual(step.feedback, "Arrived, content")
        self.assertEqual(step.date_done, Date.today())
        self.assertEqual(step.live_done_by_id, self.agent)

    def test_without_ticket_the_request_itself_is_followed_up(self):
        request = self._settled(ticket_id=False)
        self._confirm(request)
        self.assertEqual(len(request.activity_ids), 3)
        self.assertEqual(request.activity_ids.user_id, self.agent)
        self.assertEqual(request.followup_ids, request.activity_ids)

    def test_the_plan_of_the_shop_goes_before_that_of_the_company(self):
        plan = self.plan.copy({"name": "One question", "live_title": False})
        plan.template_ids[1:].unlink()
        self.shop.followup_plan_id = plan
        request = self._settled()
        self._confirm(request)
        self.assertEqual(request.followup_ids.live_plan_id, plan)
        self.assertEqual(len(request.followup_ids), 1)

    def test_without_plan_nothing_is_scheduled(self):
        self.env.company.live_followup_plan_id = False
        request = self._settled()
        self._confirm(request)
        self.assertFalse(request.followup_ids)

    def test_archived_plan_schedules_nothing(self):
        self.plan.active = False
        request = self._settled()
        self._confirm(request)
        self.assertFalse(request.followup_ids)

    def test_managers_edit_plans_for_tickets_and_agents_none(self):
        manager = new_test_user(
            self.env, "live_manager", "live_aftersales.group_manager"
        )
        step = self.plan.template_ids[0]
        step.with_user(manager).delay_count = 2
        self.assertEqual(step.delay_count, 2)
        other = self.env["mail.activity.plan"].create(
            {"name": "Elsewhere", "res_model": "res.partner"}
        )
        for plan, user in ((other, manager), (self.plan, self.agent)):
            with self.assertRaises(AccessError):
                plan.with_user(user).name = "Mine"
        self.env.invalidate_all(flush=False)
        self.assertEqual(other.name, "Elsewhere")
        self.assertEqual(self.plan.name, "After settlement")

    def test_new_companies_start_with_the_plan(self):
        company = self.env["res.company"].create({"name": "Second shop"})
        self.assertEqual(company.live_followup_plan_id, self.plan)

    def test_the_plan_is_named_in_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.plan.with_context(lang="fr_FR").live_title = "Après règlement"
        self.assertEqual(
            self.plan.with_context(lang="fr_FR").display_name, "Après règlement"
        )
        self.assertEqual(
            self.plan.with_context(lang="en_US").display_name, "After settlement"
        )

    def test_steps_of_many_requests_are_planned_in_one_go(self):
        requests = self.env["return.request"]
        for _number in range(5):
            requests |= self._settled()
        self.env.company.live_followup_plan_id = False
        self._send_refunds()
        requests.refund_ids.action_confirm("AS-1")
        self.env.company.live_followup_plan_id = self.plan
        requests._schedule_followups()
        self.assertEqual(len(requests.followup_ids), 15)
