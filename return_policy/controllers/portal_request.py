"""The page of a request: where it stands, and what its buyer can do about it."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from .portal_page import FORM_BYTES, ReturnPage, upload_bytes

PAGE = "/my/returns/<int:request_id>"
POST = {"type": "http", "auth": "public", "website": True, "methods": ["POST"]}
GET = {"type": "http", "auth": "public", "website": True, "methods": ["GET"]}


class ReturnRequestPortal(ReturnPage):
    """One request."""

    def _find_sent(self, request_id, access_token):
        """Return a request of the visitor; what is not sent yet is nobody's.

        :raises NotFound: for any other
        """
        found = self._find_request(request_id, access_token)
        if found.state == "draft":
            raise NotFound()
        return found

    def _show_request(self, found, access_token, **values):
        values = {
            "found": found,
            "order": found.sale_order_id,
            "access_token": access_token,
            "link": self._link,
            "route": lambda name="": self._link(
                f"/my/returns/{found.id}{name and '/'}{name}", access_token
            ),
            "names": found.env["return.remedy"]._names(),
            "page_name": "return",
            "no_breadcrumbs": self._is_guest(),
            "order_page": f"/my/orders/{found.sale_order_id.id}"
            + ("/return" if self._is_guest() else ""),
            "errors": [],
            "typed": {},
            "done": "",
        } | values
        return request.render("return_policy.portal_my_return", values)

    def _take_step(self, request_id, access_token, done, step, form):
        """Take a step of the buyer; show the page again, with errors where it failed.

        :param str done: what the page says afterwards, see the template
        :param step: called with the request
        """
        found = self._find_sent(request_id, access_token)
        errors = self._try(step, found)
        if errors:
            return self._show_request(found, access_token, errors=errors, typed=form)
        return self._go(f"/my/returns/{found.id}", access_token, done=done)

    @http.route(PAGE, **GET)
    def portal_my_return(self, request_id, access_token=None, done="", **kwargs):
        """Show a request."""
        found = self._find_sent(request_id, access_token)
        errors = self._too_large(kwargs)
        return self._show_request(found, access_token, done=done, errors=errors)

    @http.route(f"{PAGE}/file/<int:file_id>", **GET)
    def portal_return_file(self, request_id, file_id, access_token=None, **_kwargs):
        """Show a photo or video of the request."""
        found = self._find_sent(request_id, access_token)
        return self._send_file(found.line_ids.evidence_ids, file_id)

    @http.route(f"{PAGE}/slip", **GET)
    def portal_return_slip(self, request_id, access_token=None, **_kwargs):
        """Give the slip that goes into the parcel."""
        found = self._find_sent(request_id, access_token)
        if not found._buyer_can_track():
            raise NotFound()
        content, media = found._render_slip()
        return request.make_response(
            content,
            headers=[("Content-Type", media), ("X-Content-Type-Options", "nosniff")],
        )

    @http.route(f"{PAGE}/cancel", max_content_length=FORM_BYTES, **POST)
    def portal_return_cancel(self, request_id, access_token=None, **form):
        """Take the request back."""

        def step(found):
            found._buyer_cancel()

        return self._take_step(request_id, access_token, "cancelled", step, form)

    @http.route(f"{PAGE}/tracking", max_content_length=FORM_BYTES, **POST)
    def portal_return_tracking(self, request_id, access_token=None, **form):
        """Note under which number the goods are under way."""

        def step(found):
            found._buyer_sent(form.get("carrier"), form.get("tracking"))

        return self._take_step(request_id, access_token, "tracking", step, form)

    @http.route(f"{PAGE}/message", max_content_length=FORM_BYTES, **POST)
    def portal_return_message(self, request_id, access_token=None, **form):
        """Write to the desk."""

        def step(found):
            found._buyer_write(form.get("message"))

        return self._take_step(request_id, access_token, "message", step, form)

    @http.route(f"{PAGE}/answer", max_content_length=upload_bytes, **POST)
    def portal_return_answer(self, request_id, access_token=None, **form):
        """Answer a question of the desk; photos and videos come with it."""
        files = request.httprequest.files

        def step(found):
            for line in found.line_ids:
                for file in files.getlist(f"files_{line.id}"):
                    if file.filename:
                        line._buyer_add_file(file.filename, file.stream)
            found._buyer_answer(form.get("answer"))

        return self._take_step(request_id, access_token, "answer", step, form)

    @http.route(f"{PAGE}/evidence", max_content_length=upload_bytes, **POST)
    def portal_return_evidence(self, request_id, access_token=None, **form):
        """Take photos and videos that are still missing."""
        files = request.httprequest.files

        def step(found):
            found._buyer_may_add_files()
            for line in found.line_ids:
                for file in files.getlist(f"files_{line.id}"):
                    if file.filename:
                        line._buyer_add_file(file.filename, file.stream)

        return self._take_step(request_id, access_token, "evidence", step, form)

    @http.route(f"{PAGE}/offer", max_content_length=FORM_BYTES, **POST)
    def portal_return_offer(self, request_id, access_token=None, **form):
        """Take or decline what the desk offers."""
        is_taken = form.get("offer") == "take"
        is_declined = form.get("offer") == "decline"

        def step(found):
            if is_taken:
                found._buyer_take_offer(form.get("amount"))
            elif is_declined:
                found._buyer_decline_offer()

        done = "taken" if is_taken else "declined"
        return self._take_step(request_id, access_token, done, step, form)
