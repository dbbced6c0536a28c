"""The evidence pack of a request, for the desk to hand in."""

from werkzeug.exceptions import NotFound
from werkzeug.wsgi import wrap_file

from odoo import http
from odoo.http import content_disposition, request

from ..models.return_request import AGENT


class ReturnEvidence(http.Controller):
    """Downloads of the desk."""

    @http.route(
        "/returns/<int:request_id>/evidence",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def evidence_pack(self, request_id):
        """Send the pack; AccessError for everybody but agents of the company."""
        requests = request.env["return.request"]
        requests._check_may(AGENT)
        found = requests.browse(request_id).exists()
        if not found:
            raise NotFound()
        pack = found._evidence_pack()
        name = f"{found._pack_name()}.zip"
        return request.make_response(
            wrap_file(request.httprequest.environ, pack),
            [
                ("Content-Type", "application/zip"),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )
