"""What buyers hand in is looked at by its content, its size and its owner."""

from PIL import Image

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .evidence_common import HEIC, HTML, VIDEO, WEBP, EvidenceCase, picture


@tagged("post_install", "-at_install")
class TestRequestEvidenceFiles(EvidenceCase):
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

    def test_no_more_evidence_after_the_decision(self):
        request = self._waiting()
        request.action_approve()
        self._refused(request.line_ids, self._upload("one.png", picture()))
