"""How a buyer reaches a request: its page, and the token in links to it."""

from odoo import models


class ReturnRequest(models.Model):
    """The door of the portal; who may pass it is decided by ``controllers/access.py``.

    Portal users have no rights on the model itself.
    """

    _name = "return.request"
    _inherit = ["return.request", "portal.mixin"]

    def _compute_access_url(self):
        for request in self:
            request.access_url = f"/my/returns/{request.id}"
