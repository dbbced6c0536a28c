"""Photos and videos: asked, checked by content, kept, and waited for."""

import base64
import io

from PIL import Image

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged

from .common import ReturnCase

VIDEO = (24).to_bytes(4, "big") + b"ftypisom" + b"\0" * 12
HEIC = (24).to_bytes(4, "big") + b"ftypheic" + b"\0" * 12
WEBP = base64.b64decode("UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAgA0JaQAA3AA/vuUAAA=")
HTML = b"<html><script>alert(1)</script></html>"


def picture(kind="PNG", size=(4, 4)):
    """Return the bytes of a small picture."""
    content = io.BytesIO()
    Image.new("RGB", size).save(content, kind)
    return content.getvalue()


class EvidenceCase(ReturnCase):
    """Helpers to hand in files as the screen does."""

    def _upload(self, name, content, user=None, **vals):
        return (
            self.env["ir.attachment"]
            .with_user(user or self.agent)
            .create({"name": name, "raw": content, **vals})
        )

    def _hand_in(self, line, name, content, user=None, **vals):
        user = user or self.agent
        file = self._upload(name, content, user, **vals)
        line.with_user(user).evidence_ids = [Command.link(file.id)]
        return file


@tagged("post_install", "-at_install")
class TestRequestEvidence(EvidenceCase):
    def _waiting(self, **vals):
        """Return a request the policy approves once 2 photos and a video are there."""
        self._policy(auto_approve=True, evidence_photos=2, evidence_video=True, **vals)
        return self._request(self._order(), 1)

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

    def test_what_a_file_is_called_does_not_matter(self):
        line = self._request(self._order(), 1, submit=False).line_ids
        for name, content, mimetype, stored in (
            ("a.png", picture("JPEG"), "image/jpeg", "a.png.jpg"),
            ("b", WEBP, "image/webp", "b.webp"),
            ("c.html", picture("PNG"), "image/png", "c.html.png"),
            ("d.heic", HEIC, "image/heic", "d.heic"),
            ("e.mp4", VIDEO, "video/mp4", "e.mp4"),
        ):
            with self.subTest(name=name):
                file = self._hand_in(line, name, content, public=True)
                self.assertRecordValues(
                    file.sudo(),
                    [
                        {
                            "mimetype": mimetype,
                            "name": stored,
                            "public": False,
                            "res_model": "return.request.line",
                            "res_id": line.id,
                            "access_token": False,
                        }
                    ],
                )

    def _refused(self, line, file, error=UserError, **vals):
        before = line.evidence_ids
        seen = file.sudo().read(["name", "mimetype", "res_model", "res_id"])
        with self.assertRaises(error), self.cr.savepoint():
            line.with_user(self.agent).evidence_ids = [Command.link(file.id)]
        self.env.invalidate_all()
        self.assertEqual(line.evidence_ids, before)
        self.assertEqual(
            file.sudo().read(["name", "mimetype", "res_model", "res_id"]), seen
        )

    def test_files_that_are_no_photo_or_video_are_refused(self):
        line = self._request(self._order(), 1, submit=False).line_ids
        self._hand_in(line, "good.png", picture())
        for name, content in (
            ("page.html", HTML),
            ("renamed.png", HTML),
            ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("paper.pdf", b"%PDF-1.7 ..."),
            ("program.jpg", b"MZ\x90\x00" * 20),
            ("empty.png", b""),
            ("cut.png", picture()[:20]),
            ("head.jpg", b"\xff\xd8\xff\xe0" + HTML),
            ("head.webp", b"RIFF\x10\x00\x00\x00WEBPVP8 "),
            ("animated.gif", picture("GIF")),
        ):
            with self.subTest(name=name):
                self._refused(line, self._upload(name, content))
        link = self._upload(
            "photo.png", b"", type="url", url="https://example.com/a.png"
        )
        self._refused(line, link)

    def test_a_picture_too_large_to_unpack_is_refused(self):
        line = self._request(self._order(), 1, submit=False).line_ids
        file = self._upload("bomb.png", picture(size=(16, 16)))
        self.patch(Image, "MAX_IMAGE_PIXELS", 10)
        self._refused(line, file)

    def test_size_and_number_have_limits(self):
        self.company.write(
            {"return_evidence_max_mb": 1, "return_evidence_max_count": 2}
        )
        line = self._request(self._order(), 1, submit=False).line_ids
        large = VIDEO + b"\0" * (1024 * 1024 - len(VIDEO))
        self._refused(line, self._upload("large.mp4", large + b"\0"))
        self._hand_in(line, "just.mp4", large)
        self._hand_in(line, "one.png", picture())
        self._refused(line, self._upload("two.png", picture()))

    def test_nobody_elses_file_becomes_evidence(self):
        line = self._request(self._order(), 1, submit=False).line_ids
        other = self._request(self._order(), 1, submit=False).line_ids
        held = self._hand_in(other, "held.png", picture())
        secret = self._upload("secret.png", picture(), self.env.user)
        logo = self._upload(
            "partner.png",
            picture(),
            self.env.user,
            res_model="res.partner",
            res_id=self.partner.id,
        )
        image = self.env["ir.attachment"].search(
            [("res_field", "!=", False), ("mimetype", "=", "image/png")], limit=1
        )
        for file in (held, secret, logo, image):
            self._refused(line, file, AccessError)
        self.assertEqual(other.evidence_ids, held)

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
        request.action_need_info()
        line.evidence_ids = [Command.delete(file.id)]
        self.assertFalse(line.evidence_ids)
        self.assertFalse(file.exists())

    def test_no_more_evidence_after_the_decision(self):
        request = self._waiting()
        request.action_approve()
        self._refused(request.line_ids, self._upload("one.png", picture()))

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
