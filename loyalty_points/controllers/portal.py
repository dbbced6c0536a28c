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
        rows, pager = self._points_rows(shown, page)
        return request.render(
            "loyalty_points.portal_my_points",
            {
                "page_name": "points",
                "members": members,
                "member": shown,
                "rows": rows,
                "pager": pager,
            },
        )

    def _points_rows(self, member, page):
        """Return one page of the ledger and its pager."""
        pager = portal_pager(
            url="/my/points",
            url_args={"member": member.id} if member else {},
            total=member._portal_row_count() if member else 0,
            page=page,
            step=self._items_per_page,
        )
        if not member:
            return [], pager
        return member._portal_rows(self._items_per_page, pager["offset"]), pager
