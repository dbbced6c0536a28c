"""Evidence of return requests stays as it was handed in."""

from odoo import api, models
from odoo.exceptions import AccessError

EVIDENCE_MODELS = ("return.request.line", "return.inspected.unit", "return.extra.item")


class IrAttachment(models.Model):
    """Guards of photos and videos of returns."""

    _inherit = "ir.attachment"

    def write(self, vals):
        """Refuse to change evidence by hand: not its content, not who may see it."""
        if not self.env.su and self._return_evidence():
            raise AccessError(
                self.env._(
                    "Photos and videos of a return request are never changed. Remove "
                    "the file from the request and upload another one."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_return_evidence(self):
        kept = [
            name
            for records in self._return_evidence()
            for record in records
            if record._is_evidence_final()
            for name in record.request_id.mapped("name")
        ]
        if kept:
            raise AccessError(
                self.env._(
                    "Photos and videos stay with %(requests)s: it rests on them.",
                    requests=", ".join(kept),
                )
            )

    def _return_evidence(self):
        """Return the records, by model, whose evidence is among these files."""
        # sudo: ir.attachment, return models - only whether there is one
        files = self.sudo().filtered(lambda file: file.res_model in EVIDENCE_MODELS)
        found = (
            files.env[model].search([("evidence_ids", "in", files.ids)])
            for model in set(files.mapped("res_model"))
        )
        return [records for records in found if records]
