"""Open items of an order with returns: set off against each other once booked."""

from odoo import models


class SaleOrder(models.Model):
    """Invoices, credit notes, payments and refunds of an order."""

    _inherit = "sale.order"

    def _return_reconcile(self):
        """Set what is open of each order against the rest of it.

        Whatever was booked first: credit notes ahead of their invoice, bills for
        deductions of goods that were paid but never billed, refunds without a
        credit note.
        """
        # sudo: account.move.line - agents and the warehouse read accounting only
        orders = self.sudo()
        moves = {order: order._return_booked() for order in orders}
        if not any(moves.values()):
            return
        # read at once for what follows, which looks at one order after the other
        orders.env["account.move"].union(*moves.values()).line_ids.mapped("reconciled")
        for order in orders:
            mine = moves[order].line_ids.filtered(
                lambda line: (
                    line.parent_state == "posted"
                    and line.account_type == "asset_receivable"
                    and not line.reconciled
                )
            )
            for group in mine.sorted("date").grouped("account_id").values():
                still = group.filtered(lambda line: not line.reconciled)
                if any(still.mapped("debit")) and any(still.mapped("credit")):
                    still.reconcile()

    def _return_booked(self):
        """Return all documents and payments of one order."""
        self.ensure_one()
        payments = self.return_refund_ids.payment_id | self.transaction_ids.payment_id
        return (
            self.invoice_ids
            | self.return_request_ids.credit_note_ids
            | payments.move_id
            | self.return_refund_ids.entry_id
            | self.transaction_ids.child_transaction_ids.payment_id.move_id
        )
