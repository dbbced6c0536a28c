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
        """Return (content as bytes, media type) of the slip.

        Where no PDF can be made (wkhtmltopdf is not installed) it is a page to print.
        The caller has checked who asks.
        """
        # sudo: ir.actions.report - orders and addresses, for whoever sends the goods
        reports = self.env["ir.actions.report"].sudo()
        render = reports._render_qweb_pdf
        if reports.get_wkhtmltopdf_state() == "install":
            render = reports._render_qweb_html
        content, kind = render(SLIP, self.ids)
        return content, MEDIA[kind]
