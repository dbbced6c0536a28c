"""Photos and videos which a record rests on: checked by content, private to it."""

import io

from PIL import Image

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.mimetypes import fix_filename_extension

from ..policy.evidence import media_type

MEGABYTE = 1024 * 1024
DECODED = {"image/jpeg": "JPEG", "image/png": "PNG"}  # by the decoders of core


class ReturnEvidenceMixin(models.AbstractModel):
    """Takes files over as evidence; the record has company, product and request."""

    _name = "return.evidence.mixin"
    _description = "Evidence of Returns"

    evidence_ids = fields.Many2many(
        "ir.attachment",
        string="Photos and Videos",
        copy=False,
        bypass_search_access=True,
        help="JPEG, PNG, WebP, HEIC, MP4 or MOV. Only who may read the return can open "
        "them.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Check the files that come with the records."""
        records = super().create(vals_list)
        for record in records.filtered("evidence_ids"):
            record._take_evidence(record.evidence_ids)
        return records

    def write(self, vals):
        """Check new files, keep those which something rests on."""
        if "evidence_ids" not in vals:
            return super().write(vals)
        before = {record: record.evidence_ids for record in self}
        result = super().write(vals)
        for record, earlier in before.items():
            record._check_evidence_kept(earlier)
            record._take_evidence(record.evidence_ids - earlier)
        return result

    def _is_evidence_final(self):
        """Tell whether a decision rests on the files, so that they stay."""
        raise NotImplementedError

    def _check_evidence_kept(self, earlier):
        """Refuse to take files away from what was decided on them."""
        if earlier - self.evidence_ids and self._is_evidence_final():
            raise UserError(
                self.env._(
                    "Photos and videos stay with %(request)s: it rests on them.",
                    request=self.request_id.name,
                )
            )

    def _take_evidence(self, files):
        """Check new files and make them the record's own, private to it."""
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
        # sudo: ir.attachment - the files become the record's, whatever the user may
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
