"""The buyer is told of the steps of a request."""

from odoo import models

# Events of the decision log that concern the buyer, and what they are told.
TOLD = {
    "submitted": "submitted",
    "needs_info": "needs_info",
    "offered": "offer",
    "approved": "approved",
    "override": "approved",
    "refused": "refused",
    "settled": "settled",
    "shipped": "shipped",
    "cancelled": "cancelled",
    "expired": "expired",
}
# The reasons of these were written for the desk, not for the buyer.
INTERNAL = {"override", "offered", "cancelled", "expired"}


class ReturnRequest(models.Model):
    """Notices to the buyer."""

    _inherit = "return.request"

    def _log(self, event, reason=None, is_auto=False):
        """Have the buyer told of what is logged."""
        result = super()._log(event, reason, is_auto)
        if event in TOLD:
            self._notify_buyer(TOLD[event], None if event in INTERNAL else reason)
        return result

    def _notify_buyer(self, event, reason=None):
        """Write down what the buyers are to be told; a job sends it after the commit.

        :param event: one of ``return.notice.event``
        """
        told = self.filtered("company_id.return_notify_buyer")
        if not told:
            return
        # sudo: return.notice - written by the steps, nobody has the right to create
        notices = self.env["return.notice"].sudo()
        notices.create(
            [
                {"request_id": request.id, "event": event, "reason": reason}
                for request in told
            ]
        )._wake_job()

    def _return_address(self):
        """Return to whom and where the goods are sent, in lines, with the phone.

        The merchant names them on approval (7-day return rules, art. 11).
        """
        self.ensure_one()
        # sudo: stock.picking - the address alone, for the buyer
        place = self.sudo()._buyer_address()
        lines = place._display_address().splitlines()
        if place.name != place.commercial_company_name:
            lines.insert(0, place.name)
        lines.append(place.phone or self.company_id.phone or "")
        return "\n".join(line for line in lines if line.strip())
