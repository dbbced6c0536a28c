"""Members say which mails they want."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from .portal import PointsPortal


class PointsMessages(PointsPortal):
    @http.route(
        "/my/points/messages",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def points_messages(self, member=None, consent=None, notices=None, **_form):
        """Store the boxes ticked for one's own membership.

        :raises NotFound: for a membership of somebody else
        """
        chosen = self._points_members().filtered(lambda mine: str(mine.id) == member)
        if not chosen:
            raise NotFound
        chosen.write({"consent": bool(consent), "notices": bool(notices)})
        return request.redirect(f"/my/points?member={chosen.id}")
