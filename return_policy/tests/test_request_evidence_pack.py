"""In a dispute the desk hands in one file: the case, and both sides' photos."""

import io
import zipfile

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from .evidence_common import VIDEO, EvidenceCase, picture


@tagged("post_install", "-at_install")
class TestRequestEvidencePack(HttpCase, EvidenceCase):
    def _disputed(self):
        """Return a request with files of both sides, disputed after its inspection."""
        order = self._order()
        order.date_order = "2026-11-02 16:30:00"
        order.order_line.return_received_at = "2026-11-05 02:00:00"
        request = self._request(order, 1, submit=False, note="It does not shine.")
        self._hand_in(request.line_ids, "a/b.png", picture())
        self._hand_in(request.line_ids, "clip.mp4", VIDEO)
        request.action_submit()
        request.with_user(self.lead)._override("a good customer")
        self._receive(request)
        request.with_user(self.keeper).action_open_inspection()
        unit = request.line_ids.unit_ids
        photo = self._upload("scratch.png", picture("PNG", (9, 9)), self.keeper)
        unit.with_user(self.keeper).grade = "c"
        unit.with_user(self.keeper).write(
            {
                "refusal": "Scratched by use",
                "is_accepted": False,
                "evidence_ids": [Command.link(photo.id)],
            }
        )
        request.with_user(self.keeper).action_inspect()
        request.message_post(
            body="Please look again",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        request.action_dispute("went to the platform")
        request.dispute_note = "Case 4711: show the parcel"
        return request

    def _unpacked(self, content):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def test_the_pack_holds_the_case_and_every_file_as_it_was_handed_in(self):
        request = self._disputed()
        with request.with_user(self.agent)._evidence_pack() as pack:
            files = self._unpacked(pack.read())
        folder = request._pack_name()
        self.assertEqual(
            sorted(files),
            [
                f"{folder}/buyer/01-a-b.png",
                f"{folder}/buyer/02-clip.mp4",
                f"{folder}/case.html",
                f"{folder}/inspection/01-scratch.png",
            ],
        )
        self.assertEqual(files[f"{folder}/buyer/01-a-b.png"], picture())
        self.assertEqual(files[f"{folder}/buyer/02-clip.mp4"], VIDEO)
        self.assertEqual(
            files[f"{folder}/inspection/01-scratch.png"], picture("PNG", (9, 9))
        )

    def test_the_case_file_tells_the_story_in_the_time_zone_of_the_policy(self):
        self._policy(tz="Asia/Shanghai")
        request = self._disputed()
        delivery = request.sale_order_id.picking_ids.sorted("id")[0]
        delivery.sudo().carrier_tracking_ref = "SF1234567"
        content, _kind = request.with_user(self.agent)._render_document(
            "return_policy.return_case_file"
        )
        text = content.decode()
        for part in (
            request.name,
            request.sale_order_id.name,
            "11/03/2026 12:30:00 AM",  # ordered: 16:30 in UTC of the day before
            "11/05/2026 10:00:00 AM",
            delivery.name,
            "SF1234567",
            "It does not shine.",
            "Lamp",
            request.line_ids.verdict_text,
            "Approved against the policy: a good customer",
            "Please look again",
            "Scratched by use",
            "Case 4711: show the parcel",
            "Disputed: went to the platform",
            "Asia/Shanghai",
        ):
            with self.subTest(part=part):
                self.assertIn(part, text)

    def test_a_step_on_several_lines_is_told_once(self):
        order = self._order((self.product, 1), (self._product("Shade", 20.0), 1))
        request = self._request(order, 1)
        request.action_dispute("both")
        self.assertEqual(
            [text for _entry, text in request._case_log()],
            ["Submitted", "Disputed: both"],
        )

    def test_the_button_downloads_it(self):
        request = self._disputed()
        action = request.with_user(self.agent).action_evidence_pack()
        self.authenticate(self.agent.login, self.agent.login)
        answer = self.url_open(action["url"])
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/zip")
        self.assertIn(
            f"{request._pack_name()}.zip", answer.headers["Content-Disposition"]
        )
        self.assertIn(
            f"{request._pack_name()}/case.html", self._unpacked(answer.content)
        )

    def test_nobody_else_gets_it(self):
        request = self._disputed()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            "pack_stranger",
            groups="base.group_user,return_policy.group_return_agent",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        buyer = new_test_user(self.env, "pack_buyer", groups="base.group_portal")
        url = f"/returns/{request.id}/evidence"
        for user in (self.keeper, stranger, buyer):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    request.with_user(user)._evidence_pack()
                with self.assertRaises(AccessError):
                    request.with_user(user).action_evidence_pack()
                self.authenticate(user.login, user.login)
                self.assertEqual(self.url_open(url).status_code, 403)
        self.logout()
        self.assertIn("/web/login", self.url_open(url).url)
        self.authenticate(self.agent.login, self.agent.login)
        missing = self.url_open(f"/returns/{request.id + 10**6}/evidence")
        self.assertEqual(missing.status_code, 404)
