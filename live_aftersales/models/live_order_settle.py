import pytz

from odoo import api, models


class LiveOrderSettle(models.AbstractModel):
    """Bring sale orders to where the platform says they are."""

    _name = "live.order.settle"
    _description = "Settle Imported Orders"

    @api.model
    def _settle(self, pairs, shop):
        """Confirm, cancel, deliver and invoice a batch; return warnings.

        :param pairs: (order of the file, sale order)
        """
        sales = self.env["sale.order"].union(*(sale for _order, sale in pairs))
        sales = sales.with_context(tracking_disable=True)
        paid = sales.filtered(
            lambda sale: sale.platform_paid_at and sale.state in ("draft", "sent")
        )
        if paid:
            paid.action_confirm()
        self._cancel_closed(sales)
        warnings = self.env["live.order.ship"]._ship(
            sales.filtered(lambda sale: sale.state == "sale")
        )
        if shop.invoice_on_import:
            warnings += self._invoice(sales)
        return warnings

    @api.model
    def _cancel_closed(self, sales):
        """Cancel what was closed before anything left; free what was planned."""
        lines = sales.order_line.filtered("platform_line_ref")
        closed = sales.filtered(
            lambda sale: (
                sale.platform_state == "closed"
                and sale.state != "cancel"
                and not any(sale.order_line.mapped("platform_shipped_at"))
            )
        )
        if closed:
            closed._action_cancel()
        lines.filtered("platform_closed").move_ids.filtered(
            lambda move: move.state not in ("done", "cancel")
        )._action_cancel()

    @api.model
    def _invoice(self, sales):
        """Invoice orders whose goods have all left, dated as they left."""
        ready = sales.filtered(self._is_delivered)
        if not ready:
            return []
        moves = ready._create_invoices(grouped=True)
        for move in moves:
            lines = move.invoice_line_ids.sale_line_ids.order_id.order_line
            left = max(filter(None, lines.mapped("platform_shipped_at")))
            move.invoice_date = self._local_date(left, lines.order_id.platform_id[:1])
        moves._post()
        return []

    @api.model
    def _is_delivered(self, sale):
        goods = sale.order_line.filtered("platform_line_ref")
        sold = goods.filtered("price_unit")
        return (
            sale.state == "sale"
            and sale.invoice_status == "to invoice"
            and all((sold or goods).mapped("platform_shipped_at"))
            and all(line.qty_delivered >= line.product_uom_qty for line in sold)
        )

    @api.model
    def _local_date(self, moment, platform):
        zone = pytz.timezone(platform.tz or "Asia/Shanghai")
        return pytz.utc.localize(moment).astimezone(zone).date()
