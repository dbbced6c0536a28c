from werkzeug.exceptions import Forbidden

from odoo import http
from odoo.http import request

from odoo.addons.helpdesk_mgmt.controllers.main import HelpdeskTicketController


class LiveHelpdeskTicketController(HelpdeskTicketController):
    @http.route("/ticket/close", type="http", auth="user", methods=["POST"])
    def support_ticket_close(self, ticket_id=None, stage_id=None, **kw):
        """Close a ticket of one's own.

        The original closes anybody's ticket, and does it on GET.
        """
        ticket = request.env["helpdesk.ticket"].browse(self._posted_id(ticket_id))
        # sudo: helpdesk.ticket - the owner may close it but write nothing else
        ticket_sudo = ticket.exists().sudo()
        if not ticket_sudo or not self._may_close(ticket_sudo):
            raise Forbidden
        stage = request.env["helpdesk.ticket.stage"].browse(self._posted_id(stage_id))
        stages = ticket_sudo.team_id._get_applicable_stages()
        if stage.sudo() in stages and stage.sudo().close_from_portal:
            ticket_sudo.stage_id = stage
        return request.redirect(f"/my/ticket/{ticket_sudo.id}")

    def _posted_id(self, value):
        return int(value) if str(value or "").isdecimal() else 0

    def _may_close(self, ticket_sudo):
        """Tell whether the user is the buyer of the ticket or may write on it."""
        mine = request.env.user.commercial_partner_id
        owner = ticket_sudo.partner_id.commercial_partner_id
        return owner == mine or ticket_sudo.sudo(False).has_access("write")
