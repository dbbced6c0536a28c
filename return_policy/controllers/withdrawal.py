"""Withdrawing from a contract in two steps, without a login and without a reason.

Directive 2011/83/EU, art. 11a (by Directive (EU) 2023/2673): a statement with name,
contract and means of communication, then a confirmation; an acknowledgement at once.
The routes work for every shop; the link shows where the law of the order asks for it.
"""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from .access import ReturnAccess
from .statement import Statement

FORM_BYTES = 64 * 1024
PAGE = {"type": "http", "auth": "public", "website": True, "sitemap": False}
FORM = {**PAGE, "methods": ["POST"], "max_content_length": FORM_BYTES}


class ReturnWithdrawal(ReturnAccess, http.Controller):
    """The withdrawal function."""

    @http.route("/returns/withdraw", methods=["GET"], readonly=True, **PAGE)
    def withdrawal_form(self, **given):
        """Ask for the statement; from an order's page its goods are named."""
        return self._withdrawal_page("form", given)

    @http.route("/returns/withdraw/review", readonly=True, **FORM)
    def withdrawal_review(self, **given):
        """Show the statement once more, to be confirmed; changes nothing."""
        missing = self._read_statement(given).missing()
        page = "form" if missing or given.get("back") else "review"
        return self._withdrawal_page(page, given, missing)

    @http.route("/returns/withdraw/confirm", **FORM)
    def withdrawal_confirm(self, **given):
        """Take the statement in: kept, acknowledged, and processed where possible."""
        statement = self._read_statement(given)
        if missing := statement.missing():
            return self._withdrawal_page("form", given, missing)
        who = {"withdrawal": request.httprequest.remote_addr}
        # sudo: return.guest.attempt - nobody has rights on it
        attempts = request.env["return.guest.attempt"].sudo()
        if attempts._is_over(**who):
            return self._withdrawal_page("review", given, ["over"], 429)
        attempts._note(**who)
        received = statement.env["return.withdrawal"]._receive(statement.vals())
        received._portal_ensure_token()
        return request.redirect(received.get_portal_url(), code=303)

    @http.route(
        "/returns/withdraw/<int:withdrawal_id>", methods=["GET"], readonly=True, **PAGE
    )
    def withdrawal_received(self, withdrawal_id, access_token=None, **_kwargs):
        """Show the acknowledgement, to be kept or printed."""
        found = self._find_record("return.withdrawal", withdrawal_id)
        if not self._has_token(found, access_token):
            raise NotFound()
        return request.render(
            "return_policy.return_withdrawal_received", {"withdrawal": found}
        )

    def _read_statement(self, given):
        """Return the statement; it counts whether or not its order may be seen."""
        env = self._buyer_env(request.env.company)
        try:
            order = self._find_order(given.get("order_id"), given.get("access_token"))
        except NotFound:
            order = env["sale.order"]
        return Statement(env, order, given)

    def _withdrawal_page(self, page, given, problems=(), status=200):
        """Show one of the two steps with what was typed so far."""
        values = {
            "statement": self._read_statement(given),
            "order_token": given.get("access_token"),
            "problems": problems,
        }
        return request.render(
            f"return_policy.return_withdrawal_{page}", values, status=status
        )
