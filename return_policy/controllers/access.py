"""What a visitor may see of orders and requests: the one place that decides it.

Three keys open a record: being its buyer by login, its own access token, or a grant
in the session, given to guests who named an order and proved to be its buyer. What
does not exist and what is somebody else's look the same from outside.
"""

import time

from werkzeug.exceptions import NotFound

from odoo.http import request
from odoo.tools import consteq

GRANTS = "return_grants"
GRANT_SECONDS = 2 * 60 * 60
MOST_GRANTS = 20  # a session is a file which every request reads
MOST_ID = 2**31 - 1  # the database knows no larger one


class ReturnAccess:
    """Finds orders and requests for controllers; mix it into them."""

    def _find_order(self, order_id, access_token=None):
        """Return the order in sudo, as its company, if the visitor may see it.

        :param int order_id: as the visitor sent it, so anything
        :param access_token: the order's own, as in its mails
        :raises NotFound: the same for an unknown and for a foreign order
        """
        order = self._find_record("sale.order", order_id)
        if not (
            self._is_owner(order)
            or self._has_token(order, access_token)
            or order.id in self._granted_orders()
        ):
            raise NotFound()
        return order

    def _find_request(self, request_id, access_token=None):
        """Return the return request in sudo, as its company, if the visitor may see it.

        Who was granted the order may see its requests.

        :param access_token: the request's own, as in its mails
        :raises NotFound: the same for an unknown and for a foreign request
        """
        found = self._find_record("return.request", request_id)
        if not (
            self._is_owner(found)
            or self._has_token(found, access_token)
            or found.sale_order_id.id in self._granted_orders()
        ):
            raise NotFound()
        return found

    def _entry_page(self, problem="", number="", status=200):
        """Return the guest entry: where visitors without a login say who they are.

        :param str problem: what the page tells them, see the template
        """
        # sudo: res.company - whether a law asks for the link, before anybody is known
        companies = request.env["res.company"].sudo().search([])
        values = {
            "problem": problem,
            "number": number,
            "offers_withdrawal": companies._offers_withdrawal(),
        }
        return request.render("return_policy.return_guest_entry", values, status=status)

    def _buyer_env(self, company):
        """Return the environment in which the steps of a buyer run.

        The user stays the visitor's (the log names the actor), the rights are those of
        the system: buyers have none on returns, so check what they may see first.
        """
        # sudo: res.company - the way to an environment with the rights of the system
        return request.env["res.company"].sudo().with_company(company).env

    def _find_record(self, model, record_id):
        """Return the record in sudo, whoever may see it; raise NotFound for none."""
        try:
            number = int(record_id)
        except (TypeError, ValueError):
            raise NotFound() from None
        if not 0 < number <= MOST_ID:
            raise NotFound()
        # sudo: sale.order, return.request - portal users have no rights on returns,
        # guests none at all; the callers check who they are
        record = request.env[model].sudo().browse(number).exists()
        if not record:
            raise NotFound()
        return record.with_env(self._buyer_env(record.company_id))

    def _is_owner(self, record):
        """Tell whether the visitor is logged in as the buyer, or somebody of theirs.

        As core's rule for portal users on orders, whatever the company.
        """
        user = request.env.user
        if user._is_public() or not record.partner_id:
            return False
        family = [("partner_id", "child_of", user.partner_id.commercial_partner_id.id)]
        return bool(record.filtered_domain(family))

    def _has_token(self, record, access_token):
        """Tell whether the visitor holds the record's own token."""
        expected = record.access_token
        return bool(expected and access_token) and consteq(
            expected.encode(), str(access_token).encode()
        )

    def _granted_orders(self):
        """Return the ids of the orders which this session may see as a guest."""
        grants = request.session.get(GRANTS) or {}
        now = time.time()
        return {int(order) for order, until in grants.items() if until > now}

    def _grant_order(self, order):
        """Let this session see the order and its requests for two hours.

        Who proves it again starts the time anew. The session gets a new number, so
        that nobody else who knew the old one comes along.
        """
        now = time.time()
        kept = sorted(
            (until, key)
            for key, until in (request.session.get(GRANTS) or {}).items()
            if until > now and key != str(order.id)
        )[-(MOST_GRANTS - 1) :]
        request.session[GRANTS] = {
            **{key: until for until, key in kept},
            str(order.id): now + GRANT_SECONDS,
        }
        request.session.should_rotate = True
