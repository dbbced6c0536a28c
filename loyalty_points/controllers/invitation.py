"""The page behind the link which members send to friends."""

from odoo import http
from odoo.http import request


class PointsInvitation(http.Controller):
    def _points_inviter(self, code):
        # sudo: loyalty.membership - found by its code alone, which its owner gave away
        members = request.env["loyalty.membership"].sudo()
        return members._find_by_referral_code(code)

    def _points_invitation(self, member, step):
        """Return the page of an invitation.

        :param step: what it says: ``gone``, ``own``, ``guest``, ``accept``,
            ``accepted`` or ``known``
        """
        values = {"member": member, "step": step}
        return request.render("loyalty_points.portal_invited", values)

    @http.route(
        "/points/invited/<string:code>", type="http", auth="public", website=True
    )
    def invited(self, code, **_query):
        """Tell a friend what the invitation is worth; never who sent it."""
        member, user = self._points_inviter(code), request.env.user
        if not member:
            step = "gone"
        elif user._is_public():
            step = "guest"
        else:
            step = member._referral_step(user.partner_id)
        return self._points_invitation(member, step)

    @http.route(
        "/points/invited/<string:code>/accept",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def accept(self, code, **_form):
        """Note that the person who is logged in was brought by this member."""
        member, friend = self._points_inviter(code), request.env.user.partner_id
        if not member:
            return self._points_invitation(member, "gone")
        request.env["loyalty.referral"]._invite(
            member, friend, request.httprequest.remote_addr
        )
        return self._points_invitation(member, member._referral_step(friend))
