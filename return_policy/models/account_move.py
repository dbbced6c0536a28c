"""Credit notes of return requests: posted in batch, set against their invoice."""

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
        """Post credit notes; of two for the same invoice the later goes alone.

        Core pairs invoices and credit notes by their place when it posts several, and
        an invoice that occurs twice would shift the pairs.
        """
        todo = self
        while todo:
            batch = self.browse()
            seen = set()
            for move in todo:
                if move.reversed_entry_id.id not in seen:
                    seen.add(move.reversed_entry_id.id)
                    batch |= move
            batch._post(soft=False)
            todo -= batch
        for move in self:
            move._reconcile_other_invoices()

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
