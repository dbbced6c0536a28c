"""The slip the buyer puts into the parcel."""

from odoo import models

from .return_request import AGENT, WAREHOUSE

SLIP = "return_policy.return_slip"
MEDIA = {"pdf": "application/pdf", "html": "text/html"}


class ReturnRequest(models.Model):
    """Return slip."""

    _inherit = "return.request"

    def action_print_slip(self):
        """Print the slips of approved requests."""
        self._check_may(AGENT, WAREHOUSE)
        self._check_all_in({"approved"})
        report = self.env.ref("return_policy.return_slip_report")
        return report.report_action(self, config=False)

    def _render_slip(self):
        """Return (content as bytes, media type) of the slip."""
        content, kind = self._render_document(SLIP)
        return content, MEDIA[kind]

    def _render_document(self, report):
        """Return (content as bytes, "pdf" or "html") of a report on the requests.

        Where no PDF can be made (wkhtmltopdf is not installed) it is a page to print.
        Its times are those of the policy. The caller has checked who asks.
        """
        # sudo: ir.actions.report - orders, addresses and transfers of these requests
        reports = self.env["ir.actions.report"].sudo()
        reports = reports.with_context(tz=self[:1]._terms().zone)
        render = reports._render_qweb_pdf
        if reports.get_wkhtmltopdf_state() == "install":
            render = reports._render_qweb_html
        return render(report, self.ids)
