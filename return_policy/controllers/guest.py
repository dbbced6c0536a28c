"""The door for buyers without a login: order number and proof of being the buyer."""

from odoo import http
from odoo.http import request

from .access import ReturnAccess


class ReturnGuest(ReturnAccess, http.Controller):
    """The guest entry."""

    @http.route(
        "/returns",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
        readonly=True,
    )
    def guest_entry(self, **_kwargs):
        """Ask for the order."""
        return self._entry_page()

    @http.route(
        "/returns",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
        max_content_length=16 * 1024,
    )
    def guest_enter(self, number="", proof="", **_kwargs):
        """Let the session see the order for two hours, if number and proof fit.

        The answer is the same whatever did not fit.
        """
        orders = request.env["sale.order"]
        tried = {
            "order": orders._clean_number(number).upper(),
            "address": request.httprequest.remote_addr,
        }
        # sudo: return.guest.attempt - nobody has rights on it
        attempts = request.env["return.guest.attempt"].sudo()
        if attempts._is_over(**tried):
            return self._entry_page("over", number, status=429)
        order = orders._find_for_guest(number, proof)
        if not order:
            attempts._note(**tried)
            return self._entry_page("unknown", number)
        self._grant_order(order)
        return request.redirect(f"/my/orders/{order.id}/return", code=303)
