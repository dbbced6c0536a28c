"""Credit notes of return requests: posted in batch, set against their invoices."""

from odoo import fields, models


class AccountMove(models.Model):
    """A credit note may belong to a return request."""

    _inherit = "account.move"

    return_request_id = fields.Many2one(
        "return.request",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        readonly=True,
        groups="account.group_account_readonly,account.group_account_invoice,"
        "return_policy.group_return_agent",
    )

    def _post_return_credits(self):
        """Post the credit notes of requests together."""
        self._post(soft=False)
        for move in self:
            move._reconcile_other_invoices()

    def _reconcile_reversed_moves(self, reverse_moves, move_reverse_cancel):
        """Set the credit notes of requests against their invoices in one go.

        Core reconciles pair by pair and pairs by place, which goes wrong when two
        credit notes of a batch reverse the same invoice.
        """
        if not all(move.return_request_id for move in reverse_moves):
            return super()._reconcile_reversed_moves(reverse_moves, move_reverse_cancel)
        plan = []
        for invoice, credits_ in reverse_moves.grouped("reversed_entry_id").items():
            open_lines = (invoice | credits_).line_ids.filtered(
                lambda line: (
                    line.account_type == "asset_receivable" and not line.reconciled
                )
            )
            plan += [
                lines
                for lines in open_lines.grouped("account_id").values()
                if len(lines.move_id) > 1 and invoice in lines.move_id
            ]
        self.env["account.move.line"]._reconcile_plan(plan)
        return reverse_moves

    def _reconcile_other_invoices(self):
        """Set what is left against the other open invoices of the same order lines."""
        invoices = self.invoice_line_ids.sale_line_ids.invoice_lines.move_id.filtered(
            lambda move: (
                move.move_type == "out_invoice"
                and move.state == "posted"
                and move != self.reversed_entry_id
            )
        )
        if not invoices:
            return
        lines = (self | invoices).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable" and not line.reconciled
        )
        for group in lines.grouped("account_id").values():
            if len(group.move_id) > 1 and self in group.move_id:
                group.reconcile()

    def _post(self, soft=True):
        """Hold credit notes by hand to the same limit as the returns of the order."""
        by_hand = self.filtered(
            # sudo: return.request - whether it is ours
            lambda move: (
                move.move_type == "out_refund" and not move.sudo().return_request_id
            )
        )
        # sudo: sale.order - the lock writes a counter, whoever posts
        orders = by_hand.sudo().invoice_line_ids.sale_line_ids.order_id
        orders._return_lock()
        posted = super()._post(soft=soft)
        orders.return_request_ids._check_money()
        return posted
