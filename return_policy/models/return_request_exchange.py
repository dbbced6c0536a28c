"""Exchanges for another product: a new order, paid by what the old goods bring."""

from odoo import api, fields, models

from .return_request import AGENT


class ReturnRequest(models.Model):
    """The order of the new goods."""

    _inherit = "return.request"

    exchange_order_ids = fields.One2many(
        "sale.order", "exchange_request_id", string="Exchange Orders", readonly=True
    )
    exchange_order_id = fields.Many2one(
        "sale.order",
        compute="_compute_exchange_order_id",
        help="The order by which the buyer gets the other goods.",
    )
    is_difference_paid = fields.Boolean(
        "Difference Paid Elsewhere",
        readonly=True,
        copy=False,
        help="Somebody of the desk confirmed that the buyer paid the difference, "
        "outside Odoo.",
    )
    amount_difference = fields.Monetary(
        "Difference",
        compute="_compute_amount_difference",
        help="What the new goods cost more than the old ones bring. Below zero: what "
        "the buyer gets back.",
    )

    @api.depends("exchange_order_ids.state")
    def _compute_exchange_order_id(self):
        for request in self:
            # sudo: sale.order - which one it is
            orders = request.sudo().exchange_order_ids
            open_orders = orders.filtered(lambda order: order.state != "cancel")
            request.exchange_order_id = open_orders[:1]

    @api.depends("exchange_order_ids.amount_total", "line_ids.amount")
    def _compute_amount_difference(self):
        for request in self:
            # sudo: sale.order - its total
            order = request.sudo().exchange_order_id
            brought = sum(request._exchange_lines().mapped("amount"))
            request.amount_difference = order and order.amount_total - brought

    def _exchange_lines(self):
        """Return the lines whose goods are exchanged for others."""
        return self.line_ids.filtered(
            lambda line: line._is_exchange_for_other() and not line.is_refused
        )

    def _exchange_owed(self, lines=None):
        """Return what the credit for exchanged goods pays of the new order.

        In the smallest unit. Never more than the goods bring, nor than the new order
        still costs after the money that reached us for it.

        :param lines: those of the exchanged lines that are credited now; without, all
            that were credited so far
        """
        self.ensure_one()
        mine = self._exchange_lines()
        order = mine and self.exchange_order_id
        if not order:
            return 0
        settled = mine.filtered("is_settled")
        now = settled if lines is None else mine & lines
        earlier = settled - now
        # sudo: sale.order - its total and its payments
        missing = order.sudo()._exchange_unpaid() - earlier._credit_units()
        return max(0, min(now._credit_units(), missing))

    # Making the order -------------------------------------------------------

    def _create_exchange_orders(self, lines):
        """Make the order of each request; confirm it where the buyer owes nothing.

        :param lines: the lines exchanged for something else that have no order yet
        """
        if not lines:
            return
        groups = lines.grouped("request_id")
        paid = lines._return_values(lines._wanted())
        orders = self.env["sale.order"].create(
            [
                request._prepare_exchange_order(mine, paid)
                for request, mine in groups.items()
            ]
        )
        for order, mine in zip(orders, groups.values(), strict=True):
            for row, line in zip(order.order_line, mine, strict=True):
                line.exchange_order_line_id = row
        owing = orders.filtered(lambda order: order._exchange_difference() > 0)
        owing.action_quotation_sent()
        (orders - owing).action_confirm()

    def _prepare_exchange_order(self, lines, paid):
        """Return the values of the order of the new goods, like the old one.

        :param dict paid: what was paid for the old goods, see ``_return_values``
        """
        self.ensure_one()
        order = self.sale_order_id
        alike = (
            "partner_id",
            "partner_invoice_id",
            "partner_shipping_id",
            "pricelist_id",
            "fiscal_position_id",
            "payment_term_id",
            "warehouse_id",
            "company_id",
            "team_id",
            "user_id",
            "campaign_id",
            "medium_id",
            "source_id",
        )
        return {
            **{name: order[name].id for name in alike},
            "picking_policy": order.picking_policy,
            "origin": self.name,
            "exchange_request_id": self.id,
            "require_signature": False,
            "require_payment": True,
            "prepayment_percent": 1.0,
            "order_line": [
                (0, 0, line._prepare_exchange_line(paid[line])) for line in lines
            ],
        }

    def action_difference_paid(self, reason=None):
        """Confirm the new order whose difference was paid outside Odoo.

        Without a reason a dialog asks for it.
        """
        self._check_may(AGENT)
        self._check_all_in({"approved"})
        todo = self.filtered(lambda request: request.replacement_state == "to_collect")
        if not todo:
            return True
        if not (reason or "").strip():
            return self.env["return.request.reason"]._open(
                "difference_paid", default_request_ids=todo.ids
            )
        todo._lock_orders()
        # sudo: return.request, sale.order - agents may not confirm orders
        requests = todo.sudo()
        requests.write({"is_difference_paid": True})
        todo._log("difference_paid", reason)
        requests.exchange_order_id.action_confirm()
        return True

    def _start_replacements(self):
        """Order what is exchanged for something else, before the rest is reserved."""
        lines = self._exchange_lines().filtered(
            lambda line: not line.exchange_order_line_id
        )
        self._create_exchange_orders(lines)
        return super()._start_replacements()

    def _cancel_goods(self):
        """Cancel the orders of the new goods as well."""
        result = super()._cancel_goods()
        self._cancel_exchange_orders()
        return result

    def action_view_exchange_order(self):
        """Open the order of the new goods."""
        self._check_may(AGENT)
        return self._open(self.env._("Exchange Order"), self.exchange_order_ids)

    # Books ------------------------------------------------------------------

    def _explain_money(self, claim, amount, move):
        """Say as well where the rest of the money went."""
        text = super()._explain_money(claim, amount, move)
        taken = self._exchange_owed() * (self.currency_id.rounding or 0.01)
        if not taken:
            return text
        note = self.env._(
            "%(amount)s pays for order %(order)s.",
            amount=self.currency_id.format(taken),
            order=self.exchange_order_id.name,
        )
        return " ".join(filter(None, [text, note]))

    def _reconcile_exchanges(self):
        """Set credit notes, or the payment, against the invoices of the new orders.

        No more than the old goods bring: what a request gives back beside them stays
        free for its refund.
        """
        exchanging = self._exchange_lines().request_id
        for request in exchanging.filtered("exchange_order_id"):
            invoices = request.exchange_order_id.invoice_ids.filtered(
                lambda move: move.move_type == "out_invoice" and move.state == "posted"
            )
            # what was paid for goods that were never billed waits in the payment
            paid = request.sale_order_id.transaction_ids.payment_id.move_id
            notes = (request.credit_note_ids | paid).filtered(
                lambda move: move.state == "posted"
            )
            unit = request.currency_id.rounding or 0.01
            left = request._exchange_owed() * unit - notes._matched_with(invoices)
            for debit in invoices._open_receivables():
                for credit in notes._open_receivables():
                    left -= debit._match_up_to(credit, left)

    @api.depends("exchange_order_ids.state", "line_ids.exchange_order_line_id")
    def _compute_replacement_state(self):
        """Follow the new order as well."""
        return super()._compute_replacement_state()
