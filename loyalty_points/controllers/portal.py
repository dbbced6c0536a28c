"""The member's own page: points, dates, tier, ledger, the link for friends."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager


class PointsPortal(CustomerPortal):
    def _points_members(self):
        """Return the memberships of the person who is logged in, and no others."""
        # sudo: loyalty.membership - buyers hold no rights; found by their own contact
        members = request.env["loyalty.membership"].sudo()
        return members.search(
            [
                ("partner_id", "=", request.env.user.partner_id.id),
                ("program_id.active", "=", True),
                ("program_id.points_ledger", "=", True),
            ],
            order="id",
        )

    @http.route(
        ["/my/points", "/my/points/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def points(self, page=1, member=None, **_query):
        """Show one membership; ``member`` chooses among several.

        :raises NotFound: for a membership of somebody else
        """
        members = self._points_members()
        shown = members[:1]
        if member:
            shown = members.filtered(lambda mine: str(mine.id) == member)
            if not shown:
                raise NotFound
        entries, pager = self._points_entries(shown, page)
        return request.render(
            "loyalty_points.portal_my_points",
            {
                "page_name": "points",
                "members": members,
                "member": shown,
                "entries": entries,
                "pager": pager,
            },
        )

    def _points_entries(self, member, page):
        """Return one page of the ledger and its pager.

        Releases are left out: they bring nothing, a date tells of them.
        """
        entries = member.env["loyalty.points.entry"]
        domain = [("card_id", "=", member.card_id.id), ("kind", "!=", "release")]
        pager = portal_pager(
            url="/my/points",
            url_args={"member": member.id} if member else {},
            total=entries.search_count(domain) if member else 0,
            page=page,
            step=self._items_per_page,
        )
        if not member:
            return entries, pager
        found = entries.search(
            domain, limit=self._items_per_page, offset=pager["offset"]
        )
        return found, pager
