"""Evidence of return requests stays as it was handed in."""

from odoo import api, models
from odoo.exceptions import AccessError


class IrAttachment(models.Model):
    """Guards of photos and videos of return lines."""

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
        kept = self._return_evidence().filtered(
            lambda line: line.state not in ("draft", "needs_info")
        )
        if kept:
            raise AccessError(
                self.env._(
                    "Photos and videos stay with %(requests)s: it rests on them.",
                    requests=", ".join(kept.request_id.mapped("name")),
                )
            )

    def _return_evidence(self):
        """Return the return lines whose evidence is among these files."""
        # sudo: ir.attachment, return.request.line - only whether there is one
        files = self.sudo().filtered(
            lambda file: file.res_model == "return.request.line"
        )
        lines = files.env["return.request.line"]
        return lines.search([("evidence_ids", "in", files.ids)]) if files else lines
