"""Finding a return by whatever is printed on the parcel."""

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.web.controllers.utils import clean_action

from .return_request import WAREHOUSE

MOST_FOUND = 20


class ReturnRequest(models.Model):
    """Scanning."""

    _inherit = "return.request"

    @api.model
    def action_scan(self, code):
        """Find what a parcel belongs to and open its inspection at once.

        :param str code: number of the request (the barcode of the slip), of the parcel,
            of the order, or of the platform's order; as scanned or typed
        :return: {"action": what to open} or {"message": why nothing opens}
        """
        self._check_may(WAREHOUSE)
        code = (code or "").strip()
        if not code:
            return {"message": self.env._("Scan or type a number first.")}
        # sudo: return.request - orders are looked up, which the warehouse may not read
        found = self.sudo().search(
            Domain("company_id", "in", self.env.companies.ids)
            & self._scan_domain(code),
            limit=MOST_FOUND,
        )
        waiting = found._lines_to_inspect().request_id
        if not waiting:
            return {"message": found._explain_scan(code)}
        waiting = waiting.with_env(self.env)
        if len(waiting) == 1:
            action = waiting.action_open_inspection()
        else:
            name = self.env._("Returns with %(code)s", code=code)
            action = self._open(name, waiting)
        return {"action": clean_action(action, self.env)}

    @api.model
    def _scan_domain(self, code):
        """Return what finds requests by a code; addons add their numbers."""
        codes = list({code, code.upper()})
        return (
            Domain("name", "in", codes)
            | Domain("return_tracking_ref", "in", codes)
            | Domain("picking_ids.carrier_tracking_ref", "in", codes)
            | Domain("picking_ids.name", "in", codes)
            | Domain("sale_order_id.name", "in", codes)
            | Domain("sale_order_id.client_order_ref", "in", codes)
        )

    def _explain_scan(self, code):
        """Return the sentence that says why nothing opens."""
        if not self:
            return self.env._(
                "No return is known under %(code)s. Check the number, or look for the "
                "name of the sender on the parcel.",
                code=code,
            )
        states = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "Nothing of %(code)s is waiting for the warehouse: %(found)s.",
            code=code,
            found=", ".join(
                f"{request.name} ({states[request.state]})" for request in self
            ),
        )
