"""Forms of buyers with too many photos: their page says so, instead of a bare error."""

import re

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.urls import url_encode

from odoo import models
from odoo.http import request

# The pages that take files; the second ones only take them below their own address.
UPLOADS = re.compile(r"(.*/my/orders/\d+/return/details|.*/my/returns/\d+)(?:/\w+)?")


class IrHttp(models.AbstractModel):
    """Answers to what is not even read."""

    _inherit = "ir.http"

    @classmethod
    def _handle_error(cls, exception):
        """Lead back to the page whose form was too large to be read."""
        page = isinstance(exception, RequestEntityTooLarge) and UPLOADS.fullmatch(
            request.httprequest.path
        )
        if not page:
            return super()._handle_error(exception)
        known = {**request.httprequest.args, "too_large": 1}
        return request.redirect(f"{page[1]}?{url_encode(known)}", code=303)
