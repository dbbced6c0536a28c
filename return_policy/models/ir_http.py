"""The buyer's pages: too many photos are told on them, scripts speak their language."""

import re

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.urls import url_encode

from odoo import models
from odoo.http import request

# The pages that take files; the second ones only take them below their own address.
UPLOADS = re.compile(r"(.*/my/orders/\d+/return/details|.*/my/returns/\d+)(?:/\w+)?")


class IrHttp(models.AbstractModel):
    """Answers to what is not even read, and words for the scripts of the pages."""

    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        return [*super()._get_translation_frontend_modules_name(), "return_policy"]

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
