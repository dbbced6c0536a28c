from collections import defaultdict

from odoo import fields, models

AGENT = "live_aftersales.group_agent"


class LiveOrdersMixin(models.AbstractModel):
    """Count the orders and returns of a platform, shop, host or session."""

    _name = "live.orders.mixin"
    _description = "Counts of Live Orders and Returns"

    # The field of sale.order and return.request which points to the record.
    _orders_field = None

    live_currency_id = fields.Many2one(
        "res.currency", compute="_compute_live_currency_id"
    )
    order_count = fields.Integer(
        compute="_compute_order_count", string="Orders", groups=AGENT
    )
    order_amount = fields.Monetary(
        compute="_compute_order_count",
        string="Sold",
        currency_field="live_currency_id",
        groups=AGENT,
        help="What the confirmed orders come to, tax included.",
    )
    return_count = fields.Integer(
        compute="_compute_return_count", string="Returns", groups=AGENT
    )
    return_amount = fields.Monetary(
        compute="_compute_return_count",
        string="To Refund",
        currency_field="live_currency_id",
        groups=AGENT,
        help="What the return requests come to, drafts, refused and cancelled "
        "ones left out.",
    )

    def _compute_live_currency_id(self):
        self.live_currency_id = self.env.company.currency_id

    def _compute_order_count(self):
        counts, amounts = self._live_totals(
            "sale.order", "amount_total", [("state", "=", "sale")]
        )
        for record in self:
            record.order_count = counts[record.id]
            record.order_amount = amounts[record.id]

    def _compute_return_count(self):
        counts, amounts = self._live_totals(
            "return.request",
            "amount_total",
            [("state", "not in", ("draft", "refused", "cancelled"))],
        )
        for record in self:
            record.return_count = counts[record.id]
            record.return_amount = amounts[record.id]

    def _live_totals(self, model, amount_field, domain):
        """Return counts and amounts in the company's currency, by record id."""
        field = self._orders_field
        counts, amounts = defaultdict(int), defaultdict(float)
        rows = self.env[model]._read_group(
            [(field, "in", self.ids), *domain],
            [field, "currency_id"],
            ["__count", f"{amount_field}:sum"],
        )
        company, today = self.env.company, fields.Date.context_today(self)
        for record, currency, count, amount in rows:
            counts[record.id] += count
            amounts[record.id] += currency._convert(
                amount, company.currency_id, company, today
            )
        return counts, amounts

    def action_view_orders(self):
        """Open the orders of these records."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "live_aftersales.action_live_orders"
        )
        action["domain"] = [(self._orders_field, "in", self.ids)]
        return action

    def action_view_returns(self):
        """Open the return requests of these records."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "live_aftersales.action_live_return_requests"
        )
        action["domain"] = [(self._orders_field, "in", self.ids)]
        action["context"] = {}
        return action
