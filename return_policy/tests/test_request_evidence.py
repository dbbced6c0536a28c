"""Photos and videos: asked for, waited for, kept, seen by few."""

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged

from .evidence_common import VIDEO, WEBP, EvidenceCase, picture


@tagged("post_install", "-at_install")
class TestRequestEvidence(EvidenceCase):
    def test_automatic_approval_waits_until_the_evidence_is_complete(self):
        request = self._waiting()
        line = request.line_ids
        self.assertEqual((request.state, request.approval_mode), ("submitted", "auto"))
        self.assertEqual(
            (request.next_action, request.next_actor), ("evidence", "buyer")
        )
        self.assertEqual(line.evidence_text, "0 of 2 photos, video missing")
        self.assertEqual(request.evidence_summary, "Lamp: 0 of 2 photos, video missing")
        self._hand_in(line, "one.png", picture())
        self._hand_in(line, "film.mp4", VIDEO)
        self.assertEqual(line.evidence_text, "1 of 2 photos, video")
        self.assertEqual(request.state, "submitted")
        self._hand_in(line, "two.jpg", picture("JPEG"))
        self.assertEqual(request.state, "approved")
        self.assertEqual(request.next_action, "ship_back")
        self.assertFalse(request.evidence_summary)
        logs = request.sudo().log_ids.sorted("id")
        self.assertEqual(
            [(log.event, log.is_auto) for log in logs],
            [("submitted", False), ("evidence", False), ("approved", True)],
        )
        self.assertEqual(
            logs[-1].inputs["evidence"],
            {"photos_asked": 2, "video_asked": True, "photos": 2, "video": True},
        )
        self.assertEqual(len(request.sudo().picking_ids), 1)

    def test_evidence_in_the_draft_approves_at_once(self):
        self._policy(auto_approve=True, evidence_photos=1)
        request = self._request(self._order(), 1, submit=False)
        self.assertEqual(request.line_ids.evidence_text, "0 of 1 photos")
        self._hand_in(request.line_ids, "one.webp", WEBP)
        request.action_submit()
        self.assertEqual(request.state, "approved")

    def test_late_photos_do_not_cost_the_buyer_the_window(self):
        signed = fields.Datetime.to_datetime("2026-11-03 10:00:00")
        with freeze_time("2026-11-10 15:59:59"):
            self._policy(auto_approve=True, evidence_photos=1)
            order = self._order()
            order.order_line.return_received_at = signed
            request = self._request(order, 1)
            late = self._request(order, 1, submit=False)
        self.assertEqual(request.next_action, "evidence")
        with freeze_time("2026-11-12 10:00:00"):
            self._hand_in(request.line_ids, "one.png", picture())
            self._hand_in(late.line_ids, "two.png", picture())
            late.action_submit()
        self.assertEqual(
            (request.state, request.line_ids.verdict), ("approved", "allowed")
        )
        self.assertEqual((late.state, late.line_ids.verdict), ("submitted", "refused"))

    def test_a_fact_that_came_with_the_photos_counts(self):
        request = self._waiting()
        request.line_ids.sale_line_id.sudo().return_received_at = (
            fields.Datetime.subtract(fields.Datetime.now(), days=30)
        )
        for name, content in (
            ("a.png", picture()),
            ("b.png", picture()),
            ("c.mp4", VIDEO),
        ):
            self._hand_in(request.line_ids, name, content)
        self.assertEqual(request.state, "submitted")
        self.assertEqual(request.approval_mode, "review")
        self.assertTrue(request.has_refused_line)

    def test_a_person_may_approve_without_evidence(self):
        request = self._waiting()
        request.action_approve()
        self.assertEqual(request.state, "approved")
        log = request.sudo().log_ids.filtered(lambda log: log.event == "approved")
        self.assertFalse(log.is_auto)
        self.assertEqual(log.inputs["evidence"]["photos"], 0)

    def test_a_reason_asks_for_its_own_evidence(self):
        self.reason_quality.write({"evidence_photos": 3, "evidence_video": False})
        request = self._request(self._order(), 1, reason_id=self.reason_quality.id)
        self.assertEqual(request.line_ids.evidence_photos, 3)
        self.assertEqual(request.next_action, "review")
        self.assertTrue(request.is_evidence_missing)
        self.reason_quality.evidence_photos = 1
        self.assertEqual(request.line_ids.evidence_photos, 3)

    def test_evidence_of_a_submitted_request_stays(self):
        request = self._waiting()
        line = request.line_ids
        file = self._hand_in(line, "one.png", picture())
        checksum = file.checksum
        changes = (
            lambda: line.write({"evidence_ids": [Command.unlink(file.id)]}),
            lambda: line.write({"evidence_ids": [Command.clear()]}),
            lambda: line.write({"evidence_ids": [Command.delete(file.id)]}),
            lambda: line.write(
                {"evidence_ids": [Command.update(file.id, {"raw": VIDEO})]}
            ),
            lambda: file.unlink(),
            lambda: file.sudo().unlink(),
            lambda: file.write({"raw": picture("JPEG")}),
            lambda: file.write({"public": True}),
            lambda: file.write({"res_id": 0}),
        )
        for number, change in enumerate(changes):
            with (
                self.subTest(number=number),
                self.assertRaises(UserError),
                self.cr.savepoint(),
            ):
                change()
            self.env.invalidate_all()
            self.assertEqual(line.evidence_ids, file)
            self.assertEqual((file.checksum, file.public), (checksum, False))
        request.action_need_info("Which colour?")
        line.evidence_ids = [Command.delete(file.id)]
        self.assertFalse(line.evidence_ids)
        self.assertFalse(file.exists())

    def test_a_deleted_draft_takes_its_files_along(self):
        request = self._request(self._order(), 1, submit=False)
        file = self._hand_in(request.line_ids, "one.png", picture())
        request.unlink()
        self.assertFalse(file.exists())

    def test_a_copy_has_no_evidence(self):
        request = self._request(self._order(), 1, submit=False)
        self._hand_in(request.line_ids, "one.png", picture())
        self.assertFalse(request.copy().line_ids.evidence_ids)

    def test_only_agents_hand_in_and_only_the_desk_looks(self):
        portal = new_test_user(self.env, "evidence_portal", groups="base.group_portal")
        clerk = new_test_user(self.env, "evidence_clerk", groups="base.group_user")
        line = self._request(self._order(), 1, submit=False).line_ids
        file = self._hand_in(line, "one.png", picture())
        for user in (self.keeper, clerk, portal):
            with self.assertRaises(AccessError), self.cr.savepoint():
                line.with_user(user).evidence_ids = [Command.clear()]
            with self.assertRaises(AccessError), self.cr.savepoint():
                upload = self._upload("two.png", picture(), self.env.user)
                line.with_user(user).evidence_ids = [Command.link(upload.id)]
        self.env.invalidate_all()
        self.assertEqual(line.evidence_ids, file)
        for user in (self.agent, self.lead, self.keeper):
            self.assertTrue(file.with_user(user).raw)
            self.assertTrue(line.with_user(user).action_view_details())
        for user in (clerk, portal):
            with self.assertRaises(AccessError):
                file.with_user(user).read(["raw"])
            with self.assertRaises(AccessError):
                line.with_user(user).action_view_details()
