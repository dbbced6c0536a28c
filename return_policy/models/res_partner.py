"""The returns a contact asked for."""

from odoo import fields, models

from .return_request import AGENT


class ResPartner(models.Model):
    """Returns."""

    _inherit = "res.partner"

    return_request_count = fields.Integer(
        "Returns", compute="_compute_return_request_count", groups=AGENT
    )

    def _compute_return_request_count(self):
        counts = {}
        requests = self.env["return.request"]
        for partner, count in requests._read_group(
            self._asked_returns(), ["partner_id"], ["__count"]
        ):
            buyer = partner.commercial_partner_id
            counts[buyer] = counts.get(buyer, 0) + count
        for partner in self:
            partner.return_request_count = counts.get(partner.commercial_partner_id, 0)

    def _asked_returns(self):
        """Return a domain of what everybody of the same commercial entities sent."""
        buyers = self.commercial_partner_id
        return [
            ("partner_id.commercial_partner_id", "in", buyers.ids),
            ("state", "!=", "draft"),
        ]

    def action_view_returns(self):
        """Open what the contact, or somebody of the same company, asked for."""
        requests = self.env["return.request"]
        requests._check_may(AGENT)
        self.check_access("read")
        return requests._open(
            self.env._("Returns"), requests.search(self._asked_returns())
        )
