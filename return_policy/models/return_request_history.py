"""What the buyer of a request bought and returned before, for whoever decides."""

from datetime import timedelta

from odoo import api, fields, models

from .return_request import AGENT

HISTORY_DAYS = 365
NOT_SENT = ("wrong", "missing")  # grades of goods that were not what was sold


class ReturnRequest(models.Model):
    """The buyer's history: of everybody of one commercial entity, in the company."""

    _inherit = "return.request"

    earlier_request_count = fields.Integer(
        compute="_compute_buyer_history", groups=AGENT
    )
    buyer_history = fields.Char(
        "Buyer's History",
        compute="_compute_buyer_history",
        groups=AGENT,
        help="What the buyer ordered in the last 12 months, and how the returns asked "
        "for before this one ended. Rules of the policy can look at it, too: “Returned "
        "at Least”.",
    )

    @api.depends("partner_id", "company_id", "submitted_at")
    def _compute_buyer_history(self):
        orders = self._buyer_order_counts()
        requests = self._buyer_sent_requests()
        for request in self:
            buyer = request.company_id, request.partner_id.commercial_partner_id
            earlier = requests[buyer].filtered(request._is_after)
            request.earlier_request_count = len(earlier)
            sentences = request._say_history(orders.get(buyer, 0), earlier)
            request.buyer_history = bool(request.partner_id) and " ".join(sentences)

    def _is_after(self, other):
        """Tell whether the other request was sent before this one."""
        return other != self._origin and (
            not self.submitted_at
            or (other.submitted_at, other.id) < (self.submitted_at, self._origin.id)
        )

    def _buyer_order_counts(self):
        """Return {(company, buyer): orders confirmed in the last 12 months}."""
        counts = {}
        # sudo: sale.order - the numbers alone
        orders = self.env["sale.order"].sudo()
        for company, partner, count in orders._read_group(
            [
                *self._by_these_buyers(),
                ("state", "=", "sale"),
                ("date_order", ">=", history_start()),
            ],
            ["company_id", "partner_id"],
            ["__count"],
        ):
            buyer = company, partner.commercial_partner_id
            counts[buyer] = counts.get(buyer, 0) + count
        return counts

    def _buyer_sent_requests(self):
        """Return {(company, buyer): requests sent in the last 12 months}."""
        found = self.search_fetch(
            [
                *self._by_these_buyers(),
                ("state", "!=", "draft"),
                ("submitted_at", ">=", history_start()),
            ],
            ["company_id", "partner_id", "sale_order_id", "state", "submitted_at"],
        )
        found.line_ids.fetch(["grade"])  # those of all buyers at once
        groups = found.grouped(
            lambda request: (
                request.company_id,
                request.partner_id.commercial_partner_id,
            )
        )
        return {
            (request.company_id, request.partner_id.commercial_partner_id): found[:0]
            for request in self
        } | groups

    def _by_these_buyers(self):
        """Return a domain of orders or requests of the buyers of these requests."""
        buyers = self.partner_id.commercial_partner_id
        return [
            ("company_id", "in", self.company_id.ids),
            ("partner_id.commercial_partner_id", "in", buyers.ids),
        ]

    def _say_history(self, orders, earlier):
        """Return sentences on what was bought, and on the requests before this one."""
        bought = self.env._("Orders in 12 months: %(count)s.", count=orders)
        if not earlier:
            return [bought, self.env._("No return asked for before.")]
        returned = len(earlier.sale_order_id)
        refused = len(earlier.filtered(lambda request: request.state == "refused"))
        disputed = len(earlier.filtered("disputed_at"))
        odd = earlier.line_ids.filtered(lambda line: line.grade in NOT_SENT)
        odd = len(odd.request_id)
        return [
            bought,
            self.env._(
                "A return was asked for on %(returned)s of them before (%(share)s%%).",
                returned=returned,
                share=round(100 * returned / max(orders, returned)),
            ),
            *filter(
                None,
                [
                    refused and self.env._("Refused: %(count)s.", count=refused),
                    disputed and self.env._("Disputed: %(count)s.", count=disputed),
                    odd and self.env._("Wrong or missing goods: %(count)s.", count=odd),
                ],
            ),
        ]

    def action_view_earlier_requests(self):
        """Open what the buyer asked for before."""
        self.ensure_one()
        self._check_may(AGENT)
        buyer = self.company_id, self.partner_id.commercial_partner_id
        earlier = self._buyer_sent_requests()[buyer].filtered(self._is_after)
        return self._open(self.env._("Earlier Returns"), earlier)


def history_start():
    """Return since when orders and returns count, naive in UTC."""
    return fields.Datetime.now() - timedelta(days=HISTORY_DAYS)
