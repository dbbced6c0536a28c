from odoo import models


class HelpdeskTicket(models.Model):
    """Tickets of members start with the priority of their tier."""

    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "live.priority.mixin"]
