"""The page behind the link which members send to friends."""

from odoo import http
from odoo.http import request


class PointsInvitation(http.Controller):
    def _points_inviter(self, code):
        # sudo: loyalty.membership - found by its code alone, which its owner gave away
        members = request.env["loyalty.membership"].sudo()
        return members._find_by_referral_code(code)

    @http.route(
        "/points/invited/<string:code>", type="http", auth="public", website=True
    )
    def invited(self, code, **_query):
        """Tell a friend what the invitation is worth; never who sent it."""
        member = self._points_inviter(code)
        return request.render(
            "loyalty_points.portal_invited",
            {
                "member": member,
                "here": f"/points/invited/{member.referral_code}",
                "is_guest": request.env.user._is_public(),
                "done": None,
            },
        )

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
        done = False
        if member:
            found = request.env["loyalty.referral"]._invite(
                member, friend, request.httprequest.remote_addr
            )
            done = found.referrer_id == member
        return request.render(
            "loyalty_points.portal_invited",
            {"member": member, "here": "", "is_guest": False, "done": done},
        )
