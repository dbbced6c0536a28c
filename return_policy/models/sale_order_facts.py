"""Facts about the buyer and the order behind a verdict, for a batch of orders."""

from bisect import bisect_left
from datetime import timedelta

from odoo import api, fields, models

from ..policy.facts import utc


class Asked:
    """When each customer asked to return something."""

    def __init__(self, moments):
        """Take {customer: aware moments}; they are sorted here."""
        self.moments = {buyer: sorted(found) for buyer, found in moments.items()}
        self.known = {}

    def counts(self, buyer, asked_at, spans):
        """Return {days back: how often before ``asked_at``}."""
        key = buyer, asked_at
        if key not in self.known:
            found = self.moments.get(buyer, ())
            last = bisect_left(found, asked_at)
            self.known[key] = {
                days: last - bisect_left(found, asked_at - timedelta(days=days))
                for days in spans
            }
        return self.known[key]


class SaleOrderFacts(models.Model):
    """What orders and buyers tell; called with full rights."""

    _inherit = "sale.order"

    return_informed_on = fields.Datetime(
        string="Told of the Right to Withdraw on",
        copy=False,
        groups="base.group_user",
        help="When the buyer was told of the right to withdraw. It matters only where "
        "the return policy says that buyers are not told before they order: the "
        "window is then up to twelve months longer.",
    )

    return_asks_informed = fields.Boolean(
        compute="_compute_return_asks_informed",
        compute_sudo=True,
        groups="base.group_user",
        help="Whether the window depends on when the buyer was told.",
    )

    @api.depends("return_policy_version_id")
    def _compute_return_asks_informed(self):
        for order in self:
            version = order.return_policy_version_id._to_version()
            order.return_asks_informed = bool(
                version
                and version.floor.uninformed_months
                and not version.terms.informs_buyer
            )

    def _return_prefetch(self):
        """Read all that facts need in one query a table."""
        self.fetch(self._return_fields())
        # most buyers are their own commercial entity
        self.partner_id.fetch(["commercial_partner_id", "is_company"])
        self.partner_id.commercial_partner_id.fetch(["is_company"])

    @api.model
    def _return_fields(self):
        """Return the names of the fields of an order which facts need."""
        return [
            "currency_rate",
            "date_order",
            "partner_id",
            "return_informed_on",
            "return_policy_version_id",
        ]

    def _return_buyer_facts(self):
        """Return {order id: facts by name} about the order and its buyer."""
        promises = self._return_promises()
        return {
            order.id: {
                "ordered_at": utc(order.date_order),
                "informed_at": utc(order.return_informed_on or None),
                "is_consumer": not order.partner_id.commercial_partner_id.is_company,
                "promise": promises.get(order.id),
            }
            for order in self
        }

    def _return_counts(self, rows, moments, versions):
        """Return {line id: {days back: how often its customer asked to return}}.

        :param rows: of lines of these orders
        :param dict moments: {line id: aware moment of asking}
        :param versions: whose rules ask for it; nothing is read where none does
        """
        spans = {rule.returns_days for version in versions for rule in version.rules}
        spans.discard(0)
        if not spans:
            return {}
        asked = self._return_asked_by_buyer(min(moments.values()), max(spans))
        buyers = {order.id: order.partner_id.commercial_partner_id for order in self}
        return {
            row.id: asked.counts(buyers[row.order_id], moments[row.id], spans)
            for row in rows
        }

    def _return_rates(self):
        """Return {order id: its currency's worth of the company's smallest unit}."""
        return {
            order.id: (order.currency_rate or 1.0)
            * (order.company_id.currency_id.rounding or 0.01)
            for order in self
        }

    def _return_asked_by_buyer(self, first, days):
        """Return when the buyers of these orders asked to return, within the company.

        Cancelled requests do not count; a buyer is everybody of one commercial entity.

        :param datetime first: aware; the earliest moment of asking
        :param int days: how far back to look from there
        """
        since = (first - timedelta(days=days)).replace(tzinfo=None)
        requests = self.env["return.request"].search_fetch(
            [
                ("company_id", "in", self.company_id.ids),
                (
                    "partner_id.commercial_partner_id",
                    "in",
                    self.partner_id.commercial_partner_id.ids,
                ),
                ("state", "not in", ("draft", "cancelled")),
                ("submitted_at", ">=", since),
            ],
            ["partner_id", "submitted_at"],
            order="id",
        )
        moments = {}
        for request in requests:
            buyer = request.partner_id.commercial_partner_id
            moments.setdefault(buyer, []).append(utc(request.submitted_at))
        return Asked(moments)

    def _return_judging(self, version=None):
        """Return {id of the version held or False: pure versions that judge under it}.

        Its own comes first, then the later ones of the same policy which hold for
        placed orders too; none where no version is held.

        :param Version version: a pure version which judges all instead
        """
        self._return_prefetch()
        own = self.return_policy_version_id
        if version:
            return dict.fromkeys([False, *own.ids], (version,))
        return {False: ()} | own._return_judging()
