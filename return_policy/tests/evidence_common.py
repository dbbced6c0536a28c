"""Files as buyers hand them in, for the tests of evidence."""

import base64
import io

from PIL import Image

from odoo.exceptions import UserError
from odoo.fields import Command

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

    def _waiting(self, **vals):
        """Return a request the policy approves once 2 photos and a video are there."""
        self._policy(auto_approve=True, evidence_photos=2, evidence_video=True, **vals)
        return self._request(self._order(), 1)

    def _refused(self, line, file, error=UserError):
        before = line.evidence_ids
        seen = file.sudo().read(["name", "mimetype", "res_model", "res_id"])
        with self.assertRaises(error), self.cr.savepoint():
            line.with_user(self.agent).evidence_ids = [Command.link(file.id)]
        self.env.invalidate_all()
        self.assertEqual(line.evidence_ids, before)
        self.assertEqual(
            file.sudo().read(["name", "mimetype", "res_model", "res_id"]), seen
        )
