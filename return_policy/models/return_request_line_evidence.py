"""Photos and videos of one return line: what is asked, given, and missing."""

from odoo import api, fields, models

from ..policy.evidence import count_photos, has_video, is_complete


class ReturnRequestLine(models.Model):
    """What the buyer hands in."""

    _name = "return.request.line"
    _inherit = ["return.request.line", "return.evidence.mixin"]

    evidence_ids = fields.Many2many(
        relation="return_request_line_evidence_rel",
        column1="line_id",
        column2="attachment_id",
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

    def write(self, vals):
        """Judge again what is complete with the new files."""
        result = super().write(vals)
        if "evidence_ids" in vals:
            self.request_id._evidence_added()
        return result

    def _is_evidence_final(self):
        self.ensure_one()
        return self.state not in ("draft", "needs_info")

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
