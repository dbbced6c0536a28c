"""The slip of a return: who may print it."""

from odoo import api, models

from ..models.return_request import AGENT, WAREHOUSE


class ReturnSlip(models.AbstractModel):
    """What the slip shows of requests."""

    _name = "report.return_policy.return_slip"
    _description = "Return Slip"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return the requests to print.

        Anybody with a login may ask the report route of core for any of them.

        :raises AccessError: for those who may not read the requests
        """
        requests = self.env["return.request"].browse(docids)
        requests._check_may(AGENT, WAREHOUSE)
        return {
            "doc_ids": docids,
            "doc_model": requests._name,
            # sudo: return.request - whoever may print the slip sees what is on it
            "docs": requests.sudo(),
        }
