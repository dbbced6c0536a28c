"""Everything that speaks for the merchant in a dispute, in one file to hand in."""

import tempfile
import zipfile

from odoo import models
from odoo.tools.mail import html2plaintext

from .return_request import AGENT

CASE_FILE = "return_policy.return_case_file"
MEMORY = 16 * 1024 * 1024  # bytes of a pack that are held in memory, the rest on disk


class ReturnRequest(models.Model):
    """The evidence pack: a case file, and the photos and videos of both sides."""

    _inherit = "return.request"

    def action_evidence_pack(self):
        """Download the evidence pack of the request."""
        self.ensure_one()
        self._check_may(AGENT)
        return {
            "type": "ir.actions.act_url",
            "url": f"/returns/{self.id}/evidence",
            "target": "download",
        }

    def _evidence_pack(self):
        """Return the pack as an open zip file, at its beginning.

        Photos and videos stay as they were handed in; nothing is packed twice.
        """
        self.ensure_one()
        self._check_may(AGENT)
        # the caller closes it
        pack = tempfile.SpooledTemporaryFile(max_size=MEMORY)  # noqa: SIM115
        content, extension = self._render_document(CASE_FILE)
        with zipfile.ZipFile(pack, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(f"{self._pack_name()}/case.{extension}", content)
            for name, file in self._evidence_files():
                archive.writestr(f"{self._pack_name()}/{name}", file.raw or b"")
        pack.seek(0)
        return pack

    def _pack_name(self):
        """Return the number of the request as a name of files."""
        return "".join(sign if sign.isalnum() else "-" for sign in self.name)

    def _evidence_files(self):
        """Return [(name in the pack, file)]: the buyer's, then the warehouse's."""
        # sudo: ir.attachment - files of lines and pieces of a request one may read
        lines = self.line_ids.sudo()
        return [
            (f"{folder}/{number:02}-{file.name.replace('/', '-')}", file)
            for folder, files in (
                ("buyer", lines.evidence_ids),
                ("inspection", lines.unit_ids.evidence_ids),
            )
            for number, file in enumerate(files.sorted("id"), start=1)
        ]

    # What the case file says --------------------------------------------------

    def _case_numbers(self):
        """Return [(label, number)] under which the case is known."""
        self.ensure_one()
        return [
            (self.env._("Return"), self.name),
            (self.env._("Order"), self.sale_order_id.name),
            (self.env._("Parcel sent back"), self.return_tracking_ref),
        ]

    def _case_deliveries(self):
        """Return what left for the buyer before the request: done transfers."""
        moves = self.line_ids.sale_line_id.move_ids.filtered(
            lambda move: (
                move.state == "done"
                and move.location_dest_id._is_outgoing()
                and not move.replacement_line_id
            )
        )
        return moves.picking_id.sorted("date_done")

    def _case_log(self):
        """Return [(first entry, texts)] of the steps in the order they were taken.

        The log has an entry for each line; a step is told once.
        """
        labels = self._log_labels()
        steps = self.log_ids.sorted("id").grouped(
            lambda entry: (entry.create_date, entry.event, entry.reason)
        )
        return [
            (entries[:1], ": ".join(filter(None, [labels[event], reason])))
            for (_moment, event, reason), entries in steps.items()
        ]

    def _case_messages(self):
        """Return [(message, plain text)] of what buyer and desk wrote."""
        return [
            (message, html2plaintext(message.body or "").strip())
            for message in self._buyer_messages()
        ]
