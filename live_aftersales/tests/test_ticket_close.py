import re

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestTicketClose(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = new_test_user(cls.env, "owner_close", "base.group_portal")
        cls.other = new_test_user(cls.env, "other_close", "base.group_portal")
        cls.new = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_new")
        cls.done = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        cls.rejected = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_rejected")
        cls.ticket = cls.env["helpdesk.ticket"].create(
            {
                "name": "Too big",
                "description": "<p>Too big</p>",
                "partner_id": cls.owner.partner_id.id,
            }
        )

    def _close(self, login, stage=None, csrf=True, **vals):
        self.authenticate(login, login)
        data = {
            "ticket_id": self.ticket.id,
            "stage_id": (stage or self.done).id,
            **({"csrf_token": http.Request.csrf_token(self)} if csrf else {}),
            **vals,
        }
        response = self.url_open("/ticket/close", data=data, allow_redirects=False)
        self.ticket.invalidate_recordset()
        return response.status_code

    def test_the_owner_closes_the_ticket(self):
        self.assertEqual(self._close("owner_close"), 303)
        self.assertEqual(self.ticket.stage_id, self.done)
        self.assertTrue(self.ticket.closed_date)

    def test_another_buyer_cannot_close_it(self):
        self.assertEqual(self._close("other_close"), 403)
        self.assertEqual(self.ticket.stage_id, self.new)

    def test_a_follower_who_is_not_the_buyer_cannot_close_it(self):
        self.ticket.message_subscribe(self.other.partner_id.ids)
        self.assertEqual(self._close("other_close"), 403)
        self.assertEqual(self.ticket.stage_id, self.new)

    def test_an_agent_closes_it(self):
        new_test_user(self.env, "agent_close", "live_aftersales.group_agent")
        self.assertEqual(self._close("agent_close"), 303)
        self.assertEqual(self.ticket.stage_id, self.done)

    def test_opening_a_link_closes_nothing(self):
        self.authenticate("owner_close", "owner_close")
        response = self.url_open(
            f"/ticket/close?ticket_id={self.ticket.id}&stage_id={self.done.id}"
        )
        self.assertEqual(response.status_code, 405)
        self.ticket.invalidate_recordset()
        self.assertEqual(self.ticket.stage_id, self.new)

    def test_a_form_of_another_site_closes_nothing(self):
        self.assertEqual(self._close("owner_close", csrf=False), 400)
        self.assertEqual(self.ticket.stage_id, self.new)

    def test_only_stages_meant_for_buyers_are_taken(self):
        self.assertEqual(self._close("owner_close", stage=self.rejected), 303)
        self.assertEqual(self.ticket.stage_id, self.new)

    def test_nonsense_ids_are_refused(self):
        for ident in ("", "x", "-1", "999999999"):
            self.assertEqual(self._close("owner_close", ticket_id=ident), 403)
        self.assertEqual(self.ticket.stage_id, self.new)

    def test_the_page_of_the_ticket_closes_by_post(self):
        self.authenticate("owner_close", "owner_close")
        page = self.url_open(f"/my/ticket/{self.ticket.id}").text
        forms = re.findall(r"<form[^>]*/ticket/close.*?</form>", page, re.DOTALL)
        self.assertEqual(len(forms), 2)
        for form in forms:
            self.assertIn('method="POST"', form)
            self.assertIn('name="csrf_token"', form)
