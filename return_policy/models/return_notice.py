"""What buyers are told of their requests: written by the steps, sent by a job."""

from odoo import api, fields, models
from odoo.tools import format_datetime


class ReturnNotice(models.Model):
    """One message to the buyer about one event of a request.

    It is written in the transaction of the step, so there is none without the step
    and none is lost. Message and mark are written in one transaction too, so none is
    sent twice. How the mail gets out is then the business of Odoo's mail queue.
    """

    _name = "return.notice"
    _description = "Return Notice"
    _inherit = ["return.defaults.mixin"]
    _order = "id desc"
    _rec_name = "event"

    request_id = fields.Many2one(
        "return.request", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="request_id.company_id", store=True, index=True, precompute=True
    )
    partner_id = fields.Many2one(related="request_id.partner_id", string="Customer")
    event = fields.Selection(
        [
            ("submitted", "Request received"),
            ("needs_info", "Question"),
            ("offer", "Offer"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("received", "Goods received"),
            ("settled", "Money on its way"),
            ("shipped", "Shipped to the buyer"),
            ("cancelled", "Cancelled"),
            ("expired", "Expired"),
            ("reminder", "Reminder"),
        ],
        required=True,
        readonly=True,
    )
    reason = fields.Text(
        readonly=True, help="What the step said: why it was refused, what is asked."
    )
    sent_at = fields.Datetime(
        "Handled",
        readonly=True,
        help="When the message was written and handed to the mail queue.",
    )
    message_id = fields.Many2one(
        "mail.message", readonly=True, index="btree_not_null", ondelete="set null"
    )
    note = fields.Char(
        readonly=True, help="What is special: no e-mail address, or why it failed."
    )
    attempts = fields.Integer(readonly=True)

    # what the templates say
    summary = fields.Html(compute="_compute_content", sanitize=False)
    tz = fields.Char("Time Zone", compute="_compute_content")
    deadline_text = fields.Char("Deadline", compute="_compute_content")
    return_address = fields.Text(compute="_compute_content")
    url = fields.Char(compute="_compute_content")

    _waiting_idx = models.Index("(id) WHERE sent_at IS NULL")

    @api.depends("request_id")
    @api.depends_context("lang")
    def _compute_content(self):
        """Compute what several templates need, in the language of the message."""
        for notice in self:
            request = notice.request_id
            notice.tz = request.sale_order_id._return_zone()
            notice.deadline_text = notice._moment_text(request.deadline)
            notice.return_address = request._return_address()
            notice.url = (
                request.get_base_url() + self._lang_path() + request.get_portal_url()
            )
            notice.summary = self.env["ir.qweb"]._render(
                "return_policy.return_notice_summary",
                {
                    "asked": request,
                    "lines": notice._told_lines(),
                    "remedies": self.env["return.remedy"]._names(),
                },
            )

    def _told_lines(self):
        """Return the lines to list: refused ones bring no money."""
        lines = self.request_id.line_ids
        if self.event != "settled":
            return lines
        return lines.filtered(lambda line: not line.is_refused)

    def _moment_text(self, moment):
        """Return a naive UTC moment in words, in the zone of the order's returns."""
        if not moment:
            return ""
        pattern = self.env._("d MMM y, HH:mm (zzzz)")
        return format_datetime(self.env, moment, self.tz, pattern)

    def _lang_path(self):
        """Return how the path of a page begins that opens in the message's language."""
        lang = self.env["res.lang"]._get_data(code=self.env.lang)
        if "website" in self.env:  # which need not speak every language there is
            sites = self.env["website"]
            site = self.company_id.website_id or sites.search([], limit=1)
            lang = lang if lang.id in site.language_ids.ids else None
        return f"/{lang.url_code}" if lang else ""
