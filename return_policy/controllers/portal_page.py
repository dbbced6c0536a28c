"""What the pages of the buyer's door share: links, errors, answers to forms."""

from werkzeug.exceptions import NotFound, abort
from werkzeug.urls import url_encode

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .access import ReturnAccess

MEGABYTE = 1024 * 1024
FORM_BYTES = MEGABYTE  # of a form without files
UPLOAD_FILES = 5  # so many files of the largest size go up at once


def upload_bytes(_controller):
    """Return how many bytes one form with photos and videos may have."""
    # sudo: res.company - the settings of the desk, before anybody is known
    companies = request.env["res.company"].sudo().search([])
    return max(companies.mapped("return_evidence_max_mb")) * UPLOAD_FILES * MEGABYTE


class ReturnPage(ReturnAccess, http.Controller):
    """Helpers of the pages; each page finds its own record first."""

    def _find_order(self, order_id, access_token=None):
        return self._found(super()._find_order, order_id, access_token)

    def _find_request(self, request_id, access_token=None):
        return self._found(super()._find_request, request_id, access_token)

    def _found(self, find, *args):
        """Return a record, or show visitors without a login how to open their own.

        Their session is over, as a rule. What they get is the same for a foreign
        record and for none.

        :raises NotFound: for whoever is logged in
        """
        try:
            return find(*args)
        except NotFound:
            if self._is_guest():
                page = self._entry_page("stranger", status=404)
                page.flatten()
                abort(page)
            raise

    def _link(self, path, access_token=None, **args):
        """Return the address of a page, with the token by which the visitor came."""
        found = {key: value for key, value in args.items() if value}
        if access_token:
            found["access_token"] = access_token
        return f"{path}?{url_encode(found)}" if found else path

    def _is_guest(self):
        """Tell whether the visitor has no login, so no pages of an account."""
        return request.env.user._is_public()

    def _go(self, path, access_token=None, **args):
        """Answer a form: the browser gets the next page and forgets the form."""
        return request.redirect(self._link(path, access_token, **args), code=303)

    def _too_large(self, args):
        """Return what to tell a visitor whose form was too large to be read."""
        if not args.get("too_large"):
            return []
        return [
            request.env._(
                "The files were too large to be sent together, so none was taken. "
                "Send up to %(most)s MB at once, then the others.",
                most=upload_bytes(self) // MEGABYTE,
            )
        ]

    def _try(self, step, *args):
        """Return what speaks against a step; nothing where it was done.

        A step that is refused changes nothing.
        """
        try:
            with request.env.cr.savepoint():
                return step(*args) or []
        except UserError as error:
            return [str(error)]

    def _send_file(self, files, file_id):
        """Answer with one of these files.

        Their content was checked when they came; nothing in them is ever executed.

        :raises NotFound: for every other file
        """
        file = files.filtered(lambda file: file.id == file_id)
        if not file:
            raise NotFound()
        response = request.env["ir.binary"]._get_stream_from(file).get_response()
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response.headers["Cache-Control"] = "private, max-age=3600"
        return response
