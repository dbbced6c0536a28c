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
        # read at once what core looks at line by line
        self.line_ids.sale_line_ids.move_ids.mapped("is_dropship")
        self._post(soft=False)

    def _get_next_sequence_format(self):
        """Look the last number up once for all credit notes posted together.

        Core does it for each, although it counts on from the first by itself.
        """
        if not self._return_credits():
            return super()._get_next_sequence_format()
        known = self._get_sequence_cache()
        key = (self.journal_id.id, self.date, self._get_starting_sequence())
        if key not in known:
            known[key] = super()._get_next_sequence_format()
        pattern, values = known[key]
        return pattern, dict(values)

    def _invoice_paid_hook(self):
        """Tell orders of invoices that were paid, not of returns set against them."""
        return super(AccountMove, self - self._return_credits())._invoice_paid_hook()

    def _return_credits(self):
        """Return the credit notes among these that return requests have made."""
        # sudo: return.request - whether it is ours
        return self.filtered(
            lambda move: (
                move.move_type == "out_refund" and move.sudo().return_request_id
            )
        )

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
        (by_hand & posted)._return_link_by_hand()
        posted._return_orders()._return_reconcile()
        return posted

    def _return_orders(self):
        """Return the orders with returns which these documents are about."""
        # sudo: sale.order - whoever posts; only open items of the orders are set off
        moves = self.sudo().filtered(lambda move: move.is_sale_document())
        orders = moves.invoice_line_ids.sale_line_ids.order_id
        asked = orders.filtered("return_request_ids")
        return asked | moves.return_request_id.sale_order_id
