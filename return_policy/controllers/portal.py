"""The buyer's returns in the portal: the entry on the home page, and the list."""

from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ..policy.states import OPEN

ORDERS = {"newest": "id desc", "oldest": "id", "deadline": "deadline, id desc"}


class ReturnPortal(CustomerPortal):
    """What belongs to the visitor's account."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "return_count" in counters:
            values["return_count"] = self._own_returns().search_count(
                self._own_returns_domain()
            )
        return values

    def _own_returns(self):
        # sudo: return.request - portal users have no rights on it; the domain below
        # lets them see what core lets them see of orders
        return request.env["return.request"].sudo()

    def _own_returns_domain(self):
        """Return what the visitor's company or household asked for."""
        family = request.env.user.partner_id.commercial_partner_id
        return Domain("partner_id", "child_of", family.id) & Domain(
            "state", "!=", "draft"
        )

    @http.route(
        ["/my/returns", "/my/returns/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_returns(self, page=1, sortby="newest", filterby="all", **_kwargs):
        """List the visitor's return requests."""
        sortings, filters = self._return_sortings(), self._return_filters()
        sortby = sortby if sortby in sortings else "newest"
        filterby = filterby if filterby in filters else "all"
        domain = self._own_returns_domain() & filters[filterby]["domain"]
        returns = self._own_returns()
        found = pager(
            url="/my/returns",
            total=returns.search_count(domain),
            page=page,
            step=self._items_per_page,
            url_args={"sortby": sortby, "filterby": filterby},
        )
        values = self._prepare_portal_layout_values() | {
            "page_name": "returns",
            "default_url": "/my/returns",
            "returns": returns.search(
                domain,
                order=ORDERS[sortby],
                limit=self._items_per_page,
                offset=found["offset"],
            ),
            "pager": found,
            "searchbar_sortings": sortings,
            "sortby": sortby,
            "searchbar_filters": filters,
            "filterby": filterby,
        }
        return request.render("return_policy.portal_my_returns", values)

    def _return_sortings(self):
        return {
            "newest": {"label": request.env._("Newest")},
            "oldest": {"label": request.env._("Oldest")},
            "deadline": {"label": request.env._("Next deadline")},
        }

    def _return_filters(self):
        is_open = Domain("state", "in", OPEN)
        return {
            "all": {"label": request.env._("All"), "domain": Domain.TRUE},
            "open": {"label": request.env._("Not finished"), "domain": is_open},
            "closed": {"label": request.env._("Closed"), "domain": ~is_open},
        }
