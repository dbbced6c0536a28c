"""A visitor without a login, in front of the real pages."""

import odoo
from odoo.http import Request, root
from odoo.tests import HttpCase

from ..controllers.access import GRANTS
from .common import ReturnCase


class GuestCase(ReturnCase, HttpCase):
    """Forms sent as browsers send them, from the network address one likes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner.phone = "+86 138 0013 8765"
        cls.attempts = cls.env["return.guest.attempt"]
        cls.attempts.search([]).unlink()

    def setUp(self):
        super().setUp()
        self.order = self._order()
        self.authenticate(None, None)

    def _session(self):
        """Return the visitor's session as it is now: entering gives it a new number."""
        self.session = root.session_store.get(self.opener.cookies["session_id"])
        return self.session

    def _granted(self):
        """Return the orders which this session may see."""
        return set(map(int, self._session().get(GRANTS) or {}))

    def _post(self, path, csrf=True, **data):
        """Send a form and return the answer, without following it."""
        self._session()
        if csrf:
            data["csrf_token"] = Request.csrf_token(self)
        return self.url_open(path, data=data, allow_redirects=False)

    def _come_from(self, address):
        """Send what follows through a proxy, as from this network address."""
        options = odoo.tools.config.options
        was = options.get("proxy_mode")
        options["proxy_mode"] = True
        self.addCleanup(options.__setitem__, "proxy_mode", was)
        self.opener.headers.update(
            {"X-Forwarded-For": address, "X-Forwarded-Host": self.base_host()}
        )

    def base_host(self):
        return self.base_url().partition("//")[2]
