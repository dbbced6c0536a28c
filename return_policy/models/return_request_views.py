"""What the screens of a request need: buttons to what belongs to it."""

from odoo import api, fields, models

from .return_request import AGENT, WAREHOUSE


class ReturnRequest(models.Model):
    """Screens."""

    _inherit = "return.request"

    is_partly_received = fields.Boolean(compute="_compute_screen")
    can_cancel = fields.Boolean(compute="_compute_screen")
    is_editable = fields.Boolean(compute="_compute_screen")
    asks_seal = fields.Boolean(compute="_compute_columns")
    may_keep_item = fields.Boolean(compute="_compute_columns")
    has_exchange = fields.Boolean(compute="_compute_columns")
    has_agreed = fields.Boolean(compute="_compute_columns")
    price_summary = fields.Text(compute="_compute_price_summary")
    verdict_summary = fields.Text(compute="_compute_verdict_summary")

    @api.depends(
        "state",
        "offer_state",
        "goods_state",
        "line_ids.qty_received",
        "line_ids.is_settled",
    )
    def _compute_screen(self):
        for request in self:
            came = any(request.line_ids.mapped("qty_received"))
            waiting = request.goods_state in ("awaiting", "in_transit")
            settled = any(request.line_ids.mapped("is_settled"))
            is_open = request.state in ("draft", "submitted", "needs_info", "approved")
            request.is_partly_received = came and waiting
            request.can_cancel = is_open and not came and not settled
            undecided = request.state in ("draft", "needs_info")
            request.is_editable = undecided and not request._has_open_offer()

    @api.depends(
        "line_ids.asks_seal",
        "line_ids.may_keep_item",
        "line_ids.remedy",
        "line_ids.amount_agreed",
    )
    def _compute_columns(self):
        """Show the columns which matter to a line of the request."""
        for request in self:
            lines = request.line_ids
            request.asks_seal = any(lines.mapped("asks_seal"))
            request.may_keep_item = any(lines.mapped("may_keep_item"))
            request.has_exchange = "exchange" in lines.mapped("remedy")
            request.has_agreed = any(
                line._is_allowance() or line.amount_agreed for line in lines
            )

    @api.depends("line_ids.remedy", "line_ids.price_paid", "line_ids.price_today")
    def _compute_price_summary(self):
        """Name both prices where their difference is given back."""
        for request in self:
            protected = request.line_ids.filtered(
                lambda line: line.remedy == "price_protection"
            )
            request.price_summary = "\n".join(
                self.env._(
                    "%(product)s: %(paid)s paid, %(today)s today.",
                    product=line.product_id.display_name,
                    paid=line.currency_id.format(line.price_paid),
                    today=line.currency_id.format(line.price_today),
                )
                for line in protected
            )

    @api.depends("line_ids.verdict_text", "line_ids.product_id")
    def _compute_verdict_summary(self):
        for request in self:
            request.verdict_summary = "\n".join(
                f"{line.product_id.display_name}: {line.verdict_text}"
                for line in request.line_ids
                if line.verdict_text
            )

    def _open(self, name, records):
        action = {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": records._name,
            "view_mode": "list,form",
            "domain": [("id", "in", records.ids)],
            "context": {"create": False},
        }
        if len(records) == 1:
            action |= {"view_mode": "form", "res_id": records.id}
        return action

    def _open_linked(self):
        """Open these requests from a document that belongs to them."""
        self._check_may(AGENT, WAREHOUSE)
        return self._open(self.env._("Returns"), self)

    def action_view_order(self):
        """Open the order."""
        self._check_may(AGENT)
        return self._open(self.env._("Order"), self.sale_order_id)

    def action_view_pickings(self):
        """Open the transfers by which the goods come back."""
        self._check_may(AGENT, WAREHOUSE)
        return self._open(self.env._("Receipts"), self.picking_ids)

    def action_view_credit_notes(self):
        """Open the credit notes."""
        self._check_may(AGENT)
        return self._open(self.env._("Credit Notes"), self.credit_note_ids)

    def action_confirm_refunds(self):
        """Ask under which number the refunds were paid that a person pays."""
        self._check_may(AGENT)
        todo = self.refund_ids.filtered("to_confirm")
        return todo.action_confirm() if todo else self.action_view_refunds()

    def action_view_refunds(self):
        """Open the refunds."""
        self._check_may(AGENT)
        return self._open(self.env._("Refunds"), self.refund_ids)
