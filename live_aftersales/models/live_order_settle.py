from odoo import Command, api, models
from odoo.exceptions import UserError

from ..feeds import PAID


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
        # Files without the time of payment tell it by the status.
        paid = sales.filtered(
            lambda sale: (
                sale.state in ("draft", "sent")
                and (sale.platform_paid_at or sale.platform_state in PAID)
            )
        )
        if paid:
            paid.action_confirm()
        self._cancel_closed(sales)
        warnings = self.env["live.order.ship"]._ship(
            sales.filtered(lambda sale: sale.state == "sale")
        )
        warnings += self._cancelled_here(sales)
        if shop.invoice_on_import:
            warnings += self._invoice(sales.filtered(self._is_delivered))
        return warnings

    @api.model
    def _cancelled_here(self, sales):
        """Tell of orders that live on on the platform, but were cancelled here."""
        lost = sales.filtered(
            lambda sale: (
                sale.state == "cancel"
                and sale.platform_state not in ("unpaid", "closed")
            )
        )
        return [
            self.env._(
                "Order %(order)s is cancelled here, but the platform has it as "
                '"%(status)s".',
                order=sale.platform_order_ref,
                status=sale.platform_status,
            )
            for sale in lost
        ]

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
        """Invoice delivered orders; what cannot be invoiced stays to be invoiced."""
        if not sales:
            return []
        common = self.env["live.order.create"]._no_analytics()
        try:
            with self.env.cr.savepoint():
                sales._create_account_invoices(
                    [self._invoice_vals(sale, common) for sale in sales], False
                )._post()
        except UserError as error:
            if len(sales) > 1:
                return [text for sale in sales for text in self._invoice(sale)]
            return [
                self.env._(
                    "Order %(order)s could not be invoiced: %(error)s",
                    order=sales.platform_order_ref,
                    error=error,
                )
            ]
        return []

    @api.model
    def _invoice_vals(self, sale, common):
        """Return what core's ``_create_invoices`` makes of one order.

        Core then writes a note with the origin on each invoice, one by one; here the
        import says it for all.
        """
        lines = []
        for sequence, line in enumerate(self._invoiceable_lines(sale)):
            lines += line._prepare_invoice_lines_vals_list(sequence=sequence)
        return sale._prepare_invoice() | {
            "invoice_line_ids": [Command.create(common | vals) for vals in lines]
        }

    @api.model
    def _invoiceable_lines(self, sale):
        """Return what to invoice: not what was refunded before it could leave."""
        return sale._get_invoiceable_lines().filtered(
            lambda line: not (line.platform_closed and line.price_unit)
        )

    @api.model
    def _is_delivered(self, sale):
        goods = sale.order_line.filtered("platform_line_ref")
        sold = goods.filtered(lambda x: x.price_unit and not x.platform_closed)
        return (
            sale.state == "sale"
            and sale.invoice_status == "to invoice"
            and all((sold or goods).mapped("platform_shipped_at"))
            and all(line.qty_delivered >= line.product_uom_qty for line in sold)
            and bool(self._invoiceable_lines(sale))
        )
