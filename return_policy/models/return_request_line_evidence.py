"""Photos and videos of one return line: what is asked, given, and missing."""

import io

from PIL import Image

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.mimetypes import fix_filename_extension

from ..policy.evidence import count_photos, has_video, is_complete, media_type

MEGABYTE = 1024 * 1024
DECODED = {"image/jpeg": "JPEG", "image/png": "PNG"}  # by the decoders of core


class ReturnRequestLine(models.Model):
    """Evidence, checked by its content and private to the line."""

    _inherit = "return.request.line"

    evidence_ids = fields.Many2many(
        "ir.attachment",
        "return_request_line_evidence_rel",
        "line_id",
        "attachment_id",
        string="Photos and Videos",
        copy=False,
        bypass_search_access=True,
        help="JPEG, PNG, WebP, HEIC, MP4 or MOV. They stay with the request once it is "
        "submitted, and only who may read the request can open them.",
    )
    is_evidence_missing = fields.Boolean(compute="_compute_evidence", store=True)
    evidence_text = fields.Char("Evidence", compute="_compute_evidence_text")

    @api.depends("evidence_photos", "evidence_video", "evidence_ids.mimetype")
    def _compute_evidence(self):
        for line in self:
            line.is_evidence_missing = not is_complete(
                line.evidence_photos, line.evidence_video, line._evidence_given()
            )

    @api.depends("evidence_photos", "evidence_video", "evidence_ids.mimetype")
    @api.depends_context("lang")
    def _compute_evidence_text(self):
        for line in self:
            line.evidence_text = ", ".join(line._evidence_in_words())

    def _evidence_given(self):
        """Return the media types of what was handed in."""
        # sudo: ir.attachment - the types alone
        return self.sudo().evidence_ids.mapped("mimetype")

    def _evidence_in_words(self):
        """Return phrases such as “2 of 3 photos” and “video missing”."""
        self.ensure_one()
        given = self._evidence_given()
        photos, asked = count_photos(given), self.evidence_photos
        words = []
        if asked:
            words.append(
                self.env._("%(given)s of %(asked)s photos", given=photos, asked=asked)
            )
        elif photos:
            words.append(self.env._("%(given)s photo(s)", given=photos))
        if has_video(given):
            words.append(self.env._("video"))
        elif self.evidence_video:
            words.append(self.env._("video missing"))
        return words

    def _evidence_inputs(self):
        """Return what the decision log says of the evidence."""
        given = self._evidence_given()
        return {
            "photos_asked": self.evidence_photos,
            "video_asked": self.evidence_video,
            "photos": count_photos(given),
            "video": has_video(given),
        }

    # Handing in -------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Check the files that come with the lines."""
        lines = super().create(vals_list)
        for line in lines.filtered("evidence_ids"):
            line._take_evidence(line.evidence_ids)
        return lines

    def write(self, vals):
        """Check new files, keep submitted ones, judge again what is complete."""
        if "evidence_ids" not in vals:
            return super().write(vals)
        before = {line: line.evidence_ids for line in self}
        result = super().write(vals)
        for line, earlier in before.items():
            line._check_evidence_kept(earlier)
            line._take_evidence(line.evidence_ids - earlier)
        self.request_id._evidence_added()
        return result

    def _check_evidence_kept(self, earlier):
        """Refuse to take files away from what was submitted."""
        if earlier - self.evidence_ids and self.state not in ("draft", "needs_info"):
            raise UserError(
                self.env._(
                    "Photos and videos stay with %(request)s: it rests on them.",
                    request=self.request_id.name,
                )
            )

    def _take_evidence(self, files):
        """Check new files and make them the line's own, private to it."""
        self.ensure_one()
        if not files:
            return
        self._check_evidence_owner(files)
        most = self.company_id.return_evidence_max_count
        if len(self.evidence_ids) > most:
            raise UserError(
                self.env._(
                    "%(product)s: no more than %(most)s photos and videos.",
                    product=self.product_id.display_name,
                    most=most,
                )
            )
        # sudo: ir.attachment - the files become the line's, whatever the user may
        for file in files.sudo():
            found = self._evidence_type(file)
            file.write(
                {
                    "name": fix_filename_extension(file.name, found),
                    "mimetype": found,
                    "res_model": self._name,
                    "res_id": self.id,
                    "public": False,
                    "access_token": False,
                }
            )

    def _check_evidence_owner(self, files):
        """Refuse files which belong to somebody or something else."""
        # sudo: ir.attachment - to whom each file belongs
        for file in files.sudo():
            is_mine = file.res_model == self._name and file.res_id == self.id
            is_loose = not file.res_id and file.create_uid == self.env.user
            if file.res_field or not (is_mine or is_loose):
                raise AccessError(
                    self.env._(
                        "Only a file you have just uploaded can become evidence. "
                        "Upload it here."
                    )
                )

    def _evidence_type(self, file):
        """Return what the file is by its content; refuse what is no photo or video."""
        most = self.company_id.return_evidence_max_mb
        if file.file_size > most * MEGABYTE:
            raise UserError(
                self.env._(
                    "%(file)s is too large: no more than %(most)s MB.",
                    file=file.name,
                    most=most,
                )
            )
        content = file.raw or b""
        found = media_type(content)
        if not found or not self._is_image(content, found):
            raise UserError(
                self.env._(
                    "%(file)s is no photo or video that can be taken, whatever its "
                    "name says. Take JPEG, PNG, WebP, HEIC, MP4 or MOV.",
                    file=file.name,
                )
            )
        return found

    @api.model
    def _is_image(self, content, found):
        """Tell whether a decoder, where there is one, finds an image of that type."""
        if found not in DECODED:
            return True
        try:
            with Image.open(io.BytesIO(content), formats=[DECODED[found]]) as image:
                image.verify()
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
            return False
        return True

    def action_view_details(self):
        """Open this line with its photos and videos."""
        self.ensure_one()
        self.check_access("read")
        view = self.env.ref("return_policy.return_request_line_view_form")
        return {
            "type": "ir.actions.act_window",
            "name": self.product_id.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(view.id, "form")],
            "target": "new",
        }
