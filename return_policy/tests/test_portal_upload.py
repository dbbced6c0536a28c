"""Photos and videos of buyers: what they are decides, not what they are called."""

import io

from odoo.tests import tagged

from .evidence_common import HTML, VIDEO, picture
from .portal_common import PortalCase

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REFUSED = {
    "page.html": HTML,
    "page.png": HTML,
    "drawing.svg": SVG,
    "drawing.jpg": SVG,
    "paper.pdf": b"%PDF-1.4 nothing",
    "cut.png": picture()[:30],
    "empty.jpg": b"",
}


@tagged("post_install", "-at_install")
class TestPortalUpload(PortalCase):
    def setUp(self):
        super().setUp()
        self.order = self._order()
        self._as(self.buyer)
        self._ask_items(self.order)
        self.line = self._draft(self.order).line_ids
        self.path = f"/my/orders/{self.order.id}/return/details"

    def _upload(self, *files, path=None, **form):
        """Send (name, content) files with the form of the details."""
        name = f"files_{self.line.id}"
        return self._post(
            path or self.path,
            files=[(name, (called, io.BytesIO(raw))) for called, raw in files],
            **form,
        )

    def test_photos_and_videos_are_taken_and_shown(self):
        self._upload(("a.png", picture()), ("b.mov", VIDEO), go="add")
        files = self.line.evidence_ids
        self.assertEqual(sorted(files.mapped("mimetype")), ["image/png", "video/mp4"])
        self.assertEqual(set(files.mapped("public")), {False})
        self.assertEqual(files.create_uid, self.buyer)
        page = self.url_open(self.path).text
        for file in files:
            self.assertIn(f"/return/file/{file.id}", page)
        self._post(self.path, remove=files[0].id)
        self.assertEqual(self.line.evidence_ids, files[1])
        self.assertFalse(files[0].exists())

    def test_what_is_no_photo_is_refused_whatever_it_is_called(self):
        before = self.env["ir.attachment"].search_count([])
        for name, content in REFUSED.items():
            answer = self._upload((name, content), go="next", note="kept")
            words = self._words(answer)
            self.assertIn(f"{name} is no photo or video that can be taken", words)
            self.assertIn("kept", answer.text)
            self.assertFalse(self.line.evidence_ids, name)
        self.assertEqual(self.env["ir.attachment"].search_count([]), before)

    def test_one_bad_file_does_not_cost_the_good_ones(self):
        answer = self._upload(("bad.png", HTML), ("good.png", picture()), go="next")
        self.assertIn("bad.png is no photo", self._words(answer))
        self.assertEqual(self.line.evidence_ids.mapped("name"), ["good.png"])

    def test_too_large_and_too_many_are_refused(self):
        self.company.return_evidence_max_mb = 1
        self.company.return_evidence_max_count = 2
        large = picture() + b"\0" * (1024 * 1024)
        answer = self._upload(("large.png", large), go="add")
        self.assertIn("large.png is too large: no more than 1 MB.", self._words(answer))
        self.assertFalse(self.line.evidence_ids)
        answer = self._upload(*[(f"{n}.png", picture()) for n in range(3)], go="add")
        self.assertIn("Lamp: no more than 2 photos and videos.", self._words(answer))
        self.assertEqual(len(self.line.evidence_ids), 2)

    def test_a_form_beyond_all_limits_is_not_read_and_its_page_says_so(self):
        most = max(self.env["res.company"].search([]).mapped("return_evidence_max_mb"))
        self.company.return_evidence_max_mb = most = min(most, 1)
        self.env["res.company"].search([]).return_evidence_max_mb = most
        raw = b"\xff\xd8\xff" + b"\0" * (6 * 1024 * 1024)
        answer = self._upload(("huge.jpg", raw), go="add")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Send up to 5 MB at once", self._words(answer))
        self.assertFalse(self.line.evidence_ids)
        self._policy(auto_approve=True, evidence_photos=1)
        request = self._sent(self._order())
        self.line = request.line_ids
        path = f"/my/returns/{request.id}/evidence"
        answer = self._upload(("huge.jpg", raw), path=path)
        self.assertIn("Send up to 5 MB at once", self._words(answer))
        self.assertFalse(self.line.evidence_ids)

    def test_files_can_follow_while_nothing_is_decided(self):
        self._policy(auto_approve=True, evidence_photos=1)
        order = self._order()
        request = self._sent(order)
        self.assertEqual(request.state, "submitted")
        self.assertTrue(request.is_evidence_missing)
        page = self._page(f"/my/returns/{request.id}")
        self.assertIn("Send us the photos or the video still missing.", page)
        self.line = request.line_ids
        path = f"/my/returns/{request.id}/evidence"
        answer = self._upload(("bad.png", HTML), path=path)
        self.assertIn("bad.png is no photo", self._words(answer))
        self.assertEqual(request.state, "submitted")
        answer = self._upload(("good.png", picture()), path=path)
        self.assertIn("Thank you: your files are here.", self._words(answer))
        self.assertEqual(request.state, "approved")
        answer = self._upload(("late.png", picture()), path=path)
        self.assertIn("This request is decided", self._words(answer))
        self.assertEqual(len(self.line.evidence_ids), 1)
